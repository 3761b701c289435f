"""Makes pre-flight reports of servers that nobody asked."""

from __future__ import annotations

from datetime import date

from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.limits import EncodePlan
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport, preflight_report
from powerstream_desktop.platforms.probe_findings import Probes
from powerstream_desktop.platforms.probe_result import ProbeResult, ProbeStage, StageResult
from powerstream_desktop.platforms.upload_budget import UploadFigure, UploadOrigin
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

S = ProbeStage
ENCODE = EncodePlan(width=1280, height=720, fps=30, video_kbps=4500, audio_kbps=160)


def stages(
    *took_ms: int, among: tuple[ProbeStage, ...] = tuple(ProbeStage), ok: bool = True
) -> tuple[StageResult, ...]:
    """Return stages that took so long; unless ``ok``, the last of them failed."""
    last = len(took_ms) - 1
    return tuple(
        StageResult(stage=stage, ok=ok or number < last, took_ms=ms)
        for number, (stage, ms) in enumerate(zip(among, took_ms, strict=False))
    )


SECURE = ProbeResult(
    server="rtmps://a.example/app",
    stages=stages(3, 12, 30, 14, 20),
    address="192.0.2.7",
    tls_version="TLSv1.3",
    certificate_days_left=61,
    server_version="FMS/3,5",
)
PLAIN = ProbeResult(
    server="rtmp://b.example/app",
    stages=stages(1, 2, 3, 4, among=(S.DNS, S.TCP, S.HANDSHAKE, S.CONNECT)),
    address="192.0.2.8",
)
SWALLOWED = ProbeResult(
    server="rtmp://c.example/app",
    stages=stages(2, 5003, ok=False),
    failure=Failure(FailureKind.CONNECT_TIMEOUT),
)

TWITCH = endpoint("twitch", name="Twitch")
YOUTUBE = endpoint(
    "youtube",
    name="YouTube",
    backup_url="rtmps://b.rtmps.youtube.com:443/live2?backup=1",
    backup_use=BackupUse.HOT,
)
MINE = endpoint("custom", name="[red]Mine[/red]")


def stated(kbps: int) -> UploadFigure:
    """An upload as the user gave it."""
    return UploadFigure(kbps=kbps, origin=UploadOrigin.STATED)


def report(
    *endpoints: RTMPEndpoint, upload: UploadFigure | None = None, probes: dict[str, Probes] | None = None
) -> PreflightReport:
    """Return the report on a broadcast of 4500 kbit/s."""
    plan = PreflightPlan(
        endpoints=endpoints, today=date(2026, 9, 1), encodes=(ENCODE,), upload=upload or stated(100_000)
    )
    return preflight_report(plan, CATALOGUE, probes or {})


MIXED = report(
    TWITCH,
    YOUTUBE,
    MINE,
    upload=stated(20_000),
    probes={
        "Twitch": Probes(server=PLAIN),
        "YouTube": Probes(server=SECURE, backup=SWALLOWED),
        "[red]Mine[/red]": Probes(server=SWALLOWED),
    },
)
"""One destination that is well, one whose backup fails, one that fails, and an upload without its reserve."""

"""Which servers the pre-flight asks, and whose answers it hands to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport
from powerstream_desktop.platforms.probe_result import ProbeResult
from powerstream_desktop.relay.probe.probe import Prober
from powerstream_desktop.rtmp.url import RTMPURL
from powerstream_desktop.service.preflight import run_preflight
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

BACKUP = "rtmps://b.rtmps.youtube.com:443/live2?backup=1"


class FakeProber(Prober):
    """Answers for every server that it is well, and remembers whom it was to ask."""

    def __init__(self) -> None:
        super().__init__(lambda: 0.0)
        self.asked: list[RTMPURL] = []

    async def probe_all(self, servers: Sequence[RTMPURL]) -> tuple[ProbeResult, ...]:
        self.asked += servers
        return tuple(ProbeResult(server=server.tc_url, stages=()) for server in servers)


def preflight(*endpoints: RTMPEndpoint) -> tuple[PreflightReport, list[str]]:
    """Return the report, and the servers that were asked."""
    prober = FakeProber()
    plan = PreflightPlan(endpoints=endpoints, today=date(2026, 9, 1))
    report = asyncio.run(run_preflight(plan, CATALOGUE, prober))
    return report, [server.tc_url for server in prober.asked]


def test_every_answer_goes_to_whom_it_belongs() -> None:
    endpoints = [
        endpoint("twitch", name="A"),
        endpoint("youtube", name="B", backup_url=BACKUP, backup_use=BackupUse.WARM),
        endpoint("custom", name="C"),
    ]
    report, asked = preflight(*endpoints)
    assert len(asked) == 4
    for destination, its in zip(report.destinations, endpoints, strict=True):
        assert destination.probes is not None
        assert destination.probes.server.server == its.server.tc_url
    [_, with_backup, _] = report.destinations
    assert with_backup.probes is not None
    assert with_backup.probes.backup is not None
    assert "backup=1" in with_backup.probes.backup.server


def test_a_backup_that_is_off_is_left_alone() -> None:
    report, asked = preflight(endpoint("youtube", backup_url=BACKUP, backup_use=BackupUse.OFF))
    assert len(asked) == 1
    assert report.destinations[0].probes is not None
    assert report.destinations[0].probes.backup is None


@pytest.mark.parametrize("app", ["live/live_4821_canaryKQ7", "live_4821_canaryKQ7", "a-canary-of-my-own"])
def test_a_server_whose_address_holds_a_key_is_not_asked(app: str) -> None:
    server = RTMPURL(scheme="rtmp", host="h.example", port=1935, app=app)
    spilt = replace(endpoint("custom", "a-canary-of-my-own", name="Spilt"), server=server)
    report, asked = preflight(spilt, endpoint("twitch", name="A"))
    assert len(asked) == 1
    assert [destination.probes is None for destination in report.destinations] == [True, False]
    assert "key-in-url" in [finding.code for finding in report.all_findings]


def test_a_second_ingest_whose_address_holds_a_key_is_not_asked_either() -> None:
    spilt = RTMPURL(scheme="rtmp", host="h.example", port=1935, app="live/live_4821_canaryKQ7")
    youtube = replace(endpoint("youtube"), backup_server=spilt, backup_use=BackupUse.HOT)
    _, asked = preflight(youtube)
    assert asked == [youtube.server.tc_url]

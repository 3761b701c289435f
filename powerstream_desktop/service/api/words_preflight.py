"""What is known of a broadcast's destinations before anybody goes live."""

from __future__ import annotations

from collections.abc import Mapping

from powerstream_desktop.platforms import preflight, probe_result
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.platforms.probe_result import ProbeStage
from powerstream_desktop.platforms.upload_budget import UploadOrigin
from powerstream_desktop.service.api.words import Answer, Words
from powerstream_desktop.service.api.words_rtmp import Finding


class Stage(Words):
    """One step towards a server."""

    stage: ProbeStage
    ok: bool
    took_ms: int


class Probe(Words):
    """How a server answered."""

    server_url: str
    ok: bool
    error: FailureKind | None
    address: str
    """The IP address that answered; empty when none did."""
    stages: tuple[Stage, ...]
    tls_version: str
    certificate_days_left: int | None
    server_version: str

    @classmethod
    def of(cls, probe: probe_result.ProbeResult) -> Probe:
        """Return a probe in the API's words."""
        return cls(
            server_url=probe.server,
            ok=probe.ok,
            error=None if probe.failure is None else probe.failure.kind,
            address=probe.address,
            stages=tuple(Stage(stage=each.stage, ok=each.ok, took_ms=each.took_ms) for each in probe.stages),
            tls_version=probe.tls_version,
            certificate_days_left=probe.certificate_days_left,
            server_version=probe.server_version,
        )


class DestinationReport(Words):
    """What is known of one destination."""

    name: str
    platform: str
    is_ready: bool
    """Nothing was found that cannot work."""
    findings: tuple[Finding, ...]
    server: Probe | None
    """Null when it was not asked."""
    backup_server: Probe | None

    @classmethod
    def of(cls, report: preflight.DestinationReport) -> DestinationReport:
        """Return a destination in the API's words."""
        probes = report.probes
        return cls(
            name=report.name,
            platform=report.platform,
            is_ready=report.ready,
            findings=tuple(map(Finding.of, report.findings)),
            server=None if probes is None else Probe.of(probes.server),
            backup_server=None if probes is None or probes.backup is None else Probe.of(probes.backup),
        )


class Ceiling(Words):
    """The most that any of the platforms takes."""

    code: str
    max: str
    platform: str


class Upload(Words):
    """What a broadcast needs of the line, and what the line gives."""

    streams: int
    payload_kbps: int
    needed_kbps: int
    """With a reserve."""
    available_kbps: int | None
    origin: UploadOrigin | None


class PreflightWords(Words):
    """A look at everything a broadcast would go to."""

    is_ready: bool
    """Nothing was found that cannot work."""
    ready: tuple[str, ...]
    """Names of the destinations that are ready."""
    destinations: tuple[DestinationReport, ...]
    findings: tuple[Finding, ...]
    """What is not about one destination alone."""
    limits: Mapping[Rendition, tuple[Ceiling, ...]]
    upload: Upload

    @classmethod
    def of(cls, report: preflight.PreflightReport) -> PreflightWords:
        """Return a report in the API's words."""
        budget, upload = report.budget, report.upload
        return cls(
            is_ready=report.ok,
            ready=report.ready,
            destinations=tuple(map(DestinationReport.of, report.destinations)),
            findings=tuple(map(Finding.of, report.findings)),
            limits={
                rendition: tuple(
                    Ceiling(code=each.measure.code, max=each.setting, platform=each.platform)
                    for each in ceilings
                )
                for rendition, ceilings in report.limits.items()
            },
            upload=Upload(
                streams=len(budget.stream_kbps) + len(budget.backup_kbps),
                payload_kbps=budget.payload_kbps,
                needed_kbps=budget.needed_kbps,
                available_kbps=None if upload is None else upload.kbps,
                origin=None if upload is None else upload.origin,
            ),
        )


class PreflightAnswer(Answer):
    """What was found."""

    report: PreflightWords

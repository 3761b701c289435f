"""A pre-flight report on a terminal: a row for each server, stage by stage, then what was found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from powerstream_desktop.cli.lights import Light
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.preflight import DestinationReport, PreflightReport
from powerstream_desktop.platforms.probe_result import ProbeResult, ProbeStage
from powerstream_desktop.platforms.upload_budget import UploadOrigin, rate_text

_HEADINGS = {
    ProbeStage.DNS: "DNS",
    ProbeStage.TCP: "TCP",
    ProbeStage.TLS: "TLS",
    ProbeStage.HANDSHAKE: "RTMP",
    ProbeStage.CONNECT: "connect",
}
_WELL = Light("●", "green", "well")
_LIGHTS = {
    Severity.ERROR: Light("✖", "red", "cannot work"),
    Severity.WARNING: Light("▲", "yellow", "may go wrong"),
    Severity.NOTE: Light("○", "bright_black", "worth knowing"),
}
"""The worst first."""
_ORIGINS = {UploadOrigin.STATED: "stated", UploadOrigin.MEASURED: "measured"}


def preflight_table(report: PreflightReport) -> Table:
    """Return the lights of the destinations and, if they were asked, how far each server let us come.

    Names are plain text: no markup from data.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    table.add_column("destination", no_wrap=True, min_width=8, max_width=28, overflow="ellipsis")
    asked = any(destination.probes is not None for destination in report.destinations)
    for heading in _HEADINGS.values() if asked else ():
        table.add_column(heading, no_wrap=True)
    for destination in report.destinations:
        for name, probe in _rows(destination):
            table.add_row(name, *(_cells(probe) if asked else ()))
    return table


def preflight_lines(report: PreflightReport) -> Iterator[Text]:
    """Yield what was found, the worst first, then the figures behind it, then the verdict."""
    for severity in _LIGHTS:
        for finding in report.all_findings:
            if finding.severity is severity:
                yield _sentence(finding)
    yield from _figures(report)
    yield _verdict(report)


def _rows(destination: DestinationReport) -> Iterator[tuple[Text, ProbeResult | None]]:
    light = _light_of(destination)
    name = Text(f"{light.shape} ", style=light.colour).append(destination.name, style="default")
    probes = destination.probes
    yield name, (probes.server if probes is not None else None)
    if probes is not None and probes.backup is not None:
        yield Text("  backup", style="bright_black"), probes.backup


def _light_of(destination: DestinationReport) -> Light:
    worst = next((each.severity for each in destination.findings), Severity.NOTE)
    return _WELL if worst is Severity.NOTE else _LIGHTS[worst]


def _cells(probe: ProbeResult | None) -> Iterator[Text]:
    """Yield a cell for each stage: well, failed, never reached, or not needed."""
    tried = {} if probe is None else {result.stage: result for result in probe.stages}
    for stage in ProbeStage:
        result = tried.get(stage)
        if result is not None:
            light = _WELL if result.ok else _LIGHTS[Severity.ERROR]
            yield Text(f"{light.shape} ", style=light.colour).append(_time(result.took_ms), style="default")
        elif stage is ProbeStage.TLS and ProbeStage.HANDSHAKE in tried:
            yield Text("-", style="bright_black")
        else:
            yield Text("○", style="bright_black")


def _time(took_ms: int) -> str:
    return f"{took_ms} ms" if took_ms < 1000 else f"{took_ms / 1000:.1f} s"


def _sentence(finding: Finding) -> Text:
    light = _LIGHTS[finding.severity]
    text = Text(f"{light.shape} ", style=light.colour)
    text.append(finding.sentence, style="default")
    return text.append(f" {finding.remedy}", style="bright_black")


def _figures(report: PreflightReport) -> Iterator[Text]:
    for rendition, ceilings in report.limits.items():
        if ceilings:
            most = ", ".join(f"{ceiling.text} ({ceiling.platform})" for ceiling in ceilings)
            yield Text(f"At most, {rendition}: {most}.", style="bright_black")
    if report.budget.stream_kbps and report.upload is not None:
        needed, gives = rate_text(report.budget.needed_kbps), rate_text(report.upload.kbps)
        origin = _ORIGINS[report.upload.origin]
        yield Text(f"Upload: {needed} needed with reserve, {gives} {origin}.", style="bright_black")


def _verdict(report: PreflightReport) -> Text:
    count, ready = len(report.destinations), len(report.ready)
    if ready < count:
        return Text(f"✖ {ready} of {count} destinations ready.", style="red")
    if not report.ok:
        return Text("✖ Each destination is ready for itself, but not all together.", style="red")
    if any(finding.severity is Severity.WARNING for finding in report.all_findings):
        return Text("▲ Ready, but look at the warnings.", style="yellow")
    return Text("● Everything is ready.", style="green")

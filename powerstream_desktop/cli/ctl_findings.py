"""What a pre-flight found, in sentences: the worst first, then the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from rich.text import Text

from powerstream_desktop.cli.lights import Light
from powerstream_desktop.common.text import printable_text

if TYPE_CHECKING:
    from powerstream_desktop.client.preflight import Finding, PreflightReport

_WELL: Final = Light("●", "green", "ready")
_LIGHTS: Final[Mapping[str, Light]] = {
    "error": Light("✖", "red", "cannot work"),
    "warning": Light("▲", "yellow", "may go wrong"),
    "note": Light("○", "bright_black", "worth knowing"),
}
"""The worst first."""


def report_lines(report: PreflightReport) -> Iterator[Text]:
    """Yield a line for each destination and each finding, then the verdict."""
    for destination in report.destinations:
        light = _WELL if destination.is_ready else _LIGHTS["error"]
        yield _line(light, f"{destination.name}: {light.word}")
    worst_first = list(_LIGHTS)
    for finding in sorted(report.all_findings, key=lambda each: _rank(each, worst_first)):
        light = _LIGHTS.get(finding.severity, _LIGHTS["note"])
        yield _line(light, finding.message).append(f" {printable_text(finding.hint)}", style="bright_black")
    if report.is_ready:
        yield Text("● Everything is ready.", style="green")
    else:
        yield Text(f"✖ {len(report.ready)} of {len(report.destinations)} destinations ready.", style="red")


def _rank(finding: Finding, worst_first: list[str]) -> int:
    return worst_first.index(finding.severity) if finding.severity in worst_first else len(worst_first)


def _line(light: Light, words: str) -> Text:
    return Text(f"{light.shape} ", style=light.colour).append(printable_text(words), style="default")

"""What the doctor found, on a terminal: a light, a sentence and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from powerstream_desktop.cli.lights import Light
from powerstream_desktop.engine.encoders.verdicts import SelfTestLine
from powerstream_desktop.service.doctor.check import Examined, Level, Verdict

_LIGHTS: Final[Mapping[Level, Light]] = {
    Level.OK: Light("●", "green", "well"),
    Level.WARNING: Light("▲", "yellow", "may matter"),
    Level.PROBLEM: Light("✖", "red", "must be mended"),
}
_AREA_WIDTH: Final = 13


def examined_lines(examined: Examined) -> Iterator[Text]:
    """Yield one line for each verdict, the first with the area in front. Names are plain text: no markup from data."""
    area = examined.area
    for verdict in examined.verdicts:
        yield _line(area, verdict)
        area = ""


def self_test_table(lines: Sequence[SelfTestLine]) -> Table:
    """Return what this computer holds, size by size."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    for heading in ("size", "frames a second", "processor", "holds"):
        table.add_column(heading, no_wrap=True)
    for line in lines:
        light = _LIGHTS[Level.OK if line.holds else Level.WARNING]
        verdict = Text(f"{light.shape} ", style=light.colour).append(
            "yes" if line.holds else "no", style="default"
        )
        table.add_row(f"{line.width}x{line.height}", f"{line.fps}", f"{line.processor_share:.0%}", verdict)
    return table


def verdict_line(examined: Sequence[Examined]) -> Text:
    """Return the last line: how many problems and warnings there are."""
    levels = [verdict.level for each in examined for verdict in each.verdicts]
    problems, warnings = levels.count(Level.PROBLEM), levels.count(Level.WARNING)
    if problems:
        return Text(f"✖ {_counted(problems, 'problem')}, {_counted(warnings, 'warning')}.", style="red")
    if warnings:
        return Text(f"▲ No problem, {_counted(warnings, 'warning')}.", style="yellow")
    return Text("● All is well.", style="green")


def _line(area: str, verdict: Verdict) -> Text:
    light = _LIGHTS[verdict.level]
    text = Text(f"{area:<{_AREA_WIDTH}}", style="bright_black")
    text.append(f"{light.shape} ", style=light.colour).append(verdict.sentence, style="default")
    return text.append(f" {verdict.remedy}", style="bright_black") if verdict.remedy else text


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"

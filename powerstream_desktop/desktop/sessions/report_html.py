"""A report as one HTML file. Pure.

It needs nothing but itself: no script, no font, no picture from elsewhere, and a policy that forbids them. Whatever came from people
or from servers is escaped, and cannot turn the direction of what stands beside it.
"""

from __future__ import annotations

import html
import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.sessions.report import DestinationReport, Report
from powerstream_desktop.desktop.sessions.report_style import STYLE
from powerstream_desktop.desktop.sessions.report_words import (
    cause_text,
    date_text,
    ending_text,
    figures_text,
    gap_text,
    untitled,
    verdict_text,
)
from powerstream_desktop.desktop.sessions.stretches import Stretch

_WIDTH: Final = 1000
_BAR_HEIGHT: Final = 22
_CHART_HEIGHT: Final = 120
_HEIGHTS: Final = {"live": 22, "slow": 17, "working": 12, "bad": 7, "off": 3}
"""Of the bar's pieces: colour is not the only difference."""
_CLASSES: Final = {
    "live": "live", "slow": "slow", "connecting": "working", "publishing": "working", "retrying": "working",
    "rejected": "bad", "off": "off", "stopped": "off",
}  # fmt: skip
_NOT_IN_HTML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def report_html(report: Report, language: str) -> str:
    """Return the text of the file.

    Args:
        report: what is to be said.
        language: of the window, such as ``en``.
    """
    parts = [
        f'<!doctype html>\n<html lang="{escaped(language)}">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{escaped(_title(report))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        _head(report),
        _destinations(report),
        _markers(report),
        _recordings(report),
        "</body>\n</html>\n",
    ]
    return "".join(parts)


def escaped(text: str) -> str:
    """Return text that stands for itself in HTML, between tags and in quotes."""
    return html.escape(_NOT_IN_HTML.sub("\ufffd", text), quote=True)


def _data(text: str) -> str:
    """Return text of somebody else: escaped, and alone with its direction."""
    return f"<bdi>{escaped(text)}</bdi>"


def _title(report: Report) -> str:
    return report.title or untitled(is_rehearsal=report.is_rehearsal)


def _head(report: Report) -> str:
    told = [f"<header><h1>{_data(_title(report))}</h1>\n"]
    moment = f'<time datetime="{report.started_at.isoformat()}">{escaped(date_text(report))}</time>'
    ending = escaped(ending_text(report))
    told.append(f'<p class="muted">{moment} · {figures.short_duration(report.length_s)} · {ending}</p>\n')
    if report.ending_words:
        told.append(f"<p>{_data(report.ending_words)}</p>\n")
    if report.description:
        told.append(f"<pre>{_data(report.description)}</pre>\n")
    told.append("</header>\n")
    return "".join(told)


def _destinations(report: Report) -> str:
    heading = escaped(QCoreApplication.translate("Report", "Destinations"))
    if not report.destinations:
        none = escaped(QCoreApplication.translate("Report", "It was sent to no platform."))
        return f"<h2>{heading}</h2>\n<p>{none}</p>\n"
    each = "".join(_destination(one, report.length_s) for one in report.destinations)
    return f"<h2>{heading}</h2>\n{_legend()}{each}"


def _legend() -> str:
    kinds = (
        ("live", QCoreApplication.translate("Report", "connected")),
        ("slow", QCoreApplication.translate("Report", "slow")),
        ("working", QCoreApplication.translate("Report", "connecting")),
        ("bad", QCoreApplication.translate("Report", "rejected")),
        ("off", QCoreApplication.translate("Report", "off")),
    )
    told = "".join(
        f'<span><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="{kind}" width="12" height="12" rx="3"/></svg>'
        f"{escaped(word)}</span>"
        for kind, word in kinds
    )
    return f'<p class="legend muted">{told}</p>\n'


def _destination(destination: DestinationReport, length_s: float) -> str:
    platform = f'<span class="muted"> · {_data(destination.platform)}</span>'
    told = f"<section><h3>{_data(destination.name)}{platform}</h3>\n<p>{escaped(verdict_text(destination))}</p>\n"
    in_figures = figures_text(destination)
    if in_figures:
        told += f'<p class="muted">{escaped(in_figures)}</p>\n'
    return (
        f"{told}{_bar(destination, length_s)}{_chart(destination, length_s)}{_gaps(destination)}</section>\n"
    )


def _bar(destination: DestinationReport, length_s: float) -> str:
    if length_s <= 0 or not destination.stretches:
        return ""
    pieces = "".join(_piece(each, length_s) for each in destination.stretches)
    label = escaped(verdict_text(destination))
    return (
        f'<figure><svg viewBox="0 0 {_WIDTH} {_BAR_HEIGHT}" preserveAspectRatio="none" height="{_BAR_HEIGHT}" role="img" '
        f'aria-label="{label}">{pieces}</svg></figure>\n'
    )


def _piece(stretch: Stretch, length_s: float) -> str:
    x = _WIDTH * stretch.begin_s / length_s
    width = max(_WIDTH * stretch.length_s / length_s, 0.5)
    told = f"{figures.short_duration(stretch.begin_s)}–{figures.short_duration(stretch.end_s)}"
    if stretch.cause is not None:
        told += f" {said(stretch.cause.code, stretch.cause.message)}"
    kind = _CLASSES.get(stretch.status, "off")
    height = _HEIGHTS[kind]
    return (
        f'<rect class="{kind}" x="{x:.2f}" y="{_BAR_HEIGHT - height}" width="{width:.2f}" height="{height}">'
        f"<title>{escaped(told)}</title></rect>"
    )


def _chart(destination: DestinationReport, length_s: float) -> str:
    if length_s <= 0 or len(destination.measures) < 2 or destination.peak_kbps <= 0:
        return ""
    top = destination.peak_kbps * 1.1
    points = " ".join(
        f"{_WIDTH * min(max(each.at_s / length_s, 0), 1):.1f},{_CHART_HEIGHT * (1 - each.bitrate_kbps / top):.1f}"
        for each in destination.measures
    )
    label = escaped(figures_text(destination))
    return (
        f'<figure><svg viewBox="0 0 {_WIDTH} {_CHART_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="{label}">'
        f'<line class="axis" x1="0" x2="{_WIDTH}" y1="{_CHART_HEIGHT}" y2="{_CHART_HEIGHT}"/>'
        f'<polyline class="line" points="{points}"/></svg></figure>\n'
    )


def _gaps(destination: DestinationReport) -> str:
    rows = [(escaped(gap_text(gap)), _data(cause_text(gap))) for gap in destination.gaps]
    return _table(
        QCoreApplication.translate("Report", "Gap"), QCoreApplication.translate("Report", "Cause"), rows
    )


def _markers(report: Report) -> str:
    if not report.markers:
        return ""
    rows = [(figures.short_duration(each.offset_ms / 1000), _data(each.label)) for each in report.markers]
    table = _table(
        QCoreApplication.translate("Report", "At"), QCoreApplication.translate("Report", "Marker"), rows
    )
    return f"<h2>{escaped(QCoreApplication.translate('Report', 'Markers'))}</h2>\n{table}"


def _recordings(report: Report) -> str:
    if not report.recordings:
        return ""
    rows = [
        (
            f"{figures.short_duration(each.duration_seconds)} · {escaped(figures.size(each.size_bytes))}",
            _data(each.title),
        )
        for each in report.recordings
    ]
    heading = QCoreApplication.translate("Report", "Recording")
    return f"<h2>{escaped(heading)}</h2>\n{_table(QCoreApplication.translate('Report', 'Length'), heading, rows)}"


def _table(first: str, second: str, rows: list[tuple[str, str]]) -> str:
    """Return a table of cells that are HTML already."""
    if not rows:
        return ""
    cells = "".join(f'<tr><td class="time">{left}</td><td>{right}</td></tr>\n' for left, right in rows)
    return f"<table><tr><th>{escaped(first)}</th><th>{escaped(second)}</th></tr>\n{cells}</table>\n"

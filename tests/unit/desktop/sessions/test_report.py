"""Reports: what is said of a broadcast, in the window and in files."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from powerstream_desktop.client.live import Cause, Marker
from powerstream_desktop.desktop.sessions.file_name import report_file_name
from powerstream_desktop.desktop.sessions.report import Report, report_of
from powerstream_desktop.desktop.sessions.report_html import escaped, report_html
from powerstream_desktop.desktop.sessions.report_json import report_json
from powerstream_desktop.desktop.sessions.report_words import (
    ending_text,
    figures_text,
    share_text,
    verdict_text,
)
from tests.unit.desktop.sessions.pasts import BEGAN_AT, at, change, destination, figures, session

HOSTILE = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='background:url(//evil.example/x)",
    "</style><style>@import '//evil.example'",
    "<!--", "-->", "]]>", "&lt;b&gt;", "javascript:alert(1)",
    "\u202egnp.exe", "\u2066\u2069", "nul\0byte", "\x1b[31m", "lone \ud800 surrogate", "a" * 5000, "\u200f\u200frtl",
)  # fmt: skip
VOID = {"meta"}
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "pre",
        "bdi",
        "time",
        "span",
    ),
    *("section", "figure", "svg", "rect", "line", "polyline", "table", "tr", "th", "td"),
}


class Reader(HTMLParser):
    """Reads a file as a browser does, and notes what is in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "everything that is opened is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            self.values.append(value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.texts).split())


def report(**fields: object) -> Report:
    return report_of(session(**fields), at(1000))  # type: ignore[arg-type]


def test_a_report_has_each_destination_with_its_figures() -> None:
    youtube, kick, linkedin = report().destinations
    assert (youtube.average_kbps, youtube.peak_kbps, youtube.share) == (5900, 6200, 1.0)
    assert (kick.average_kbps, kick.peak_kbps, kick.dropped_frames, kick.connects) == (2900, 3200, 12, 2)
    assert [(each.at_s, each.bitrate_kbps) for each in kick.measures] == [(60, 3000), (120, 0), (180, 3200)]
    assert (linkedin.average_kbps, linkedin.share) == (0, 0.0)


def test_the_most_that_was_sent_is_no_less_than_the_average_though_no_figure_was_of_that_moment() -> None:
    lucky = destination(
        1, change(0, "live"), measured=(figures(1, 0), figures(2, 1900, sent_bytes=120 * 2800 * 125))
    )
    [told] = report(destinations=(lucky,)).destinations
    assert (told.average_kbps, told.peak_kbps) == (2800, 2800)


def test_markers_are_told_in_the_order_of_time() -> None:
    assert [each.label for each in report().markers] == ["Guest joins", "Best joke"]


def test_a_broadcast_that_runs_is_told_until_now() -> None:
    running = report(ended_at=None, ending=None)
    assert running.is_running
    assert running.length_s == 1000
    assert ending_text(running) == "On air now"


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("stopped", "Ended as planned"),
        ("failed", "Failed"),
        ("interrupted", "Interrupted"),
        ("of tomorrow", "Ended"),
    ],
)
def test_the_ending_is_said(ending: str, words: str) -> None:
    assert ending_text(report(ending=ending)) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "—"), (0.0, "0\u00a0%"), (0.5, "50.0\u00a0%"), (0.99999, "99.9\u00a0%"), (1.0, "100\u00a0%")],
)
def test_only_what_had_no_gap_is_called_a_hundred_percent(share: float | None, words: str) -> None:
    assert share_text(share) == words


def test_verdicts_say_how_well_each_was_reached() -> None:
    youtube, kick, linkedin = report().destinations
    assert verdict_text(youtube) == "connected 100\u00a0%"
    assert verdict_text(kick).startswith("connected 83.2\u00a0% · 1 gap")
    assert verdict_text(linkedin) == "never connected"
    unused = report(destinations=(destination(4, change(0, "off")),)).destinations[0]
    assert verdict_text(unused) == "was not needed"
    assert figures_text(unused) == ""


def test_the_html_file_says_all_of_it_and_needs_nothing_from_elsewhere() -> None:
    text = report_html(report(), "en")
    reader = Reader(text)
    assert set(reader.tags) <= ALLOWED
    assert not {"src", "href", "onload", "onclick", "action"} & reader.attributes
    assert "default-src 'none'; style-src 'unsafe-inline'" in reader.values
    assert "url(" not in text
    assert "http://" not in text
    assert "https://" not in text
    for said in (
        "Evening show", "YouTube", "Kick", "LinkedIn", "Kick closed the connection.", "The key was refused.", "never connected",
        "1:40–2:30 (0:50)", "Guest joins", "Best joke", "4.1 GB", "Ended as planned",
    ):  # fmt: skip
        assert said in reader.words
    assert "prefers-color-scheme:dark" in text
    assert "@media print" in text


def test_timelines_cover_the_bar_and_a_chart_has_a_point_a_minute() -> None:
    text = report_html(report(), "en")
    assert text.count("<polyline") == 2
    bars = [part.split("</svg>")[0] for part in text.split('<figure><svg viewBox="0 0 1000 22"')[1:]]
    assert [bar.count("<rect") for bar in bars] == [3, 7, 3]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_people_or_servers_said_becomes_markup(hostile: str) -> None:
    cause = Cause(code="x", message=hostile, hint=hostile)
    bad = destination(1, change(1, "rejected", cause), name=hostile, measured=(figures(1, 5), figures(2, 6)))
    text = report_html(
        report(
            title=hostile,
            description=hostile,
            ending_words=hostile,
            destinations=(bad,),
            markers=(Marker(words={}, id="m", offset_ms=1, label=hostile),),
        ),
        'en" x="',
    )
    text.encode("utf-8")
    reader, plain = Reader(text), Reader(report_html(report(destinations=(bad,)), "en"))
    assert set(reader.tags) <= ALLOWED
    assert reader.attributes == plain.attributes
    assert "\0" not in text
    assert "\x1b" not in text


def test_an_empty_title_has_words_and_what_was_sent_nowhere_says_so() -> None:
    words = Reader(report_html(report(title="", destinations=(), markers=(), recordings=()), "en")).words
    assert "Untitled broadcast" in words
    assert "Rehearsal" in Reader(report_html(report(title="", is_rehearsal=True), "en")).words
    assert "It was sent to no platform." in words
    assert "Markers" not in words


def test_what_cannot_be_in_html_is_replaced() -> None:
    assert escaped("a<b>&\"'\x00\ud800") == "a&lt;b&gt;&amp;&quot;&#x27;\ufffd\ufffd"


def test_the_json_file_has_the_apis_words_and_what_was_computed() -> None:
    told = json.loads(report_json(report(), {"sessionId": "se1", "title": "Ünterhaltung"}))
    assert told["format"] == "powerstream-session-report"
    assert told["session"] == {"sessionId": "se1", "title": "Ünterhaltung"}
    kick = told["destinations"][1]
    assert kick["connectedShare"] == pytest.approx(248 / 298, abs=1e-6)
    assert kick["gaps"] == [
        {
            "beginSeconds": 100.0,
            "endSeconds": 150.0,
            "causeCode": "connection-lost",
            "cause": "Kick closed the connection.",
        }
    ]
    assert "Ünterhaltung" in report_json(report(), {"title": "Ünterhaltung"})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Evening show", "Evening show"),
        ("../../etc/passwd", "etc passwd"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        ("con", "PowerStream con"),
        ("NUL.txt", "PowerStream NUL.txt"),
        ("...", "PowerStream"),
        ("", "PowerStream"),
        ("\u202egnp.exe\0", "gnp.exe"),
        ("x" * 300, "x" * 80),
    ],
)
def test_every_system_takes_the_files_name(title: str, name: str) -> None:
    assert report_file_name(title, BEGAN_AT, ".html") == f"{name} 2026-11-23.html"

from __future__ import annotations

import time

import pytest

from powerstream_desktop.engine.scene.sources import TextContent, TextKind
from powerstream_desktop.engine.sources.text_words import words_at


def countdown(end_s: float, text: str = "") -> TextContent:
    return TextContent(text=text, kind=TextKind.COUNTDOWN, countdown_to_s=end_s)


def test_fixed_words_stay_as_they_are() -> None:
    assert words_at(TextContent(text="<b>50 %d</b>"), 1e9) == "<b>50 %d</b>"


def test_a_clock_is_written_by_its_format() -> None:
    clock = TextContent(text="%d.%m. %H:%M", kind=TextKind.CLOCK)
    assert words_at(clock, 0.0, time.gmtime) == "01.01. 00:00"
    assert words_at(TextContent(text="", kind=TextKind.CLOCK), 3661.0, time.gmtime) == "01:01:01"


def test_a_format_without_any_meaning_does_no_harm() -> None:
    for wild in ("%", "100 %", "\ud800%H", "\0%Q"):
        assert isinstance(words_at(TextContent(text=wild, kind=TextKind.CLOCK), 0.0, time.gmtime), str)


@pytest.mark.parametrize(
    ("left_s", "words"),
    [
        (0.0, "00:00"),
        (-5.0, "00:00"),
        (0.2, "00:01"),
        (1.0, "00:01"),
        (59.5, "01:00"),
        (61.0, "01:01"),
        (3599.1, "1:00:00"),
        (36_000.0, "10:00:00"),
    ],
)
def test_a_countdown_counts_whole_seconds_and_stays_at_its_end(left_s: float, words: str) -> None:
    assert words_at(countdown(1000.0, "In "), 1000.0 - left_s) == f"In {words}"

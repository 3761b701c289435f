"""Durations, sizes and foreign names as people read them."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.text import can_be_name, duration_text, name_text, printable_text, size_text


@pytest.mark.parametrize("name", ["👩\u200d👩\u200d👧 family", "日本語", "naïve", "✈\ufe0f"])
def test_a_name_that_no_terminal_obeys_stays_as_it_is(name: str) -> None:
    assert printable_text(name) == name


@pytest.mark.parametrize("command", ["\x1b[2J", "\n", "\r", "\x07", "\u202e", "\u2028", "\x9b"])
def test_what_terminals_obey_is_replaced(command: str) -> None:
    assert printable_text(f"a{command[0]}b") == "a�b"


@pytest.mark.parametrize(
    "name", ["ライブ\u3000第一夜", "می\u200cخواهم", "Où\u202fça\xa0?", "🏴\U000e0067\U000e0062\U000e007f", ""]
)
def test_a_name_of_any_script_stays_as_it_is(name: str) -> None:
    assert can_be_name(name)
    assert name_text(name) == name


@pytest.mark.parametrize("wrong", ["\n", "\x1b", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800"])
def test_what_would_leave_the_line_of_a_name_is_replaced(wrong: str) -> None:
    assert not can_be_name(f"a{wrong}b")
    assert name_text(f"a{wrong}b") == "a�b"


@pytest.mark.parametrize(("seconds", "text"), [(-1, "00:00:00"), (59.9, "00:00:59"), (360_061, "100:01:01")])
def test_a_duration_is_hours_minutes_and_seconds(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (2_500_000, "2.5 MB"), (10**15, "1000.0 TB")],
)
def test_a_size_is_told_in_its_largest_unit(size_bytes: int, text: str) -> None:
    assert size_text(size_bytes) == text

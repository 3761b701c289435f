"""File names of recordings."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.recording.naming import (
    candidates,
    finished_name,
    is_unfinished,
    part_stem,
    recording_stem,
    unfinished_name,
)
from powerstream_desktop.recording.options import Container

NOON = datetime.fromisoformat("2026-11-22T12:03:05+01:00")


def test_without_a_name_the_file_is_named_after_its_local_start() -> None:
    assert recording_stem(None, NOON) == "2026-11-22 12-03-05"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("My show", "My show"),
        ("Q&A: part 1/2", "Q&A- part 1-2"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\Users\\me", "C--Users-me"),
        (".hidden", "hidden"),
        ("ends in dots...", "ends in dots"),
        ("two\nlines\tand  gaps", "two lines and gaps"),
        ("Zo\u0065\u0301", "Zo\u00e9"),
        ("gpj.\u202e3pm", "gpj.3pm"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("console", "console"),
        ("\U0001f3ac live", "\U0001f3ac live"),
    ],
)
def test_a_name_becomes_harmless_and_stays_readable(name: str, stem: str) -> None:
    assert recording_stem(name, NOON) == stem


@pytest.mark.parametrize("name", ["", "   ", "...", "\u202e\u200b", "\ud800"])
def test_a_name_of_which_nothing_is_left_gives_way_to_the_time(name: str) -> None:
    assert recording_stem(name, NOON) == "2026-11-22 12-03-05"


@given(st.text(max_size=400))
def test_any_text_makes_a_single_short_file_name(name: str) -> None:
    stem = recording_stem(name, NOON)
    longest = unfinished_name(f"{part_stem(stem, 99)} (1000)", Container.MP4)
    assert len(longest.encode()) <= 255
    for flavour in (PurePosixPath, PureWindowsPath):
        path = flavour(longest)
        assert path.name == longest
        assert not path.is_absolute()
    assert not PureWindowsPath(stem).is_reserved()
    assert stem == stem.strip(". ")


def test_further_parts_are_numbered_from_two() -> None:
    assert [part_stem("show", number) for number in (1, 2, 3)] == ["show", "show part 2", "show part 3"]


def test_the_names_tried_begin_with_the_wanted_one_and_come_to_an_end() -> None:
    assert list(islice(candidates("show"), 3)) == ["show", "show (2)", "show (3)"]
    assert len(list(candidates("show"))) == 1000


@pytest.mark.parametrize("container", Container)
def test_a_file_says_by_its_name_that_it_is_not_finished(container: Container) -> None:
    name = unfinished_name("show", container)
    assert is_unfinished(name)
    assert finished_name(name) == f"show.{container}"


@pytest.mark.parametrize(
    "name", ["show.mp4", "recording.mp4", "show.recording.mp4.original", "show.recording.mov"]
)
def test_other_names_say_nothing_of_the_kind(name: str) -> None:
    assert not is_unfinished(name)
    assert finished_name(name) == name

"""Showing a file in the system's file manager."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.desktop.replays.reveal import revealing


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("win32", ("explorer.exe", "/select,", str(Path("/films/a b.mp4")))),
        ("darwin", ("open", "-R", str(Path("/films/a b.mp4")))),
        ("linux", None),
    ],
)
def test_a_file_is_chosen_where_the_system_can_do_that(
    platform: str, command: tuple[str, ...] | None
) -> None:
    assert revealing(Path("/films/a b.mp4"), platform) == command

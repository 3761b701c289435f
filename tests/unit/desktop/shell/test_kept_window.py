"""What a window remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.desktop.shell.kept_window import (
    FILE_NAME,
    KeptWindow,
    read_kept_window,
    write_kept_window,
)

KEPT = KeptWindow(geometry=b"\x01\xd9\xd0\xcb", station_id="st1", is_first_start_over=True)


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    write_kept_window(tmp_path, KEPT)
    assert read_kept_window(tmp_path) == KEPT


def test_the_first_time_nothing_is_remembered(tmp_path: Path) -> None:
    assert read_kept_window(tmp_path) == KeptWindow()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"geometry": "%%%", "stationId": 7, "isFirstStartOver": "yes"}',
        b'{"geometry": []}',
    ],
)
def test_a_damaged_file_costs_what_it_held_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read_kept_window(tmp_path) == KeptWindow()


def test_a_disk_that_refuses_is_no_fault_of_the_windows(tmp_path: Path) -> None:
    write_kept_window(tmp_path / "gone", KEPT)
    assert read_kept_window(tmp_path / "gone") == KeptWindow()

"""For how long the disk has room."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.recording.options import RESERVE_BYTES
from powerstream_desktop.recording.space_policy import LEAST_FREE_BYTES
from powerstream_desktop.service.recording_room import SOUND_KBPS, recording_room

LEAST_BYTES = LEAST_FREE_BYTES + RESERVE_BYTES


def test_hours_follow_from_room_and_bitrate(tmp_path: Path) -> None:
    room = recording_room(tmp_path, 5000 - SOUND_KBPS, lambda _folder: 45_000_000_000 + LEAST_BYTES)
    assert room is not None
    assert (room.free_bytes, room.hours) == (45_000_000_000 + LEAST_BYTES, 20.0)


def test_where_a_recording_would_be_refused_it_has_no_room(tmp_path: Path) -> None:
    room = recording_room(tmp_path, 5000 - SOUND_KBPS, lambda _folder: LEAST_BYTES - 1)
    assert room is not None
    assert room.hours == 0.0


def test_a_folder_that_is_not_there_yet_lies_on_the_disk_of_the_one_above(tmp_path: Path) -> None:
    asked: list[Path] = []

    def free_bytes(folder: Path) -> int:
        asked.append(folder)
        return 1_000_000

    assert recording_room(tmp_path / "not" / "yet", 4500, free_bytes) is not None
    assert asked == [tmp_path]


def test_a_disk_that_does_not_answer_has_no_room_to_tell_of(tmp_path: Path) -> None:
    def refuse(_folder: Path) -> int:
        raise OSError(5, "Input/output error")

    assert recording_room(tmp_path, 4500, refuse) is None


def test_this_computer_tells(tmp_path: Path) -> None:
    room = recording_room(tmp_path, 4500)
    assert room is not None
    assert room.free_bytes > 0

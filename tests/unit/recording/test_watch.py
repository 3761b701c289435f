"""What the look once a second finds, and which of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.recording.folders import RecordingFolders
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.warning import RecordingWarning
from powerstream_desktop.recording.watch import RecordingWatch

W = RecordingWarning
RATE = 10_000_000


class Disk:
    """Tells how much is free, whatever the folder."""

    def __init__(self) -> None:
        self.free_bytes: int | None = 10**12

    def __call__(self, folder: Path) -> int | None:
        return self.free_bytes


class Recording:
    """Records ten megabytes a second, as far as the watch can tell."""

    def __init__(self, tmp_path: Path) -> None:
        self.disk = Disk()
        options = RecordingOptions(
            folder=tmp_path / "usual", fallback_folders=(tmp_path / "fallback",), reserve_bytes=0
        )
        self.folders = RecordingFolders(options, free_bytes=self.disk)
        self.folders.prepare()
        self.watch = RecordingWatch(self.folders)
        self._second = 0

    def look(self, *, free_minutes: float | None) -> RecordingWarning | None:
        self.disk.free_bytes = None if free_minutes is None else round(free_minutes * 60 * RATE)
        self._second += 1
        self.watch.look_at_disk(media_ms=self._second * 1000, size_bytes=self._second * RATE)
        return self.watch.warning


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    recording = Recording(tmp_path)
    for _ in range(10):
        assert recording.look(free_minutes=100) is None
    yield recording
    recording.folders.leave()


def test_the_warnings_follow_the_room_in_minutes(recording: Recording) -> None:
    told = [recording.look(free_minutes=minutes) for minutes in (31, 29, 11, 9, 3, 1)]
    assert told == [None, W.SPACE_SHORT, W.SPACE_SHORT, W.SPACE_LOW, W.SPACE_LOW, W.SPACE_OUT]
    assert recording.watch.room_s == pytest.approx(60)


def test_in_the_next_folder_that_it_is_the_fallback_is_worse_than_half_an_hour_of_room(
    recording: Recording,
) -> None:
    recording.look(free_minutes=1)
    recording.disk.free_bytes = 10**12
    assert recording.folders.advance()
    recording.watch.begin_folder()
    assert recording.watch.warning is W.FALLBACK_FOLDER
    assert recording.watch.room_s is None
    assert recording.look(free_minutes=29) is W.FALLBACK_FOLDER
    assert recording.look(free_minutes=9) is W.SPACE_LOW


def test_a_disk_that_does_not_tell_warns_nobody(recording: Recording) -> None:
    recording.look(free_minutes=9)
    assert recording.look(free_minutes=None) is None
    assert recording.watch.room_s is None

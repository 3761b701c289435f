"""Clips of a recording that is still being written: whole fragments are read, and nothing else."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.library.clips.cut_request import DRAFT_NAME, ClipMode, CutRequest, CutResult
from powerstream_desktop.library.clips.cutter import cut
from powerstream_desktop.library.clips.recording_window import RecordingWindow
from tests.integration.library.stamped_film import FPS, watch, write_film

SECONDS = 32
AS_RECORDED = {
    "mp4": {
        "movflags": "delay_moov+default_base_moof+skip_trailer",
        "frag_duration": "500000",
        "max_interleave_delta": "1",
    },
    "matroska": {"cluster_time_limit": "500", "flush_packets": "1", "max_interleave_delta": "1"},
}


class Tape(io.RawIOBase):
    """A file that is only ever written on: what stands in it is what a recorder that was killed left."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.written += data
        return len(data)


@pytest.fixture(scope="module", params=list(AS_RECORDED))
def recording(request: pytest.FixtureRequest) -> bytes:
    """Return the bytes of a recording that broke off: fragments or clusters, and no index."""
    tape = Tape()
    write_film(tape, SECONDS, container=request.param, muxing=AS_RECORDED[request.param])
    return bytes(tape.written)


def last_clip(recording: bytes, folder: Path, last_ms: int, mode: ClipMode) -> tuple[Path, CutResult]:
    growing = folder / "show.recording.mp4"
    growing.write_bytes(recording)
    result = cut(growing, folder, CutRequest(last_ms=last_ms, mode=mode), lambda _: None)
    return folder / DRAFT_NAME, result


@pytest.mark.parametrize("there", [0.4, 0.731, 0.999])
@pytest.mark.parametrize("mode", ClipMode)
def test_the_last_seconds_of_a_recording_that_is_cut_off_anywhere_are_whole(
    recording: bytes, tmp_path: Path, there: float, mode: ClipMode
) -> None:
    path, result = last_clip(recording[: int(len(recording) * there)], tmp_path, 5000, mode)
    numbers = [number or 0 for number in watch(path).numbers]
    assert numbers == list(range(numbers[0], len(numbers) + numbers[0]))
    assert numbers[0] == pytest.approx(result.start_ms * FPS / 1000, abs=1)
    assert numbers[0] + len(numbers) == pytest.approx(result.end_ms * FPS / 1000, abs=1)
    assert result.end_ms / 1000 == pytest.approx(SECONDS * there, abs=2.5)
    length_s = (result.end_ms - result.start_ms) / 1000
    assert length_s == pytest.approx(5, abs=0.001) if mode is ClipMode.EXACT else 5 <= length_s <= 7.1


def test_a_recording_that_is_shorter_than_wanted_is_taken_whole(recording: bytes, tmp_path: Path) -> None:
    path, result = last_clip(recording[: len(recording) // 4], tmp_path, 60_000, ClipMode.FAST)
    assert result.start_ms == 0
    assert watch(path).numbers[0] == 0


def test_what_was_recorded_since_the_clip_was_asked_for_is_not_in_it(
    recording: bytes, tmp_path: Path
) -> None:
    growing = tmp_path / "show.recording.mp4"
    growing.write_bytes(recording)
    request = CutRequest(last_ms=4000, late_ms=9000, mode=ClipMode.EXACT)
    result = cut(growing, tmp_path, request, lambda _: None)
    numbers = watch(tmp_path / DRAFT_NAME).numbers
    assert len(numbers) == pytest.approx(4 * FPS, abs=1)
    assert numbers[0] == pytest.approx((SECONDS - 13) * FPS, abs=6)
    assert result.end_ms == pytest.approx((SECONDS - 9) * 1000, abs=200)


def test_hours_before_are_not_read(recording: bytes, tmp_path: Path) -> None:
    growing = tmp_path / "show.recording.mp4"
    growing.write_bytes(recording)
    with RecordingWindow(growing, 5000) as window:
        size = window.seek(0, 2)
        window.seek(0)
        assert len(window.read()) == size
    assert size < len(recording) * 20 / SECONDS


def test_the_recording_is_not_touched(recording: bytes, tmp_path: Path) -> None:
    growing = tmp_path / "show.recording.mp4"
    last_clip(recording, tmp_path, 5000, ClipMode.FAST)
    assert hashlib.sha256(growing.read_bytes()).digest() == hashlib.sha256(recording).digest()


def test_what_is_appended_meanwhile_is_not_looked_at(recording: bytes, tmp_path: Path) -> None:
    growing = tmp_path / "show.recording.mp4"
    half = len(recording) // 2
    growing.write_bytes(recording[:half])
    with RecordingWindow(growing, 5000) as window:
        size = window.seek(0, 2)
        with growing.open("ab") as file:
            file.write(recording[half:])
        window.seek(0)
        assert len(window.read()) == size


def test_a_place_in_the_middle_is_read_as_it_stands(recording: bytes, tmp_path: Path) -> None:
    growing = tmp_path / "show.recording.mp4"
    growing.write_bytes(recording)
    with RecordingWindow(growing, 5000) as window:
        whole = window.read()
        for place in (0, 30, 1500, len(whole) - 7):
            window.seek(place)
            assert window.read(4000) == whole[place : place + 4000]
        assert window.tell() == len(whole)
        assert window.read(1) == b""


@pytest.mark.parametrize("size", [0, 5, 40, 2000])
def test_before_the_first_fragment_is_there_it_says_so(recording: bytes, tmp_path: Path, size: int) -> None:
    with pytest.raises(UserError, match="Nothing has been recorded yet"):
        last_clip(recording[:size], tmp_path, 5000, ClipMode.FAST)


def test_a_recording_that_has_ended_under_our_hands_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has just ended"):
        cut(tmp_path / "gone.recording.mp4", tmp_path, CutRequest(last_ms=5000), lambda _: None)

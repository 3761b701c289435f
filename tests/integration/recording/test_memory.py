"""A recording takes as much memory after hours as after a minute; libavformat's share included."""

from __future__ import annotations

import ctypes
import gc
from pathlib import Path

import pytest

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.truth_watch import FileFacts
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.flv.tags import TagKind
from tests.integration.recording.clips import flv_clip, packets_of, shifted
from tests.unit.recording.fakes import FakeClock

CLIP_MS = 3_000
FRAMES = 20_000
BYTES_PER_FRAME = 15
"""What libavformat keeps of each frame for an index of its own is 74 bytes."""


class Nowhere:
    """A disk that takes everything and keeps nothing."""

    def write_at(self, data: memoryview, position: int) -> int:
        return len(data)

    def flush_to_disk(self, *, data_only: bool) -> None:
        """Nothing is kept."""

    def facts(self) -> FileFacts:
        return FileFacts(size_bytes=2**62, is_there=True)

    def close(self) -> None:
        """Nothing is open."""


def open_nowhere(path: Path) -> Nowhere:
    path.touch()
    return Nowhere()


class AllocatorFigures(ctypes.Structure):
    """What glibc says of its heap (``mallinfo2``)."""

    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "mapped", "usmblks", "fsmblks", "used", "free", "keepcost"
    )]  # fmt: skip


def allocated_bytes() -> int:
    """Return what is allocated by malloc now, in whatever language."""
    try:
        figures_of = ctypes.CDLL(None).mallinfo2
    except (AttributeError, TypeError):
        pytest.skip("only glibc tells what is allocated")
    figures_of.restype = AllocatorFigures
    gc.collect()
    figures = figures_of()
    return int(figures.used) + int(figures.mapped)


def test_a_frame_that_is_written_leaves_next_to_nothing_in_memory(tmp_path: Path) -> None:
    clip = packets_of(flv_clip(size=(64, 36), noise=0))
    frames = [packet for packet in clip if packet.info.kind is TagKind.FRAME]
    writer = RecordingWriter(
        RecordingOptions(folder=tmp_path), lambda: "show", clock=FakeClock(), open_raw=open_nowhere
    )
    writer.write(clip)
    rounds = FRAMES // len(frames)
    for number in range(1, 3):
        writer.write(shifted(frames, number * CLIP_MS))
    before = allocated_bytes()
    for number in range(3, rounds + 3):
        writer.write(shifted(frames, number * CLIP_MS))
    grown = allocated_bytes() - before
    writer.finish()
    assert writer.progress.cause is None
    assert grown < BYTES_PER_FRAME * rounds * len(frames)

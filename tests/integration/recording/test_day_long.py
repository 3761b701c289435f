"""A recording of more than a day and more than 4 GiB opens, tells its length and is gone through by time (R12)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import av
import pytest

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import flv_clip, frames, packets_of, shifted
from tests.unit.recording.fakes import FakeClock

HOURS = 25
"""Sound at 48 kHz: its clock passes 2**32."""
STEP_MS = 10_000
PADDING = bytes(500_000)


class HollowFile(OSFile):
    """Leaves a hole where a write is nothing but filler: 4 GiB in some MiB."""

    KEPT_BYTES = 4096

    def write_at(self, data: memoryview, position: int) -> int:
        middle = data[self.KEPT_BYTES : -self.KEPT_BYTES]
        if len(data) <= 4 * self.KEPT_BYTES or middle.tobytes() != PADDING[: len(middle)]:
            return super().write_at(data, position)
        super().write_at(data[: self.KEPT_BYTES], position)
        super().write_at(data[-self.KEPT_BYTES :], position + len(data) - self.KEPT_BYTES)
        return len(data)

    def flush_to_disk(self, *, data_only: bool) -> None:
        """Nobody pulls a plug here."""


def padded(key: MediaPacket) -> MediaPacket:
    """Return the key frame with half a megabyte of filler behind it, in a NAL unit that says so."""
    filler = b"\x0c" + PADDING
    payload = key.payload + len(filler).to_bytes(4, "big") + filler
    return MediaPacket(key.kind, key.dts_ms, STEP_MS, 0, payload, classify_video(payload), 0.0)


@pytest.mark.skipif(
    sys.platform != "linux", reason="takes a file system that leaves out what was not written"
)
def test_a_recording_of_a_day_and_more_than_four_gigabytes_is_gone_through_by_time(tmp_path: Path) -> None:
    clip = packets_of(flv_clip(size=(64, 36), noise=8))
    headers = [each for each in clip if each.info.kind is TagKind.HEADER]
    pair = [padded(frames(clip, MediaKind.VIDEO)[0]), frames(clip, MediaKind.AUDIO)[1]]
    options = RecordingOptions(folder=tmp_path, split_after_s=None, split_at_bytes=None, reserve_bytes=0)
    writer = RecordingWriter(
        options, lambda: "show", clock=FakeClock(), open_raw=HollowFile, free_bytes=lambda _: None
    )
    writer.write(headers)
    for number in range(HOURS * 3600 * 1000 // STEP_MS):
        writer.write(shifted(pair, number * STEP_MS))
    writer.finish()
    assert writer.progress.cause is None
    (part,) = writer.progress.parts
    assert part.size_bytes > 2**32
    assert part.path.stat().st_blocks * 512 < 2**28
    with av.open(os.fspath(part.path)) as film:
        assert film.duration is not None
        assert film.duration / av.time_base == pytest.approx(HOURS * 3600, abs=STEP_MS / 1000)
        for wanted_s in (24.5 * 3600, 12 * 3600, 10):
            film.seek(round(wanted_s * av.time_base))
            packet = next(film.demux(video=0))
            assert packet.pts is not None
            assert float(packet.pts * packet.time_base) == pytest.approx(wanted_s, abs=STEP_MS / 1000)
            assert packet.size == len(pair[0].payload) - pair[0].info.body_offset

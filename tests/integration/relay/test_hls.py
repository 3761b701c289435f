"""HLS of real media, read back by libavformat: every frame once, byte for byte, at its time, and a disk that hangs."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import av
import pytest

from powerstream_desktop.relay.hls.folder import HLSFolder
from powerstream_desktop.relay.hls.output import MAX_WAITING_SEGMENTS, HLSOutput
from powerstream_desktop.relay.hls.segmenter import Segmenter
from powerstream_desktop.relay.hls.snapshot import HLSSnapshot
from powerstream_desktop.relay.hls.writer import SegmentWriter
from powerstream_desktop.relay.stream.burst import NOWHERE, Burst
from powerstream_desktop.rtmp.flv.tags import frame_body
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import (
    X264_B_FRAMES,
    flv_clip,
    frames,
    packets_of,
    presentation_ms,
    shifted,
)
from tests.integration.relay.swift_loop import eventually
from tests.unit.relay.hls.media import headers, segments_of, stream
from tests.unit.relay.packets import PacketMaker

START = datetime(2026, 7, 1, tzinfo=UTC)
CLIPS: dict[str, dict[str, Any]] = {
    "H.264 with B-frames": {"options": X264_B_FRAMES},
    "H.264 without sound": {"audio": None},
    "H.264 with rare key frames": {"gop_s": 5.0},
    "H.264 with intra refresh": {"options": (("preset", "ultrafast"), ("x264-params", "intra-refresh=1:keyint=900"))},
    "HEVC": {"video": "libx265", "options": (("preset", "ultrafast"), ("x265-params", "bframes=2:log-level=none"))},
    "AV1 with Opus": {"video": "libsvtav1", "options": (("preset", "12"), ("svtav1-params", "lad=0")), "audio": "libopus"},
    "sound alone": {"video": None},
}  # fmt: skip


def clip(name: str) -> list[MediaPacket]:
    return packets_of(flv_clip(seconds=6.5, noise=4, **CLIPS[name]))


def write_all(folder: Path, packets: Iterable[MediaPacket]) -> SegmentWriter:
    """Write a stream as the thread does, as fast as it goes, to its end."""
    hls = HLSFolder(folder)
    writer = SegmentWriter(hls, hls.prepare(), lambda at_s: START + timedelta(seconds=at_s))
    for segment in segments_of(Segmenter(), packets):
        writer.write(segment)
    writer.end()
    return writer


def read_back(folder: Path, kind: MediaKind) -> list[tuple[bytes, float, float]]:
    """Return body, decoding and presentation time in ms of each frame of a track."""
    with av.open(str(folder / "index.m3u8")) as container:
        wanted = "video" if kind is MediaKind.VIDEO else "audio"
        tracks = [track for track in container.streams if track.type == wanted]
        if not tracks:
            return []
        return [
            (bytes(packet), float(packet.dts * packet.time_base) * 1000, float(packet.pts * packet.time_base) * 1000)
            for packet in container.demux(tracks)
            if packet.size and packet.dts is not None and packet.pts is not None
        ]  # fmt: skip


def decoded(folder: Path, kind: str) -> int:
    with av.open(str(folder / "index.m3u8")) as container:
        return sum(1 for _ in container.decode(next(each for each in container.streams if each.type == kind)))


@pytest.mark.parametrize("name", CLIPS)
def test_every_frame_comes_back_once_unchanged_and_at_its_time(tmp_path: Path, name: str) -> None:
    packets = clip(name)
    assert write_all(tmp_path, packets).progress.cause is None
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        sent = frames(_from_the_first_key_frame(packets), kind)
        came = read_back(tmp_path, kind)
        assert [body for body, _, _ in came] == [_stored(packet) for packet in sent]
        assert all(
            abs(pts_ms - presentation_ms(packet)) <= 1.05
            for (_, _, pts_ms), packet in zip(came, sent, strict=True)
        )
        times_ms = [dts_ms for _, dts_ms, _ in came]
        assert times_ms == sorted(set(times_ms))


@pytest.mark.parametrize("name", ["H.264 with B-frames", "HEVC", "AV1 with Opus"])
def test_every_frame_decodes(tmp_path: Path, name: str) -> None:
    packets = clip(name)
    write_all(tmp_path, packets)
    packets = _from_the_first_key_frame(packets)
    assert decoded(tmp_path, "video") == len(frames(packets, MediaKind.VIDEO))
    assert decoded(tmp_path, "audio") == len(frames(packets, MediaKind.AUDIO))


def test_pictures_decode_to_the_same_pixels_as_the_source(tmp_path: Path) -> None:
    flv = flv_clip(seconds=4.5, noise=4, options=X264_B_FRAMES)
    write_all(tmp_path, packets_of(flv))
    (tmp_path / "source.flv").write_bytes(flv)
    assert _pixels(tmp_path / "index.m3u8") == _pixels(tmp_path / "source.flv")


def test_a_picture_of_another_size_in_mid_stream_plays(tmp_path: Path) -> None:
    small = packets_of(flv_clip(seconds=2.5, noise=4))
    large = shifted(packets_of(flv_clip(seconds=2.5, noise=4, size=(640, 360))), 2_600)
    write_all(tmp_path, [*small, *large])
    assert (tmp_path / "index.m3u8").read_text().count("#EXT-X-DISCONTINUITY\n") == 1
    with av.open(str(tmp_path / "index.m3u8")) as container:
        widths = [frame.width for frame in container.decode(video=0)]
    assert widths == [320] * 75 + [640] * 75


# --- the thread ------------------------------------------------------------------------------------------------------


def offer(output: HLSOutput, packets: Iterable[MediaPacket]) -> None:
    for packet in packets:
        output.offer(Burst([packet], NOWHERE, (0, 0, 0)))


async def written(output: HLSOutput, segments: int) -> HLSSnapshot:
    """Wait until the thread has written so many segments."""
    await eventually(lambda: output.snapshot().segments >= segments)
    return output.snapshot()


def test_a_stream_can_be_watched_while_it_runs_and_after_its_end(tmp_path: Path) -> None:
    async def broadcast() -> None:
        make = PacketMaker()
        output = HLSOutput(tmp_path, clock=lambda: 0.0)
        output.start()
        output.stream_started()
        assert output.snapshot().playlist is None
        offer(output, [*headers(make), *stream(make, 0, 2_020)])
        running = await written(output, 1)
        assert running.playlist == tmp_path / "index.m3u8"
        assert not running.is_ended
        output.stream_ended()
        await written(output, 2)
        output.stream_started()
        offer(output, stream(make, 10_000, 10_500))
        await output.aclose()
        assert output.snapshot().is_ended
        assert "#EXT-X-MEDIA-SEQUENCE:2\n" in (tmp_path / "index.m3u8").read_text()

    asyncio.run(broadcast())


def test_nothing_is_left_when_nothing_shall_be(tmp_path: Path) -> None:
    async def broadcast() -> None:
        make = PacketMaker()
        output = HLSOutput(tmp_path)
        output.start()
        offer(output, [*headers(make), *stream(make, 0, 3_000)])
        await output.aclose(remove_files=True)
        await output.aclose(remove_files=True)
        assert output.snapshot().segments == 2

    asyncio.run(broadcast())
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_never_started_can_be_closed(tmp_path: Path) -> None:
    asyncio.run(HLSOutput(tmp_path / "hls").aclose())
    assert not (tmp_path / "hls").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe stands in for a disk that hangs")
def test_a_disk_that_hangs_costs_segments_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    async def broadcast() -> None:
        make = PacketMaker()
        output = HLSOutput(tmp_path)
        output.start()
        os.mkfifo(tmp_path / "0.m4s.part")  # opening it for writing blocks until somebody reads
        offer(output, headers(make))
        for number in range(10):
            offer(output, stream(make, 2_000 * number, 2_000 * number + 2_000))
        hanging = output.snapshot()
        assert hanging.segments == 0
        assert hanging.segments_lost >= 9 - 1 - MAX_WAITING_SEGMENTS
        reader = threading.Thread(target=(tmp_path / "0.m4s.part").read_bytes)
        reader.start()
        await written(output, 9 - hanging.segments_lost)
        offer(output, stream(make, 20_000, 22_000))
        await output.aclose()
        reader.join()
        end = output.snapshot()
        assert end.segments + end.segments_lost == 11
        assert "#EXT-X-DISCONTINUITY\n" in (tmp_path / "index.m3u8").read_text()

    asyncio.run(broadcast())


def _from_the_first_key_frame(packets: list[MediaPacket]) -> list[MediaPacket]:
    """Return what is to be seen and heard: sound that comes before the first picture is left out."""
    pictures = frames(packets, MediaKind.VIDEO)
    return packets[packets.index(pictures[0]) :] if pictures else packets


def _stored(packet: MediaPacket) -> bytes:
    """Return a frame as MP4 stores it: AV1 without the temporal delimiter that some publishers leave in front."""
    body = bytes(frame_body(packet.payload, packet.info))
    return body.removeprefix(b"\x12\x00") if packet.info.codec == "av01" else body


def _pixels(source: Path) -> list[bytes]:
    with av.open(str(source)) as container:
        return [frame.to_ndarray().tobytes() for frame in container.decode(video=0)]

"""What the owner of a broadcast orders reaches its recording, whichever stream of the broadcast is being recorded."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.snapshot import GapReason
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.relay.stream.burst import NOWHERE, Burst
from powerstream_desktop.rtmp.packet import MediaPacket
from powerstream_desktop.service.broadcast.recording_consumer import RecordingConsumer
from tests.integration.recording.clips import flv_clip, packets_of, shifted
from tests.integration.relay.swift_loop import eventually

CLIP_MS = 3_000
PATIENCE_S = 20.0


def clip(number: int) -> list[MediaPacket]:
    """Return the seconds from 3 times ``number`` on, with a key frame in each."""
    packets = packets_of(flv_clip(gop_s=1.0, noise=8, size=(64, 36)))
    return shifted(packets, number * CLIP_MS)


def burst(packets: Sequence[MediaPacket]) -> Burst:
    return Burst(packets, NOWHERE, (0, 0, 0))


def is_paused(consumer: RecordingConsumer) -> bool:
    snapshot = consumer.snapshot()
    return snapshot is not None and snapshot.is_paused


def state_of(consumer: RecordingConsumer) -> RecordingState | None:
    snapshot = consumer.snapshot()
    return None if snapshot is None else snapshot.state


def part_count(consumer: RecordingConsumer) -> int:
    snapshot = consumer.snapshot()
    return 0 if snapshot is None else snapshot.parts


def test_a_split_and_a_pause_reach_the_recording(tmp_path: Path) -> None:
    async def scenario() -> RecordingConsumer:
        consumer = RecordingConsumer(RecordingOptions(folder=tmp_path, reserve_bytes=0))
        await consumer.prepare()
        consumer.offer(burst(clip(0)))
        consumer.split()
        consumer.offer(burst(clip(1)))
        await eventually(lambda: part_count(consumer) == 2, PATIENCE_S)
        consumer.pause()
        consumer.offer(burst(clip(2)))
        await eventually(lambda: is_paused(consumer), PATIENCE_S)
        consumer.resume()
        consumer.offer(burst(clip(3)))
        await consumer.aclose()
        return consumer

    (result,) = asyncio.run(scenario()).results
    assert [part.is_finished for part in result.parts] == [True, True, True]
    assert [gap.reason for gap in result.gaps] == [GapReason.PAUSED]


def test_a_pause_holds_for_the_next_stream_as_well_until_it_is_ended(tmp_path: Path) -> None:
    async def scenario() -> RecordingConsumer:
        consumer = RecordingConsumer(RecordingOptions(folder=tmp_path, reserve_bytes=0))
        await consumer.prepare()
        consumer.offer(burst(clip(0)))
        consumer.pause()
        consumer.stream_ended()
        consumer.stream_started()
        consumer.offer(burst(clip(0)))
        await eventually(lambda: is_paused(consumer), PATIENCE_S)
        consumer.resume()
        consumer.offer(burst(clip(1)))
        consumer.stream_ended()
        await consumer.aclose()
        return consumer

    results = asyncio.run(scenario()).results
    assert [len(result.parts) for result in results] == [1, 1]
    assert sum(result.duration_s for result in results) == pytest.approx(6.0, abs=0.2)


@pytest.mark.allow_warning_logs
def test_a_stream_that_could_not_be_recorded_is_told_in_the_end(tmp_path: Path) -> None:
    async def scenario() -> RecordingConsumer:
        consumer = RecordingConsumer(RecordingOptions(folder=tmp_path / "videos", reserve_bytes=0))
        await consumer.prepare()
        consumer.offer(burst(clip(0)))
        consumer.stream_ended()
        await eventually(lambda: consumer.results, PATIENCE_S)
        shutil.rmtree(tmp_path / "videos")
        (tmp_path / "videos").touch()
        consumer.stream_started()
        consumer.offer(burst(clip(1)))
        await eventually(lambda: state_of(consumer) is RecordingState.FAILED, PATIENCE_S)
        consumer.stream_ended()
        assert consumer.snapshot() is None
        await consumer.aclose()
        return consumer

    first, second = asyncio.run(scenario()).results
    assert (first.cause, second.path) == (None, None)
    assert second.cause is not None


def test_without_a_recording_an_order_changes_nothing(tmp_path: Path) -> None:
    async def scenario() -> RecordingConsumer:
        consumer = RecordingConsumer(RecordingOptions(folder=tmp_path, reserve_bytes=0))
        consumer.split()
        consumer.pause()
        consumer.resume()
        await consumer.aclose()
        return consumer

    assert asyncio.run(scenario()).results == []

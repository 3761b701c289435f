"""Sessions that are recorded: what is kept of them, and orders for the recording while it runs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.snapshot import RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.store_faults import ConflictError
from tests.integration.recording.clips import flv_clip
from tests.integration.relay.peers import Platform
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.sessions_stage import EXTERNAL, INGEST_KEY, Service, saved, serving

REQUEST = replace(EXTERNAL, stream_key=Secret(INGEST_KEY))


def test_a_recording_becomes_a_replay_with_the_moments_that_were_marked(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform))
            running = await service.sessions.start(replace(REQUEST, is_recorded=True))
            async with service.published(film=flv_clip()):
                await eventually(lambda: recorded_s(service) > 1.0, patience_s=20)
                marker = await service.sessions.mark("Goal")
                ended = await service.sessions.stop(running.session.id)
            assert ended is not None
            [replay] = ended.assets
            assert (replay.title, replay.status, replay.station_id) == ("Evening", AssetStatus.READY, "st1")
            assert ended.session.asset_id == replay.id
            files = {str(file): file.stat().st_size for file in service.paths.recordings.glob("*.mp4")}
            assert files == {replay.file: replay.size_bytes}
            assert b"Goal" in content(replay), "a chapter of the file"
            begins_ms = (replay.recorded_at - ended.session.started_at).total_seconds() * 1000
            assert 0 <= marker.offset_ms - begins_ms <= replay.duration_ms + 100
            markers = await service.store.read(lambda tables: tables.markers.of_assets([replay.id]))
            assert [each.label for each in markers[replay.id]] == ["Goal"]

    asyncio.run(scenario())


def test_a_recording_is_split_and_paused_while_it_runs_and_its_replays_say_what_they_lack(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            await service.sessions.start(replace(REQUEST, is_recorded=True, use_multistream=False))
            async with service.published(film=flv_clip()):
                await eventually(lambda: recorded_s(service) > 0.5, patience_s=20)
                await service.sessions.order_recording(RecordingOrder.SPLIT)
                await eventually(lambda: recording(service).parts == 2, patience_s=20)
                await service.sessions.order_recording(RecordingOrder.PAUSE)
                await eventually(lambda: recording(service).is_paused, patience_s=20)
                await service.sessions.order_recording(RecordingOrder.RESUME)
                await eventually(lambda: recording(service).parts == 3, patience_s=20)
                ended = await service.sessions.stop(None)
            assert ended is not None
            assert [each.title for each in ended.assets] == [
                "Evening",
                "Evening, part 2",
                "Evening, part 3",
            ]
            assert "paused" in {gap.reason for each in ended.assets for gap in each.gaps}

    asyncio.run(scenario())


def test_what_is_not_recorded_takes_no_orders_for_a_recording(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            with pytest.raises(ConflictError, match="No broadcast"):
                await service.sessions.order_recording(RecordingOrder.SPLIT)
            await service.sessions.start(replace(REQUEST, use_multistream=False))
            with pytest.raises(ConflictError, match="not recorded"):
                await service.sessions.order_recording(RecordingOrder.SPLIT)

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
def test_a_recording_that_fails_costs_no_broadcast_and_is_told_at_its_end(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform))
            await service.sessions.start(replace(REQUEST, is_recorded=True))
            async with service.published():  # of pictures that no file can hold
                await service.turns(DestinationState.LIVE)
                await eventually(lambda: recording_state(service) is RecordingState.FAILED, patience_s=20)
                ended = await service.sessions.stop(None)
            assert ended is not None
            assert (ended.session.ending, ended.assets) == (SessionEnding.STOPPED, ())
            assert ended.session.ending_words.startswith("The recording: ")

    asyncio.run(scenario())


def content(replay: Asset) -> bytes:
    return Path(replay.file or "").read_bytes()


def recording(service: Service) -> RecordingSnapshot:
    running = service.sessions.running
    assert running is not None
    assert running.broadcast.recording is not None
    return running.broadcast.recording


def recorded_s(service: Service) -> float:
    running = service.sessions.running
    assert running is not None
    return running.broadcast.recording.duration_s if running.broadcast.recording is not None else 0.0


def recording_state(service: Service) -> RecordingState | None:
    running = service.sessions.running
    assert running is not None
    return running.broadcast.recording.state if running.broadcast.recording is not None else None

"""A broadcast that runs, as the API is told of it in tests."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot, RelaySnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.session_request import (
    RunningSession,
    SessionRequest,
)
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from tests.unit.service.store.rows import session

INGEST = IngestSnapshot(
    publishing=True,
    video_codec="avc1",
    audio_codec="mp4a",
    bitrate_kbps=4500,
    frames_received=300,
    bytes_received=5_000_000,
    timeline_folds=0,
)


def destination(
    name: str, state: DestinationState = DestinationState.LIVE, **fields: Any
) -> DestinationSnapshot:
    values: dict[str, Any] = {
        "name": name, "platform": "twitch", "rendition": Rendition.LANDSCAPE, "server_url": "rtmp://live.example.invalid/app",
        "backup_in_use": False, "state": state, "since_s": 12.34, "attempt": 0, "retry_in_s": None, "cause": None,
        "bytes_sent": 1000, "bitrate_kbps": 4400, "frames_sent": 300, "frames_dropped": 2, "frames_dropped_per_s": 0.0,
        "queue_ms": 40, "connects": 1, **fields,
    }  # fmt: skip
    return DestinationSnapshot(**values)


def running_session(
    request: SessionRequest,
    endpoints: tuple[SavedEndpoint, ...] = (),
    state: BroadcastState = BroadcastState.LIVE,
) -> RunningSession:
    snapshot = BroadcastSnapshot(
        state=state,
        elapsed_s=61.26,
        ingest_url="rtmp://127.0.0.1:1935/live/****",
        relay=RelaySnapshot(
            ingest=INGEST,
            renditions={Rendition.LANDSCAPE: INGEST},
            destinations=tuple(destination(each.name) for each in endpoints),
        ),
        recording=None,
        engine=None,
        engine_stats=None,
        engine_source="",
        engine_troubles=(),
    )
    return RunningSession(
        session=replace(
            session("se1", station_id=request.station_id),
            title=request.title,
            profile_id=request.profile_id,
            source=request.source,
            is_recorded=request.is_recorded,
        ),
        ingest_url=snapshot.ingest_url,
        broadcast=snapshot,
        endpoint_ids=MappingProxyType({each.name: each.id for each in endpoints}),
    )

"""Makes snapshots of broadcasts that never were."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot, RelaySnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState


def destination(name: str = "Mine", **changes: Any) -> DestinationSnapshot:
    """Return a destination that is well."""
    values: dict[str, Any] = {
        "name": name,
        "platform": "custom",
        "rendition": Rendition.LANDSCAPE,
        "server_url": "rtmp://ingest.example/app",
        "backup_in_use": False,
        "state": DestinationState.LIVE,
        "since_s": 5.0,
        "attempt": 0,
        "retry_in_s": None,
        "cause": None,
        "bytes_sent": 2_000_000,
        "bitrate_kbps": 4500,
        "frames_sent": 150,
        "frames_dropped": 0,
        "frames_dropped_per_s": 0.0,
        "queue_ms": 0,
        "connects": 1,
    }
    return DestinationSnapshot(**(values | changes))


def broadcast(
    *destinations: DestinationSnapshot,
    publishing: bool = True,
    bridging_s: float | None = None,
    **changes: Any,
) -> BroadcastSnapshot:
    """Return a broadcast that is live."""
    ingest = IngestSnapshot(
        publishing=publishing and bridging_s is None,
        bridging_s=bridging_s,
        video_codec="avc1",
        audio_codec="mp4a",
        bitrate_kbps=4660,
        frames_received=150,
        bytes_received=2_100_000,
        timeline_folds=0,
    )
    values: dict[str, Any] = {
        "state": BroadcastState.LIVE,
        "elapsed_s": 5.0,
        "ingest_url": "rtmp://127.0.0.1:1935/live",
        "relay": RelaySnapshot(
            ingest=ingest, renditions={Rendition.LANDSCAPE: ingest}, destinations=destinations
        ),
        "recording": None,
        "engine": None,
        "engine_stats": None,
        "engine_source": "",
        "engine_troubles": (),
    }
    return BroadcastSnapshot(**(values | changes))

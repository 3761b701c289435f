"""What the sessions' unit tests stand on: a place for keys, and lights as they like."""

from __future__ import annotations

import asyncio

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot, RelaySnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState


class FakeSecrets:
    """Keeps keys in memory, as the place "this run" does."""

    def __init__(self, **keys: str) -> None:
        self.keys = {reference: Secret(key) for reference, key in keys.items()}
        self.trouble: PowerStreamError | None = None
        """What the keyring answers instead."""
        self.keeps_nothing: PowerStreamError | None = None
        """What it answers when something is to be kept."""

    async def keep(self, key: Secret) -> str:
        await self._answer()
        if self.keeps_nothing is not None:
            raise self.keeps_nothing
        reference = f"ref-{len(self.keys) + 1}"
        self.keys[reference] = key
        return reference

    async def forget(self, key_ref: str | None) -> None:
        await self._answer()
        self.keys.pop(key_ref or "", None)

    async def get(self, key_ref: str | None) -> Secret | None:
        await self._answer()
        return self.keys.get(key_ref or "")

    async def _answer(self) -> None:
        await asyncio.sleep(0)
        if self.trouble is not None:
            raise self.trouble


def light(
    name: str = "Twitch",
    state: DestinationState = DestinationState.LIVE,
    *,
    cause: Cause | None = None,
    bytes_sent: int = 0,
    frames_sent: int = 0,
    frames_dropped: int = 0,
    connects: int = 1,
) -> DestinationSnapshot:
    """Return a destination's light."""
    return DestinationSnapshot(
        name=name,
        platform="twitch",
        rendition=Rendition.LANDSCAPE,
        server_url="rtmps://live.example.invalid/app",
        backup_in_use=False,
        state=state,
        since_s=0.0,
        attempt=0,
        retry_in_s=None,
        cause=cause,
        bytes_sent=bytes_sent,
        bitrate_kbps=4500,
        frames_sent=frames_sent,
        frames_dropped=frames_dropped,
        frames_dropped_per_s=0.0,
        queue_ms=20,
        connects=connects,
    )


def broadcast_snapshot(*lights: DestinationSnapshot) -> BroadcastSnapshot:
    """Return a broadcast that is live with these destinations."""
    ingest = IngestSnapshot(
        publishing=True,
        video_codec="avc1",
        audio_codec="mp4a",
        bitrate_kbps=4500,
        frames_received=1,
        bytes_received=1,
        timeline_folds=0,
    )
    return BroadcastSnapshot(
        state=BroadcastState.LIVE,
        elapsed_s=1.0,
        ingest_url="rtmp://127.0.0.1:1935/live",
        relay=RelaySnapshot(
            ingest=ingest, renditions={Rendition.LANDSCAPE: ingest}, destinations=tuple(lights)
        ),
        recording=None,
        engine=None,
        engine_stats=None,
        engine_source="",
        engine_troubles=(),
    )

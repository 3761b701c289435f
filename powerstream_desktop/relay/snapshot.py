"""What the relay shows of itself: frozen values, made on request, never live objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.stream.stream_stats import StreamStats


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSnapshot:
    """Everything a light shows.

    Attributes:
        server_url: where it is connected to, or will be; without the key.
        backup_in_use: the backup ingest takes the stream, and the main server does not.
        since_s: seconds in this state.
        attempt: number of the running or next try of this outage, counted from 1; 0 while all is well.
        retry_in_s: seconds to the next try, None when none is planned.
        bytes_sent: bytes that the platform's end acknowledged; like all counters, of all connections together, the backup's too.
        bitrate_kbps: acknowledged kilobits per second over the last seconds.
        queue_ms: media time that the platform has not acknowledged yet.
        frames_dropped: video frames this destination missed because it was slow, or had to make room.
        frames_dropped_per_s: the same per second, over the last five seconds.
        connects: connections on which the platform took media.
    """

    name: str
    platform: str
    rendition: Rendition
    server_url: str
    backup_in_use: bool
    state: DestinationState
    since_s: float
    attempt: int
    retry_in_s: float | None
    cause: Cause | None
    bytes_sent: int
    bitrate_kbps: int
    frames_sent: int
    frames_dropped: int
    frames_dropped_per_s: float
    queue_ms: int
    connects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSnapshot:
    """The stream that comes in: its codecs, rate and whether anybody is publishing.

    Attributes:
        publishing: a publisher is on air.
        bridging_s: seconds since the publisher was last heard of, while a bridge stands in for it; otherwise ``None``.
        stats: what the publisher sends, measured; ``None`` while it has sent too little.
    """

    publishing: bool
    bridging_s: float | None = None
    video_codec: str
    audio_codec: str
    bitrate_kbps: int
    frames_received: int
    bytes_received: int
    timeline_folds: int
    stats: StreamStats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaySnapshot:
    """The relay as a whole.

    Attributes:
        ingest: the main stream, which is the landscape.
        renditions: all streams, the landscape among them.
        uplink_kbps: what this computer's upload carried when it was last used to the full, in kbit/s; None if it never was, or
            has carried more since.
    """

    ingest: IngestSnapshot
    renditions: Mapping[Rendition, IngestSnapshot]
    destinations: tuple[DestinationSnapshot, ...]
    uplink_kbps: int | None = None

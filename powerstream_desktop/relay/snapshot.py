"""What the relay shows of itself: frozen values, made on request, never live objects."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.destination_states import DestinationState


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSnapshot:
    """Everything a light shows.

    Attributes:
        since_s: seconds in this state.
        attempt: number of the running or next try of this outage, counted from 1; 0 while all is well.
        retry_in_s: seconds to the next try, None when none is planned.
        bytes_sent: bytes that the platform's end acknowledged, all connections together.
        bitrate_kbps: acknowledged kilobits per second over the last seconds.
        queue_ms: media time that the platform has not acknowledged yet.
        frames_dropped: video frames this destination missed because it was slow.
        connects: connections on which the platform took media.
    """

    name: str
    platform: str
    state: DestinationState
    since_s: float
    attempt: int
    retry_in_s: float | None
    cause: Cause | None
    bytes_sent: int
    bitrate_kbps: int
    frames_sent: int
    frames_dropped: int
    queue_ms: int
    connects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSnapshot:
    """The stream that comes in: its codecs, rate and whether anybody is publishing."""

    publishing: bool
    video_codec: str
    audio_codec: str
    bitrate_kbps: int
    frames_received: int
    bytes_received: int
    timeline_folds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaySnapshot:
    """The relay as a whole."""

    ingest: IngestSnapshot
    destinations: tuple[DestinationSnapshot, ...]

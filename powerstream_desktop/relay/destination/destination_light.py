"""The light of a destination: puts its lanes together into the one snapshot that people see."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from powerstream_desktop.platforms.causes import Cause, explain
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.destination.lane import Lane
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.rtmp.url import display_url

_BEST_FIRST = (
    DestinationState.LIVE,
    DestinationState.SLOW,
    DestinationState.PUBLISHING,
    DestinationState.CONNECTING,
    DestinationState.RETRYING,
    DestinationState.REJECTED,
    DestinationState.STOPPED,
    DestinationState.OFF,
)


def light_of_lanes(
    endpoint: RTMPEndpoint,
    platform: Platform | None,
    lanes: Sequence[Lane],
    now: float,
    *,
    misses_rendition: bool,
) -> DestinationSnapshot:
    """Return what the light shows: the state of the lane that is best off, the counters of all, and who is in trouble.

    Args:
        endpoint: the destination.
        platform: what the catalogue knows of it, None for nothing.
        lanes: the main server's, then the backup's if there is one.
        now: the time.
        misses_rendition: a broadcast is live, but without the rendition that it takes.
    """
    best = best_of(lanes)
    life = best.life
    cause = _cause(best, now)
    if cause is None:
        cause = next((found for lane in lanes if (found := _cause(lane, now)) is not None), None)
    if cause is None and misses_rendition and life.state is DestinationState.OFF:
        cause = explain(Failure(FailureKind.NO_RENDITION), endpoint.name, platform)
    return DestinationSnapshot(
        name=endpoint.name,
        platform=endpoint.platform,
        rendition=endpoint.rendition,
        server_url=_shown(best.server.tc_url),
        backup_in_use=not lanes[0].light.carries(now) and any(lane.light.carries(now) for lane in lanes[1:]),
        state=life.state,
        since_s=now - life.since,
        attempt=life.attempt,
        retry_in_s=max(0.0, life.next_retry_at - now) if life.next_retry_at is not None else None,
        cause=cause,
        bytes_sent=taken_bytes(lanes),
        bitrate_kbps=taken_kbps(lanes, now),
        frames_sent=sum([lane.outflow.frames_sent for lane in lanes]),
        frames_dropped=sum([lane.outflow.frames_dropped for lane in lanes]),
        frames_dropped_per_s=sum([lane.outflow.watch.frames_dropped_per_s(now) for lane in lanes]),
        queue_ms=best.outflow.lag_ms,
        connects=sum(lane.life.connects for lane in lanes),
    )


def best_of(lanes: Sequence[Lane]) -> Lane:
    """Return the lane that is best off; of equals the first one, which is the main server's."""
    if len(lanes) == 1:
        return lanes[0]
    return min(lanes, key=lambda lane: _BEST_FIRST.index(lane.life.state))


def taken_bytes(lanes: Sequence[Lane]) -> int:
    """Return what the platform has acknowledged on all lanes so far."""
    return sum([lane.outflow.rate.total for lane in lanes])


def taken_kbps(lanes: Sequence[Lane], now: float) -> int:
    """Return what the platform acknowledges per second, on the lanes that are connected."""
    return sum([lane.outflow.rate.kbps(now) for lane in lanes if lane.life.is_connected])


@lru_cache(maxsize=64)  # it is the same all the time, and hiding secrets in it takes as long as half a light
def _shown(tc_url: str) -> str:
    return display_url(tc_url)


def _cause(lane: Lane, now: float) -> Cause | None:
    """Return why a lane is not green; a slow platform has not failed, but wants words all the same."""
    life = lane.life
    if life.state is DestinationState.SLOW and (trouble := lane.light.trouble(now)) is not None:
        return life.explain(Failure(trouble))
    return life.cause

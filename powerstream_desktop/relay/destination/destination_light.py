"""The light of a destination: puts its lanes together into the one snapshot that people see."""

from __future__ import annotations

from collections.abc import Sequence

from powerstream_desktop.platforms.causes import Cause, explain
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.relay.destination.destination_life import CONNECTED_STATES
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
    # Of equals the first one: min is stable, and the main server's lane comes first.
    best = min(lanes, key=lambda lane: _BEST_FIRST.index(lane.life.state))
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
        server_url=display_url(best.server.tc_url),
        backup_in_use=any(lane.carries(now) for lane in lanes[1:]),
        state=life.state,
        since_s=now - life.since,
        attempt=life.attempt,
        retry_in_s=max(0.0, life.next_retry_at - now) if life.next_retry_at is not None else None,
        cause=cause,
        bytes_sent=sum(lane.outflow.rate.total for lane in lanes),
        bitrate_kbps=sum(
            lane.outflow.rate.kbps(now) for lane in lanes if lane.life.state in CONNECTED_STATES
        ),
        frames_sent=sum(lane.outflow.frames_sent for lane in lanes),
        frames_dropped=sum(lane.outflow.frames_dropped for lane in lanes),
        frames_dropped_per_s=sum(lane.outflow.watch.frames_dropped_per_s(now) for lane in lanes),
        queue_ms=best.outflow.lag_ms,
        connects=sum(lane.life.connects for lane in lanes),
    )


def _cause(lane: Lane, now: float) -> Cause | None:
    """Return why a lane is not green; a slow platform has not failed, but wants words all the same."""
    life = lane.life
    if life.state is DestinationState.SLOW and (trouble := lane.trouble(now)) is not None:
        return life.explain(Failure(trouble))
    return life.cause

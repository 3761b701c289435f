"""How much uploads may send while something is live. Pure: told facts and the time, in monotonic seconds.

Viewers come first. Unless the user gave uploads a cap they wait until the broadcast is over. With one they keep to it, take no more
than a fifth of what the broadcast leaves of an upload whose size is known, and stop as soon as any destination queues, for a while:
what queues has less upload than it needs (reliability_security.md 4.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from powerstream_desktop.service.multistream.session_request import RunningSession

QUEUE_MS: Final = 500
"""A destination that queues more than this is short of upload."""
CALM_S: Final = 10.0
"""So long none must queue before uploads go on, and so long a smaller share holds before it may grow."""
SPARE_SHARE: Final = 0.2
STEP_KBPS: Final = 64
"""A share is a multiple of it, so that it does not change with every figure; less than one is nothing, for stores drop who is slower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLine:
    """What a broadcast makes of this computer's upload at one moment.

    Attributes:
        queue_ms: of the destination that queues most.
        stream_kbps: what all destinations together take.
        uplink_kbps: what the upload carried when this broadcast used it to the full; None if it never did.
    """

    queue_ms: int
    stream_kbps: int = 0
    uplink_kbps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """What uploads must give way to at one moment.

    Attributes:
        cap_kbps: what the user lets uploads take meanwhile; 0 for nothing.
        line: of the broadcast.
        known_kbps: what the upload carried when an earlier broadcast used it to the full; None if none did.
    """

    cap_kbps: int
    line: LiveLine
    known_kbps: int | None = None

    @property
    def share_kbps(self) -> int:
        """What uploads may take if nobody queues: the cap, but no more than a fifth of what is spare, as far as that is known."""
        stream_kbps = self.line.stream_kbps
        uplink_kbps = self.line.uplink_kbps or self.known_kbps
        if uplink_kbps is None or (self.line.uplink_kbps is None and stream_kbps > uplink_kbps):
            return self.cap_kbps  # never measured, or the figure of an earlier broadcast is disproved
        spare_kbps = max(0, uplink_kbps - stream_kbps)
        return min(self.cap_kbps, int(spare_kbps * SPARE_SHARE) // STEP_KBPS * STEP_KBPS)


class LiveGate:
    """Decides, and remembers when a destination queued last and what was left last."""

    def __init__(self) -> None:
        self._calm_at_s = 0.0
        self._share_kbps = 0
        self._may_grow_at_s = 0.0

    def allowed_kbps(self, on_air: OnAir | None, now: float) -> int | None:
        """Return what uploads may take now: 0 for nothing, None for all there is.

        Args:
            on_air: None while nothing is live.
            now: monotonic seconds.
        """
        if on_air is None:
            self._may_grow_at_s = now
            return None
        if on_air.line.queue_ms > QUEUE_MS:
            self._calm_at_s = now + CALM_S
        share_kbps = self._steady(on_air.share_kbps, now)
        return 0 if now < self._calm_at_s else share_kbps

    def _steady(self, share_kbps: int, now: float) -> int:
        """Follow a share down at once, and up only after a while: rates go up and down with every picture."""
        if share_kbps < self._share_kbps:
            self._may_grow_at_s = now + CALM_S
        if share_kbps < self._share_kbps or now >= self._may_grow_at_s:
            self._share_kbps = share_kbps
        return self._share_kbps


def live_line(running: RunningSession | None) -> LiveLine | None:
    """Return what a broadcast makes of the upload; None while nothing is live."""
    if running is None:
        return None
    relay = running.broadcast.relay
    return LiveLine(
        queue_ms=max((each.queue_ms for each in relay.destinations), default=0),
        stream_kbps=sum(each.bitrate_kbps for each in relay.destinations),
        uplink_kbps=relay.uplink_kbps,
    )

"""How much uploads may send while something is live. Pure: told facts and the time, in monotonic seconds.

Viewers come first. Unless the user gave uploads a cap they wait until the broadcast is over; with one they keep to it, and stop as
soon as any destination queues, for a while: what queues has less upload than it needs (reliability_security.md 4.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from powerstream_desktop.service.multistream.session_request import RunningSession

QUEUE_MS: Final = 500
"""A destination that queues more than this is short of upload."""
CALM_S: Final = 10.0
"""So long none must queue before uploads go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """What is live at one moment.

    Attributes:
        cap_kbps: what the user lets uploads take meanwhile; 0 for nothing.
        queue_ms: of the destination that queues most.
    """

    cap_kbps: int
    queue_ms: int


class LiveGate:
    """Decides, and remembers when a destination queued last."""

    def __init__(self) -> None:
        self._calm_at_s = 0.0

    def allowed_kbps(self, on_air: OnAir | None, now: float) -> int | None:
        """Return what uploads may take now: 0 for nothing, None for all there is.

        Args:
            on_air: None while nothing is live.
            now: monotonic seconds.
        """
        if on_air is None:
            return None
        if on_air.queue_ms > QUEUE_MS:
            self._calm_at_s = now + CALM_S
        return 0 if now < self._calm_at_s else on_air.cap_kbps


def longest_queue_ms(running: RunningSession | None) -> int | None:
    """Return how much the destination of a broadcast queues that queues most; None while nothing is live."""
    if running is None:
        return None
    return max((each.queue_ms for each in running.broadcast.relay.destinations), default=0)

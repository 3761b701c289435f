"""When the service ends because nobody needs it (DESIGN 2). Pure: told facts and the time, in monotonic seconds.

It is needed while something is live or uploaded, while a request is being answered (an event stream is one that lasts: a window), and
while somebody watches the studio. Ten seconds after the last of these it may end. A service that has just begun was begun for
somebody, whom it gives half a minute to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PATIENCE_S: Final = 10.0
FIRST_CLIENT_S: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Who needs the service at one moment.

    Attributes:
        is_live: a broadcast runs, begins or ends.
        is_studio_up: the studio's engine runs; it ends by itself when nobody watches.
        is_uploading: a replay is on its way, to here or from here.
        is_cutting: a clip waits or is being made.
        open_requests: requests that are being answered, event streams among them.
        last_request_s: monotonic time of the newest; ``None`` before the first.
    """

    is_live: bool = False
    is_studio_up: bool = False
    is_uploading: bool = False
    is_cutting: bool = False
    open_requests: int = 0
    last_request_s: float | None = None


class IdleWatch:
    """Decides whether the service may end.

    Args:
        is_headless: it goes on while nobody needs it, as long as it has a keeper.
        now: monotonic seconds.
    """

    def __init__(self, *, is_headless: bool, now: float) -> None:
        self._is_headless = is_headless
        self._ends_at_s = now + FIRST_CLIENT_S

    def keeper_gone(self) -> None:
        """Nobody would end it any more, so it ends by itself, headless or not."""
        self._is_headless = False

    def may_end(self, need: Need, now: float) -> bool:
        """Return whether the service may end; call it about once a second."""
        if (
            need.is_live
            or need.is_studio_up
            or need.is_uploading
            or need.is_cutting
            or need.open_requests > 0
        ):
            self._needed_at(now)
        elif need.last_request_s is not None:
            self._needed_at(need.last_request_s)
        return not self._is_headless and now >= self._ends_at_s

    def _needed_at(self, moment_s: float) -> None:
        self._ends_at_s = max(self._ends_at_s, moment_s + PATIENCE_S)

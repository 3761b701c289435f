"""Where the connections of one destination count their time from, for two that run side by side (reliability_security.md 2.2).

A platform puts a main and a backup ingest together by their timestamps, so both must give a picture the same time. The first
connection to send a frame sets the zero; the next ones count from there for as long as any of them stands, also one that takes
over from another in a move. When none stands the zero is forgotten, so that a new beginning starts near 0, as sessions should
(rtmp.md 1.20).
"""

from __future__ import annotations


class TimeBase:
    """A shared zero, in milliseconds of the stream's time. Pure; owned by the destination."""

    def __init__(self) -> None:
        self._zero_ms: int | None = None
        self._users = 0

    def join(self, first_ms: int) -> int:
        """Return the zero for a connection whose first frame stands at ``first_ms``; call ``leave`` when it is over."""
        self._users += 1
        if self._zero_ms is None:
            self._zero_ms = first_ms
        return self._zero_ms

    def leave(self) -> None:
        """A connection that had joined is over."""
        self._users -= 1
        if self._users == 0:
            self._zero_ms = None

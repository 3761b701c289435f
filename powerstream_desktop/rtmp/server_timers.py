"""How long a server waits for its client (rtmp.md 1.2.4, 1.18, 3.6); knows no clock."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.rtmp.limits import Limits

FIRST_MEDIA_TIMEOUT_S: Final = 10.0
"""From Publish.Start to the first audio or video; a publisher that only sent metadata counts as idle."""

PING_INTERVAL_S: Final = 30.0
"""Silence after which a player is pinged; acknowledgements, which players send all the time, count as a sign of life."""

PLAYER_TIMEOUT_S: Final = 60.0
"""Silence after which a player is given up."""


class ServerTimers:
    """The moments from which a server's deadlines count, all in monotonic seconds.

    Args:
        limits: the time limits.
        now: when the transport was accepted.
    """

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._handshake_began = now
        self._idle_since = now
        self._media_at = now
        self._has_media = False
        self._pinged_at: float | None = None

    def rest(self, now: float) -> None:
        """No stream is in use from now on."""
        self._idle_since = now

    def expect_media(self, now: float) -> None:
        """A publish begins."""
        self._media_at = now
        self._has_media = False

    def note_media(self, now: float) -> None:
        """Audio or video came from a publisher."""
        self._media_at = now
        self._has_media = True

    def note_ping(self, now: float) -> None:
        """We pinged a player."""
        self._pinged_at = now

    @property
    def handshake_deadline(self) -> float:
        """When the handshake must be done."""
        return self._handshake_began + self._limits.handshake_timeout_s

    @property
    def command_deadline(self) -> float:
        """When a client without a stream must have asked for one."""
        return self._idle_since + self._limits.command_timeout_s

    @property
    def media_deadline(self) -> float:
        """When a publisher must have sent media."""
        return self._media_at + (
            self._limits.media_idle_timeout_s if self._has_media else FIRST_MEDIA_TIMEOUT_S
        )

    def ping_deadline(self, heard_at: float) -> float:
        """When a player last heard of at ``heard_at`` is to be pinged, or, if it was, given up."""
        if self.awaits_pong(heard_at):
            return heard_at + PLAYER_TIMEOUT_S
        return heard_at + PING_INTERVAL_S

    def awaits_pong(self, heard_at: float) -> bool:
        """A player was pinged and has been silent since."""
        return self._pinged_at is not None and self._pinged_at >= heard_at

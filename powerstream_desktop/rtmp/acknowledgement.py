"""Counting received bytes for the peer that wants to hear about them (rtmp.md 1.18)."""

from __future__ import annotations

from typing import Final

DEFAULT_WINDOW: Final = 2_500_000
"""Bytes between acknowledgements when the peer names no window."""


class Acknowledger:
    """Knows when an acknowledgement is due, and which windows were announced.

    Attributes:
        bytes_received: since the beginning, handshake included; grows without end, the message wraps it at 32 bits (srs#730).
    """

    def __init__(self) -> None:
        self.bytes_received = 0
        self._acknowledged = 0
        self._window = DEFAULT_WINDOW
        self._announced: int | None = None

    def set_window(self, window: int) -> None:
        """Take the bytes after which the peer wants an acknowledgement; 0 is taken for none announced."""
        self._window = window or DEFAULT_WINDOW

    def count(self, size: int) -> None:
        """Count ``size`` received bytes."""
        self.bytes_received += size

    def due(self) -> int | None:
        """Give the total to acknowledge now, or None. At most one for each call, however small a hostile window is."""
        if self.bytes_received - self._acknowledged < self._window:
            return None
        self._acknowledged = self.bytes_received
        return self.bytes_received

    def announce(self, window: int) -> bool:
        """Note the window that we announce; False when the peer has heard it already."""
        if window == self._announced:
            return False
        self._announced = window
        return True

"""Searches when whoever types has come to rest: not at every key, and not twice for the same words. Pure."""

from __future__ import annotations

from typing import Final

REST_S: Final = 0.15


class Settling:
    """Words that are being typed.

    Args:
        rest_s: for so long nothing may be typed before the words count.
    """

    def __init__(self, rest_s: float = REST_S) -> None:
        self._rest_s = rest_s
        self._counted = ""
        self._typed = ""
        self._due_at: float | None = None

    def typed(self, words: str, now: float) -> float | None:
        """Take what stands there now.

        Returns:
            Seconds until it should be asked whether it counts; None if it need not, because it is what counted last.
        """
        self._typed = " ".join(words.split())
        self._due_at = None if self._typed == self._counted else now + self._rest_s
        return None if self._due_at is None else self._rest_s

    def settle(self, now: float) -> str | None:
        """Return the words that count from now on; None if they are the ones that counted before, or may still change."""
        if self._due_at is None or now < self._due_at:
            return None
        return self.settle_at_once()

    def settle_at_once(self) -> str | None:
        """The same for one who has pressed Return."""
        self._due_at = None
        if self._typed == self._counted:
            return None
        self._counted = self._typed
        return self._counted

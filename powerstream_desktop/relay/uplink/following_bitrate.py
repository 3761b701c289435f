"""The encoder's bitrate while it may follow the upload (broadcasters.md 3.2 and 2.19).

Down at once to what the upload carries, up again by a tenth of the user's choice every four seconds, back to that choice in
the end. There is one encode for all platforms, so it follows the upload only, never one slow platform.
"""

from __future__ import annotations

RAISE_EVERY_S = 4.0
STEPS = 10
"""How many raises there are from nothing to the user's choice."""
MARGIN = 0.85
GRAIN_KBPS = 100
LOWEST_KBPS = 300
LOWEST_SHARE = 0.3


class FollowingBitrate:
    """What the encoder is asked for. Pure; told the time (monotonic seconds).

    Args:
        original_kbps: video bitrate that the user chose; never exceeded.

    Attributes:
        kbps: what the encoder should give its pictures now.
    """

    def __init__(self, original_kbps: int) -> None:
        self._original_kbps = original_kbps
        share_kbps = round(original_kbps * LOWEST_SHARE / GRAIN_KBPS) * GRAIN_KBPS
        self.floor_kbps = min(original_kbps, max(LOWEST_KBPS, share_kbps))
        self.kbps = original_kbps
        self._quiet_since = 0.0

    @property
    def at_floor(self) -> bool:
        """True when the picture must not get any worse."""
        return self.kbps <= self.floor_kbps

    @property
    def is_lowered(self) -> bool:
        """True while the user's choice is not kept."""
        return self.kbps < self._original_kbps

    def lower(self, share_kbps: float, sound_kbps: int, now: float) -> bool:
        """Go down to what fits, by a tenth of the user's choice at the least; tell whether there was anything to lower.

        Args:
            share_kbps: what the upload carries for each destination that gets pictures.
            sound_kbps: how much of that the sound needs.
            now: monotonic seconds.
        """
        if self.at_floor:
            return False
        fitting_kbps = int((share_kbps - sound_kbps) * MARGIN) // GRAIN_KBPS * GRAIN_KBPS
        self.kbps = max(self.floor_kbps, min(fitting_kbps, self.kbps - self._original_kbps // STEPS))
        self._quiet_since = now
        return True

    def rise(self, *, quiet: bool, now: float) -> bool:
        """Go up a step if nothing has lagged for four seconds; tell whether that was so.

        Args:
            quiet: whether nothing lags now.
            now: monotonic seconds.
        """
        if not quiet:
            self._quiet_since = now
        if not self.is_lowered or now - self._quiet_since < RAISE_EVERY_S:
            return False
        self.kbps = min(self._original_kbps, self.kbps + self._original_kbps // STEPS)
        self._quiet_since = now
        return True

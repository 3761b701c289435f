"""The curtain: hides the program from the moment in which privacy is wanted until privacy is on (DESIGN 9).

The control thread may be busy for a second, with a device that takes its time or with the sources of "Be right back". Whoever
wants privacy does not wait for it: the thread that reads the command draws the curtain, and the program's next slot shows a card
and is silent, whatever the stage and the mixer hold.
"""

from __future__ import annotations

import threading


class Curtain:
    """Drawn by the thread that reads commands, opened by the control thread, looked at by the program's in each slot."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Written under _lock; the program's thread only reads.
        self._awaited = 0  # orders for privacy that were read and are not dealt with yet
        self._is_held = False
        self._draws = 0

    @property
    def is_drawn(self) -> bool:
        """Nothing of stage and mixer may go out."""
        return self._awaited > 0 or self._is_held

    @property
    def draws(self) -> int:
        """How often it was drawn so far: it may be open again before the next slot, and what was made before still be waiting."""
        return self._draws

    def draw(self) -> None:
        """Privacy is wanted. Each call is followed by one of ``dealt_with``."""
        with self._lock:
            self._awaited += 1
            self._draws += 1

    def dealt_with(self) -> None:
        """An order for privacy was obeyed or refused."""
        with self._lock:
            self._awaited -= 1

    def hold(self) -> None:
        """What privacy shows could not be put on; stay drawn until something can be."""
        with self._lock:
            self._is_held = True
            self._draws += 1

    def release(self) -> None:
        """What is to be seen and heard is on."""
        with self._lock:
            self._is_held = False


class CurtainWatch:
    """One reader's view of a curtain; each has its own.

    Args:
        curtain: to look at.
    """

    def __init__(self, curtain: Curtain) -> None:
        self._curtain = curtain
        self._draws = curtain.draws

    def look(self) -> tuple[bool, bool]:
        """Return whether it is drawn, and whether what was made before this look must be forgotten: it was drawn since."""
        # Before the other: what is drawn between the two is seen by the next look at the latest.
        draws = self._curtain.draws
        is_drawn = self._curtain.is_drawn
        was_drawn, self._draws = is_drawn or draws != self._draws, draws
        return is_drawn, was_drawn

"""Objects that refer to each other in a ring are taken away on the window's thread only.

Python takes such rings away on whichever thread happens to make one object too many. Widgets are in rings often (each slot that
knows its widget is one), and a widget that ends on a thread of the desk's ends the process ("pure virtual method called").
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS: Final = 500


class OwnGarbage(QObject):
    """Takes rings away on the thread that made it, while it is there; Python does it by itself again after ``close``.

    Args:
        parent: as with every QObject.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        # What was loaded until now stays; looking through it again and again would keep the loop waiting.
        gc.freeze()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def close(self) -> None:
        """Let Python do it."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    def _look(self) -> None:
        """Take away what is due, by Python's own measure: the oldest generation that has had enough."""
        due = [
            each
            for each, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(max(due))

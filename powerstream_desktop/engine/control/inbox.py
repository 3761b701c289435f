"""What the control thread has to do, in the order in which it came; privacy is not kept waiting by any of it."""

from __future__ import annotations

import queue
from typing import TypeAlias

from powerstream_desktop.engine.control.commands import Privacy
from powerstream_desktop.engine.control.wire import BadOrder, Order
from powerstream_desktop.engine.curtain import Curtain

Errand: TypeAlias = Order | BadOrder | Exception
"""An order, a line that is none, or the failure of another thread, which ends the engine."""


class Inbox:
    """Filled by any thread, emptied by the control thread.

    An order for privacy draws the curtain as it comes in: whatever stands before it in the line, nothing more of the scene
    goes out. It is obeyed in its turn, and answered then.

    Args:
        curtain: of the engine.

    Attributes:
        curtain: likewise.
    """

    def __init__(self, curtain: Curtain) -> None:
        self.curtain = curtain
        self._errands: queue.SimpleQueue[Errand] = queue.SimpleQueue()  # as signal handlers put, too

    def put(self, errand: Errand) -> None:
        """Add something. Never waits."""
        if _hides(errand):
            self.curtain.draw()
        self._errands.put(errand)

    def get(self, timeout_s: float | None = None) -> Errand | None:
        """Wait for the next one; ``None`` when there is none in time."""
        try:
            return self._errands.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def dealt_with(self, order: Order) -> None:
        """An order was obeyed or refused."""
        if _hides(order):
            self.curtain.dealt_with()


def _hides(errand: Errand) -> bool:
    return isinstance(errand, Order) and isinstance(errand.command, Privacy) and errand.command.is_on

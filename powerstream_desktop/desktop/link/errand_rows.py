"""Errands that wait for a thread: those of one owner in their order, those of several beside each other."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from powerstream_desktop.client.client import Client


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be asked or done.

    Attributes:
        number: by which whoever asked knows it.
        owner: whose row it stands in.
        run: asks the service; blocks.
    """

    number: int
    owner: int
    run: Callable[[Client], Any]


class ErrandRows:
    """Rows of errands. Filled by one thread, emptied by several."""

    def __init__(self) -> None:
        self._guard = threading.Condition()
        self._rows: dict[int, deque[Errand]] = {}  # under the guard; of owners that wait or are served
        self._ready: deque[int] = deque()  # under the guard: owners whose first errand may begin
        self._is_closed = False  # under the guard

    def put(self, errand: Errand) -> None:
        """Put an errand behind the others of its owner. Never blocks for long."""
        with self._guard:
            row = self._rows.get(errand.owner)
            if row is not None:
                row.append(errand)
                return
            self._rows[errand.owner] = deque([errand])
            self._ready.append(errand.owner)
            self._guard.notify()

    def take(self) -> Errand | None:
        """Return the next errand whose owner is not being served, waiting for one; None once the rows are closed.

        Whoever took it says ``done`` afterwards.
        """
        with self._guard:
            while not self._ready and not self._is_closed:
                self._guard.wait()
            if self._is_closed:
                return None
            return self._rows[self._ready.popleft()].popleft()

    def done(self, owner: int) -> None:
        """Say that the errand taken for an owner is done: its next may begin."""
        with self._guard:
            if self._rows[owner]:
                self._ready.append(owner)
                self._guard.notify()
            else:
                del self._rows[owner]

    def close(self) -> None:
        """Have nobody begin another errand."""
        with self._guard:
            self._is_closed = True
            self._guard.notify_all()

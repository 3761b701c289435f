"""Runs errands on threads of their own and brings the answers back to the window's thread."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import Shiboken

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.desktop.link.desk import AnswerT, Refusal
from powerstream_desktop.desktop.link.door import Door
from powerstream_desktop.desktop.link.errand_rows import Errand, ErrandRows

THREADS: Final = 4
CLOSING_S: Final = 1.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What waits on the window's thread for an errand's answer.

    Attributes:
        run: kept here too, so that what it holds on to (widgets, often) is never let go of by another thread.
    """

    owner: int
    run: Callable[[Client], Any]
    then: Callable[[Any], None] | None
    otherwise: Refusal | None


class ThreadedDesk(QObject):
    """The window's desk (see ``Desk``). Lives on the window's thread, except for what its threads do.

    Args:
        door: gives each thread its client.
        threads: how many errands are run at once.
        parent: as with every QObject.

    Attributes:
        refused: an error that nobody else takes, as ``PowerStreamError``.
    """

    refused = Signal(object)
    _came = Signal(int, object)

    def __init__(self, door: Door, *, threads: int = THREADS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._rows = ErrandRows()
        self._numbers = itertools.count()
        self._tickets: dict[int, _Ticket] = {}
        self._owners: set[int] = set()
        self._guard = threading.Lock()
        self._is_closed = False  # under the guard: threads look before they tell
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=self._work, name=f"errands {number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Begin to run errands; those that were asked before wait for this."""
        for thread in self._threads:
            thread.start()

    def ask(
        self,
        errand: Callable[[Client], AnswerT],
        then: Callable[[AnswerT], None] | None = None,
        *,
        otherwise: Refusal | None = None,
        owner: QObject,
    ) -> None:
        """See ``Desk``."""
        key = self._key_of(owner)
        number = next(self._numbers)
        self._tickets[number] = _Ticket(key, errand, then, otherwise)
        self._rows.put(Errand(number, key, errand))

    def aclose(self) -> None:
        """Begin no errand any more, tell no answer any more, and wait for the threads, for a second at most."""
        with self._guard:
            self._is_closed = True
        self._rows.close()
        gives_up_at = time.monotonic() + CLOSING_S
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, gives_up_at - time.monotonic()))
        self._tickets.clear()

    def _key_of(self, owner: QObject) -> int:
        """Return what an owner is known by: the address of the object itself, which outlives its Python shell."""
        key: int = Shiboken.getCppPointer(owner)[0]
        if key not in self._owners:
            self._owners.add(key)
            owner.destroyed.connect(lambda: self._forget(key))
        return key

    def _forget(self, owner: int) -> None:
        """Nobody is there to be told any more. What was asked is done all the same."""
        self._owners.discard(owner)
        for number, ticket in list(self._tickets.items()):
            if ticket.owner == owner:
                self._tickets[number] = _Ticket(owner, ticket.run, None, _nobody)

    def _tell(self, number: int, outcome: object) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is None:
            return
        if isinstance(outcome, PowerStreamError):
            (ticket.otherwise or self.refused.emit)(outcome)
        elif ticket.then is not None:
            ticket.then(outcome)

    def _work(self) -> None:
        """One thread: errand after errand, with one client of its own."""
        client: Client | None = None
        while (errand := self._rows.take()) is not None:
            number, owner, run = errand.number, errand.owner, errand.run
            outcome: object
            try:
                client = client or self._door.client()
                outcome = run(client)
            except PowerStreamError as error:
                outcome = error
            except Exception as error:
                logger.exception("an errand failed")
                outcome = BugError(
                    "Something went wrong in the window.", hint="Try again.", detail=type(error).__name__
                )
            # The ticket must be the last to hold the errand: see there.
            del errand, run
            self._bring(number, outcome)
            self._rows.done(owner)  # only now: the next answer must not overtake this one
        if client is not None:
            client.close()

    def _bring(self, number: int, outcome: object) -> None:
        with self._guard:
            if not self._is_closed:
                self._came.emit(number, outcome)


def _nobody(_error: PowerStreamError) -> None:
    """Take an error in the place of an owner who is gone."""

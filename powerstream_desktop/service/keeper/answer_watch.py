"""Whether a service still answers. A process can live and do nothing: its viewers see nothing either, and nobody else ends it.

The service's loop answers each ping of its keeper. One that does not for ``HUNG_S`` is killed, and followed as any other that died.
What is counted are looks, not seconds: while a computer sleeps, or keeper and service are both stopped, nobody owes an answer.
"""

from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Final

logger = logging.getLogger(__name__)

LOOK_S: Final = 2.0
HUNG_LOOKS: Final = 10
HUNG_S: Final = LOOK_S * HUNG_LOOKS
"""Longer than anything the service's loop may ever do at once, and short enough that a broadcast is taken up again
(``going_on_file.MAX_AGE_S``)."""
_CLOSING_S: Final = 5.0


class Finding(StrEnum):
    """What a look finds: ASK: a ping is due. WAITING: one is out. HUNG: one has been out for too long."""

    ASK = "ask"
    WAITING = "waiting"
    HUNG = "hung"


class AnswerRule:
    """Counts the looks that a ping has been out for; never more than one is. Pure."""

    def __init__(self) -> None:
        self._silent_looks: int | None = None  # None while no ping is out

    def look(self) -> Finding:
        """Take one look, ``LOOK_S`` after the one before."""
        if self._silent_looks is None:
            self._silent_looks = 0
            return Finding.ASK
        self._silent_looks += 1
        return Finding.HUNG if self._silent_looks >= HUNG_LOOKS else Finding.WAITING

    def answered(self) -> None:
        """The service has answered, or need not answer any more."""
        self._silent_looks = None


class AnswerWatch:
    """Watches one process of a service, on a thread of its own, from when it can be reached to its end.

    Args:
        process: of the service.
        ping: asks it for an answer.
        owes_answers: whether it has to; one that ends has other work. Called on the watch's thread.
        look_s: seconds between two looks.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        ping: Callable[[], None],
        owes_answers: Callable[[], bool],
        *,
        look_s: float = LOOK_S,
    ) -> None:
        self._process = process
        self._ping = ping
        self._owes_answers = owes_answers
        self._look_s = look_s
        self._guard = threading.Lock()
        self._rule = AnswerRule()  # under the guard: the keeper's thread hears, ours looks
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self.has_killed = False
        """Whether it has hung and was killed. Read once the process is gone."""

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="answer watch", daemon=True)
        self._thread.start()

    def answered(self) -> None:
        """The service has answered."""
        with self._guard:
            self._rule.answered()

    def aclose(self) -> None:
        """End, and wait for the thread."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(_CLOSING_S)

    def _run(self) -> None:
        while not self._over.wait(self._look_s):
            if not self._owes_answers():
                self.answered()
                continue
            with self._guard:
                finding = self._rule.look()
            if finding is Finding.ASK:
                self._ping()
            elif finding is Finding.HUNG:
                silent_s = self._look_s * HUNG_LOOKS
                logger.error(
                    "The service has not answered for %g s; it is killed and started again.", silent_s
                )
                self.has_killed = True
                self._process.kill()
                return

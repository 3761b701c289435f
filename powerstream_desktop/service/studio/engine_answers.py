"""The answers to commands that an engine was sent: who waits for which."""

from __future__ import annotations

import asyncio
import itertools

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.engine.control.reports import Done, Refused


def no_engine() -> SystemFault:
    """Return what is said when nobody can answer."""
    return SystemFault("The engine is not running.", hint="It is being started again; try again in a moment.")


class EngineAnswers:
    """Matches answers with commands by their ids. Belongs to one asyncio loop."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[None]] = {}

    def expect(self) -> tuple[str, asyncio.Future[None]]:
        """Return the id for a new command, and what will be done when it is."""
        id_ = str(next(self._ids))
        answer = self._waiting[id_] = asyncio.get_running_loop().create_future()
        return id_, answer

    def forget(self, id_: str) -> None:
        """Nobody waits for this one any more."""
        self._waiting.pop(id_, None)

    def take(self, report: Done | Refused) -> bool:
        """Hand an answer to whoever waits for it; return False when nobody does."""
        answer = self._waiting.get(report.id) if report.id is not None else None
        if answer is None or answer.done():
            return False
        if isinstance(report, Done):
            answer.set_result(None)
        else:
            answer.set_exception(UserError(report.title, hint=report.hint))
        return True

    def engine_ended(self) -> None:
        """Nobody will answer what is still open."""
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(no_engine())

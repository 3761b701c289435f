"""A loop whose hours pass at once, and on which nothing runs beside: what would go to a thread is done then and there.

So a schedule is played the same way each time, and whoever is killed is killed between two things that he does.
"""

from __future__ import annotations

import asyncio
import selectors
import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from tests.unit.service.cloud.films.life import Kind, Life

LIFE: ContextVar[Life | None] = ContextVar("LIFE", default=None)
"""Of the computer that the running task belongs to."""


class _Hurrying(selectors.DefaultSelector):
    """Waits for nothing, and has the time be later."""

    now_s = 0.0

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if not found:
            assert timeout is not None, "everybody waits for somebody else"
            self.now_s += max(timeout, 0.0)
        return found


class HurriedLoop(asyncio.SelectorEventLoop):
    """See the module."""

    def __init__(self) -> None:
        self._hurrying = _Hurrying()
        super().__init__(self._hurrying)

    def time(self) -> float:
        return self._hurrying.now_s

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:  # type: ignore[override]
        """Do it now, as one operation of the computer that asks for it."""
        life, done = LIFE.get(), self.create_future()
        try:
            if life is not None:
                life.begin()
            result = func(*args) if executor is None else _on_a_thread(func, *args)
            if life is not None:
                life.end(Kind.FILE)
        except BaseException as error:  # noqa: BLE001 - it belongs to who asked
            done.set_exception(error)
        else:
            done.set_result(result)
        return done


def _on_a_thread(func: Callable[..., Any], *args: Any) -> Any:
    """Do it on a thread that ends: some work makes its thread the least important of all."""
    results: list[Any] = []
    errors: list[BaseException] = []

    def do() -> None:
        try:
            results.append(func(*args))
        except BaseException as error:  # noqa: BLE001 - it belongs to who asked
            errors.append(error)

    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]

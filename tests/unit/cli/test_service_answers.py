"""A service says where it hangs only while its keeper waits for an answer."""

from __future__ import annotations

import asyncio
import faulthandler
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cli.service import _serve
from powerstream_desktop.common.paths import HOME_VARIABLE, Paths
from powerstream_desktop.service import service as service_module


class _Line:
    """A keeper's line that says what the test wants."""

    def __init__(self, last_word: str) -> None:
        self.last_word = last_word
        self.hears: dict[str, Callable[[], object]] = {}
        self.answered = asyncio.Event()

    def listen(self, **hears: Callable[[], object]) -> None:
        self.hears = hears

    def pong(self) -> None:
        self.answered.set()


class _Service:
    """Ends once its keeper has said its last word."""

    def __init__(self, _paths: Paths, line: _Line, **_options: object) -> None:
        self._line = line
        self._heard = asyncio.Event()

    async def start(self) -> None:
        self._line.hears["on_ping"]()

    def request_end(self) -> None:
        self._heard.set()

    keeper_gone = request_end

    async def wait(self) -> None:
        await self._line.answered.wait()
        self._line.hears[self._line.last_word]()
        await self._heard.wait()

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("last_word", ["on_end", "on_gone"])
def test_nothing_is_said_of_a_loop_that_nobody_asks_any_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, last_word: str
) -> None:
    armed: list[bool] = []
    monkeypatch.setattr(faulthandler, "dump_traceback_later", lambda _seconds: armed.append(True))
    monkeypatch.setattr(faulthandler, "cancel_dump_traceback_later", lambda: armed.append(False))
    monkeypatch.setattr(service_module, "Service", _Service)
    paths, line = Paths.from_environment({HOME_VARIABLE: str(tmp_path)}), _Line(last_word)
    keepers: Any = line
    assert asyncio.run(_serve(paths, keepers, first_port=None, is_headless=True)) == 0
    assert armed == [True, False]

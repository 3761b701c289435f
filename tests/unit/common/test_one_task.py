"""The one task of a part: begun once, broken off and waited for."""

from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.one_task import OneTask


class Part:
    """Works until it is broken off.

    Attributes:
        said: what became of it.
    """

    def __init__(self) -> None:
        self.said: list[str] = []
        self.task = OneTask("part", self._work)

    async def _work(self) -> None:
        self.said.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            self.said.append("ended")


def test_it_is_broken_off_and_waited_for_and_can_be_begun_again() -> None:
    async def run() -> list[str]:
        part = Part()
        for _ in range(2):
            part.task.start()
            await asyncio.sleep(0)
            await part.task.aclose()
        await part.task.aclose()
        return part.said

    assert asyncio.run(run()) == ["begun", "ended"] * 2


def test_it_is_not_begun_twice() -> None:
    async def run() -> None:
        part = Part()
        part.task.start()
        with pytest.raises(BugError, match="started twice"):
            part.task.start()
        await part.task.aclose()

    asyncio.run(run())


def test_what_it_has_failed_with_is_not_lost() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    async def run() -> None:
        task = OneTask("part", fail)
        task.start()
        await asyncio.sleep(0)
        with pytest.raises(ZeroDivisionError):
            await task.aclose()

    asyncio.run(run())

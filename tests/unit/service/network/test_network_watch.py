"""The watch of the network: what it was told last, and nothing while nobody wants to know."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.network.network import Network
from powerstream_desktop.service.network.network_watch import NetworkWatch
from tests.unit.service.vod.stage import until

METERED = Network(is_metered=True)


class Looker:
    """Sees what it is told to see."""

    def __init__(self) -> None:
        self.sees: Network | Exception = METERED
        self.looks = 0
        self.is_wanted = True

    def look(self) -> Network:
        self.looks += 1
        if isinstance(self.sees, Exception):
            raise self.sees
        return self.sees


def follow(story: Callable[[Looker, NetworkWatch], Awaitable[None]]) -> None:
    async def run() -> None:
        looker = Looker()
        watch = NetworkWatch(looker.look, lambda: looker.is_wanted, every_s=0.001)
        assert watch.newest == Network()
        watch.start()
        try:
            await story(looker, watch)
        finally:
            await watch.aclose()
            await watch.aclose()

    asyncio.run(run())


def test_the_network_is_followed() -> None:
    async def story(looker: Looker, watch: NetworkWatch) -> None:
        await until(lambda: watch.newest == METERED)
        looker.sees = Network()
        await until(lambda: watch.newest == Network())

    follow(story)


def test_nobody_looks_while_nobody_wants_to_know() -> None:
    async def story(looker: Looker, watch: NetworkWatch) -> None:
        await until(lambda: watch.newest == METERED)
        looker.is_wanted = False
        await until(lambda: watch.newest == Network())
        looks = looker.looks
        await asyncio.sleep(0.01)
        assert looker.looks == looks

    follow(story)


@pytest.mark.parametrize("error", [SystemFault("Nobody tells."), OSError("no thread")])
def test_a_system_that_does_not_tell_hinders_nothing_and_is_noted_once(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(looker: Looker, watch: NetworkWatch) -> None:
        await until(lambda: watch.newest == METERED)
        looker.sees, before = error, looker.looks
        await until(lambda: watch.newest == Network() and looker.looks > before + 3)
        looker.sees = METERED
        await until(lambda: watch.newest == METERED)

    with caplog.at_level(logging.INFO):
        follow(story)
    assert [each.levelname for each in caplog.records if "metered" in each.message] == ["INFO"]

"""The computer is held awake while it is wanted, whatever the system takes its time for."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.stay_awake.wakefulness import Wakefulness, WakeHold

if TYPE_CHECKING:
    import pytest

SOON_S = 5.0


class FakeSystem:
    """Gives holds; counts those that are out."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.taken = 0
        self.held = 0
        self.asked = 0
        self.was_asked = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._refuses = refuses

    def take(self) -> WakeHold:
        self.asked += 1
        self.was_asked.set()
        self.may_answer.wait(SOON_S)
        if self._refuses:
            raise SystemFault("Nothing here.")
        self.taken += 1
        self.held += 1
        return FakeHold(self)


class FakeHold:
    way = "a fake"

    def __init__(self, system: FakeSystem) -> None:
        self._system = system

    def release(self) -> None:
        self._system.held -= 1


def test_it_is_held_once_while_wanted_and_given_back_after() -> None:
    async def scenario() -> None:
        system = FakeSystem()
        wakefulness = Wakefulness(system.take)
        for _ in range(3):
            wakefulness.want(awake=True)
        await wakefulness.settled()
        assert wakefulness.is_held
        wakefulness.want(awake=True)
        assert (system.taken, system.held) == (1, 1)
        wakefulness.want(awake=False)
        await wakefulness.settled()
        assert (system.held, wakefulness.is_held) == (0, False)
        await wakefulness.aclose()

    asyncio.run(scenario())


def test_a_wish_that_is_over_before_the_system_answered_is_given_back() -> None:
    async def scenario() -> None:
        system = FakeSystem()
        system.may_answer.clear()
        wakefulness = Wakefulness(system.take)
        wakefulness.want(awake=True)
        assert await asyncio.to_thread(system.was_asked.wait, SOON_S)
        wakefulness.want(awake=False)
        system.may_answer.set()
        await wakefulness.settled()
        assert (system.taken, system.held) == (1, 0)
        await wakefulness.aclose()

    asyncio.run(scenario())


def test_closing_gives_it_back() -> None:
    async def scenario() -> FakeSystem:
        system = FakeSystem()
        wakefulness = Wakefulness(system.take)
        wakefulness.want(awake=True)
        await wakefulness.settled()
        assert wakefulness.is_held
        await wakefulness.aclose()
        return system

    assert asyncio.run(scenario()).held == 0


def test_a_system_that_refuses_is_asked_once_and_that_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> FakeSystem:
        system = FakeSystem(refuses=True)
        wakefulness = Wakefulness(system.take)
        for _ in range(3):
            wakefulness.want(awake=True)
            await wakefulness.settled()
            wakefulness.want(awake=False)
        await wakefulness.aclose()
        return system

    assert asyncio.run(scenario()).asked == 1
    assert "Nothing here." in caplog.text

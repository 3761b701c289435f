"""What the service sees to once a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.housekeeping import BACKUP_LOOK_S, FIRST_BACKUP_S, Chores, Housekeeping
from powerstream_desktop.service.idle import FIRST_CLIENT_S, IdleWatch, Need
from powerstream_desktop.service.stay_awake.wakefulness import Wakefulness, WakeHold
from powerstream_desktop.service.suspend import SuspendWatch


class FakeHold:
    way = "a fake"

    def release(self) -> None: ...


class House:
    """A service whose time stands still unless it is told otherwise."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.asleep_s = 0.0
        self.need = Need()
        self.ends = 0
        self.backups = 0
        self.slept: list[float] = []
        self.disk_is_full = False
        self.wakefulness = Wakefulness(self._take_hold)
        self.housekeeping = Housekeeping(
            Chores(need=lambda: self.need, end=self._end, wake_up=self._wake_up, back_up=self._back_up),
            idle=IdleWatch(is_headless=False, now=self.now_s),
            suspend=SuspendWatch(lambda: self.now_s, lambda: self.now_s + self.asleep_s),
            wakefulness=self.wakefulness,
            clock=lambda: self.now_s,
        )

    async def look_after(self, seconds: float) -> None:
        self.now_s += seconds
        await self.housekeeping.look()

    def _take_hold(self) -> WakeHold:
        return FakeHold()

    def _end(self) -> None:
        self.ends += 1

    async def _wake_up(self, slept_s: float) -> None:
        self.slept.append(slept_s)

    async def _back_up(self) -> None:
        self.backups += 1
        if self.disk_is_full:
            raise SystemFault("The disk is full.")


def played(scenario: Callable[[House], Awaitable[None]]) -> House:
    async def play() -> House:
        house = House()
        await scenario(house)
        await house.housekeeping.aclose()
        return house

    return asyncio.run(play())


def test_a_service_that_nobody_needs_is_ended() -> None:
    async def scenario(house: House) -> None:
        await house.look_after(FIRST_CLIENT_S - 1)
        assert house.ends == 0
        await house.look_after(1)

    assert played(scenario).ends == 1


@pytest.mark.allow_warning_logs
def test_a_service_that_ends_before_its_first_backup_is_due_makes_it_then() -> None:
    async def scenario(house: House) -> None:
        house.disk_is_full = True
        await house.look_after(FIRST_CLIENT_S)

    house = played(scenario)
    assert (house.backups, house.ends) == (1, 1), "also if the disk does not allow it"


def test_the_computer_stays_awake_while_something_is_live_and_no_longer() -> None:
    async def scenario(house: House) -> None:
        house.need = Need(is_live=True)
        await house.look_after(1)
        await house.wakefulness.settled()
        assert house.wakefulness.is_held
        house.need = Need()
        await house.look_after(1)
        await house.wakefulness.settled()
        assert not house.wakefulness.is_held

    played(scenario)


def test_closing_lets_the_computer_sleep() -> None:
    async def scenario(house: House) -> None:
        house.need = Need(is_live=True)
        await house.look_after(1)
        await house.wakefulness.settled()

    assert not played(scenario).wakefulness.is_held


def test_a_computer_that_slept_is_told_of_once() -> None:
    async def scenario(house: House) -> None:
        await house.look_after(1)
        house.asleep_s = 3600.0
        await house.look_after(1)
        await house.look_after(1)

    assert played(scenario).slept == [pytest.approx(3600.0)]


def test_the_backup_waits_for_the_start_to_be_over_and_is_looked_for_now_and_then() -> None:
    async def scenario(house: House) -> None:
        for seconds, backups in ((1, 0), (FIRST_BACKUP_S, 1), (1, 1), (BACKUP_LOOK_S, 2)):
            await house.look_after(seconds)
            assert house.backups == backups

    played(scenario)


def test_no_backup_is_made_while_live_but_soon_after() -> None:
    async def scenario(house: House) -> None:
        house.need = Need(is_live=True)
        await house.look_after(FIRST_BACKUP_S)
        await house.look_after(BACKUP_LOOK_S)
        assert house.backups == 0
        house.need = Need()
        await house.look_after(1)
        assert house.backups == 1

    played(scenario)


@pytest.mark.allow_warning_logs
def test_a_backup_that_fails_is_said_and_tried_again_later(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(house: House) -> None:
        house.disk_is_full = True
        await house.look_after(FIRST_BACKUP_S)
        await house.look_after(BACKUP_LOOK_S)

    assert played(scenario).backups == 2
    assert "The disk is full." in caplog.text

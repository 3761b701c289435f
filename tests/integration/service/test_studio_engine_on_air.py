"""The studio's engine and the broadcast: it goes on air, dies there, and is ended with the program."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.engine.control.commands import (
    ForceKeyframe,
    Publish,
    SetBitrate,
    Start,
    Unpublish,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.reports import (
    Failed,
    Hello,
    Started,
    Stopped,
)
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.service.studio import studio_engine
from tests.integration.service.lent_engine import (
    FASTER,
    KEY_FRAME,
    PREVIEW,
    TARGET,
    kinds,
    lending,
    run,
)


def test_an_engine_that_is_started_to_go_on_air_does_so_at_its_start_and_ends_with_the_broadcast() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.go_on_air()
            await lender.until(lambda: lender.starts)
            assert [config.publish for config in lender.starts] == [TARGET]
            with pytest.raises(BugError):
                await lender.go_on_air()
            await lender.engine.go_off_air()
            assert lender.engine.snapshot.state is EngineState.STOPPED
            assert isinstance(lender.reports[-1], Stopped)
            await lender.engine.go_off_air()
            assert lender.count(Hello) == 1

    run(test)


def test_an_engine_that_somebody_watches_runs_before_during_and_after_the_broadcast() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(PREVIEW)
            await lender.go_on_air()
            lender.engine.set_bitrate(150)
            await lender.engine.go_off_air()
            assert lender.engine.snapshot.state is EngineState.RUNNING
            assert kinds(lender.commands) == [Start, WatchPreview, Publish, SetBitrate, Unpublish]
            lender.kill()
            await lender.until(lambda: len(lender.starts) == 2)
            assert lender.starts[-1].publish is None

    run(test)


@pytest.mark.usefixtures("short_wishes")
def test_a_broadcast_keeps_the_engine_when_its_watchers_are_gone_and_nobody_is_shown_meters() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.go_on_air()
            await lender.engine.send(WatchLevels(is_watched=True))
            await lender.until(lambda: WatchLevels(is_watched=False) in lender.commands)
            assert lender.engine.snapshot.state is EngineState.RUNNING
            lender.kill()
            await lender.until(lambda: lender.count(Started) == 2)
            await lender.engine.send(KEY_FRAME)
            assert kinds(lender.commands) == [Start, WatchLevels, WatchLevels, Start, ForceKeyframe]

    run(test)


def test_an_engine_that_died_on_air_is_on_air_again() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(PREVIEW)
            await lender.go_on_air()
            lender.kill()
            await lender.until(lambda: len(lender.starts) == 2)
            assert lender.starts[-1].publish == TARGET
            await lender.engine.send(KEY_FRAME)
            assert lender.commands[-2:] == [PREVIEW, KEY_FRAME]
            assert not lender.given_up

    run(test)


def test_an_engine_that_dies_over_going_on_air_is_followed_by_one_that_does() -> None:
    async def test() -> None:
        async with lending("tells-start-and-dies") as lender:
            with pytest.raises(SystemFault):
                await lender.engine.send(KEY_FRAME)
            await lender.until(lambda: lender.count(Started) == 2)
            await lender.go_on_air()
            await lender.until(lambda: len(lender.starts) == 3)
            assert [config.publish for config in lender.starts] == [None, None, TARGET]

    run(test)


def test_an_engine_with_other_settings_than_are_wanted_now_is_replaced_before_it_goes_on_air() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(PREVIEW)
            lender.config = FASTER
            await lender.go_on_air()
            await lender.until(lambda: lender.commands[-1] == PREVIEW and len(lender.starts) == 2)
            assert lender.starts[-1] == dataclasses.replace(FASTER, publish=TARGET)
            assert lender.count(Stopped) == 1
            assert lender.count(Failed) == 0

    run(test)


def test_who_is_on_air_is_told_once_when_no_engine_will_come() -> None:
    async def test() -> None:
        async with lending("wrong-wish") as lender:
            await lender.go_on_air()
            await lender.until(lambda: lender.given_up)
            with pytest.raises(UserError):
                await lender.engine.send(KEY_FRAME)
            assert [str(reason) for reason in lender.given_up] == ["There is no file. Check the path."]

    run(test)


def test_an_engine_that_refuses_to_go_on_air_is_not_on_air() -> None:
    async def test() -> None:
        async with lending("refusing") as lender:
            with pytest.raises(UserError):
                await lender.engine.send(KEY_FRAME)
            with pytest.raises(UserError, match=r"Not now\."):
                await lender.go_on_air()
            await lender.go_on_air()
            assert not lender.given_up

    run(test)


def test_an_engine_that_does_not_go_off_the_air_is_ended_whoever_watches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(studio_engine, "OFF_AIR_S", 0.05)
    monkeypatch.setattr(studio_engine, "ON_AIR_S", 0.05)

    async def test() -> None:
        async with lending("mute") as lender:
            asking = asyncio.ensure_future(lender.engine.send(KEY_FRAME))
            await lender.until(lambda: lender.count(Started))
            await lender.go_on_air()
            await lender.engine.go_off_air()
            assert lender.engine.snapshot.state is EngineState.STOPPED
            with pytest.raises(SystemFault):
                await asking

    run(test)


def test_closing_on_air_ends_the_program_properly_whoever_watches() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(PREVIEW)
            await lender.go_on_air()
        assert kinds(lender.commands) == [Start, WatchPreview, Publish]
        assert isinstance(lender.reports[-1], Stopped)

    run(test)

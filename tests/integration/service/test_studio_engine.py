"""The engine that everybody shares: started for whoever needs it first, ended after the last one, on air in between."""

from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    HoldToTalk,
    Privacy,
    Publish,
    SetBitrate,
    Start,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
)
from powerstream_desktop.engine.control.reports import (
    EngineReport,
    Failed,
    Hello,
    Stopped,
)
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.service.studio import engine_supply
from tests.integration.service.lent_engine import (
    CONFIG,
    FASTER,
    KEY_FRAME,
    PREVIEW,
    TARGET,
    kinds,
    lending,
    run,
)


def test_who_asks_first_starts_the_engine_and_is_answered_when_it_runs() -> None:
    async def test() -> None:
        async with lending() as lender:
            assert lender.engine.snapshot.starts == 0
            await asyncio.gather(lender.engine.send(KEY_FRAME), lender.engine.send(PREVIEW))
            assert lender.engine.snapshot.state is EngineState.RUNNING
            assert lender.engine.source == "test picture"
            assert lender.starts == [CONFIG]
            assert set(lender.commands[1:]) == {KEY_FRAME, PREVIEW}

    run(test)


@pytest.mark.usefixtures("short_wishes")
def test_an_engine_that_nobody_needs_any_more_ends_properly_and_is_started_again_for_the_next_one() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(KEY_FRAME)
            await lender.until(lambda: lender.count(Stopped))
            await lender.engine.send(KEY_FRAME)
            assert lender.count(Hello) == 2
            await lender.until(lambda: lender.count(Stopped) == 2)
            assert lender.count(Failed) == 0
        assert lender.engine.snapshot.state is EngineState.STOPPED
        assert lender.engine.source == ""
        assert lender.engine.stats is None

    run(test)


@pytest.mark.usefixtures("short_wishes")
def test_an_engine_can_be_had_ready_for_who_needs_it_in_a_moment_and_ends_if_nobody_does() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.be_ready()
            await lender.go_on_air()
            assert kinds(lender.commands) == [Start, Publish]
            assert lender.engine.snapshot.starts == 1
            await lender.engine.go_off_air()
            await lender.engine.be_ready()
            await lender.until(lambda: lender.count(Stopped) == lender.count(Hello))

    run(test)


@pytest.mark.parametrize(
    "command",
    [
        StopPreview(),
        WatchLevels(is_watched=False),
        WatchDevices(is_watched=False),
        HoldToTalk(channel="mic", is_held=False),
    ],
)
def test_nobody_starts_an_engine_to_have_it_stop_something(command: EngineCommand) -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(command)
            assert lender.engine.snapshot.starts == 0

    run(test)


@pytest.mark.parametrize(
    "command", [Publish(target=TARGET), Unpublish(), SetBitrate(video_kbps=100), Start(config=CONFIG)]
)
def test_what_belongs_to_the_broadcast_is_refused_to_everybody_else(command: EngineCommand) -> None:
    async def test() -> None:
        async with lending() as lender:
            with pytest.raises(UserError, match="by a broadcast only"):
                await lender.engine.send(command)
            assert lender.engine.snapshot.starts == 0

    run(test)


def test_an_engine_that_does_not_come_up_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_supply, "SETTLE_S", 0.1)

    async def test() -> None:
        async with lending("never-starts") as lender:
            with pytest.raises(SystemFault, match="does not come up"):
                await lender.engine.send(KEY_FRAME)

    run(test)


def test_one_that_crashes_again_and_again_says_of_what(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        async with lending("crash") as lender:
            asking = asyncio.ensure_future(lender.engine.send(KEY_FRAME))
            await lender.until(lambda: lender.count(Failed))
            asking.cancel()
            monkeypatch.setattr(engine_supply, "SETTLE_S", 0.0)
            with pytest.raises(SystemFault) as caught:
                await lender.engine.send(KEY_FRAME)
            assert caught.value.hint == "The engine ended unexpectedly."

    run(test)


def test_an_engine_that_cannot_do_what_the_settings_say_says_why_until_they_are_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def test() -> None:
        async with lending("wrong-wish") as lender:

            async def ask() -> None:
                with pytest.raises(UserError) as caught:
                    await lender.engine.send(KEY_FRAME)
                assert (caught.value.title, caught.value.hint) == ("There is no file.", "Check the path.")

            await ask()
            await ask()
            assert lender.count(Failed) == 1
            lender.config = FASTER
            await ask()
            await ask()
            assert lender.count(Failed) == 2
            monkeypatch.setattr(engine_supply, "TRY_ANEW_S", 0.0)
            await ask()
            assert lender.count(Failed) == 3

    run(test)


def test_an_engine_begins_in_private_if_that_was_the_wish_that_started_it() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(Privacy(is_on=True))
            assert lender.engine.is_private
            assert [config.is_private for config in lender.starts] == [True]

    run(test)


@pytest.mark.usefixtures("short_wishes")
def test_privacy_outlives_the_engine_that_nobody_needed() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(Privacy(is_on=True))
            await lender.until(lambda: lender.count(Stopped))
            assert lender.engine.is_private
            await lender.go_on_air()
            await lender.until(lambda: len(lender.starts) == 2)
            assert lender.starts[-1].is_private

    run(test)


def test_privacy_waits_for_no_engine_that_is_still_starting() -> None:
    async def test() -> None:
        async with lending("never-starts") as lender:
            await lender.go_on_air()
            await lender.until(lambda: lender.count(Hello))
            await lender.engine.send(Privacy(is_on=True))
            assert lender.engine.snapshot.state is EngineState.STARTING
            assert lender.commands == [Privacy(is_on=True)]

    run(test)


@pytest.mark.allow_warning_logs
def test_a_listener_that_fails_harms_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    def fail(report: EngineReport) -> None:
        raise ZeroDivisionError(report)

    async def test() -> None:
        async with lending(listener=fail) as lender:
            await lender.engine.send(KEY_FRAME)
            assert lender.engine.snapshot.state is EngineState.RUNNING

    run(test)
    assert "A report of the engine was not taken" in caplog.text


def test_an_engine_that_was_closed_is_not_started_again() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.aclose()
            with pytest.raises(SystemFault, match="not started any more"):
                await lender.engine.send(KEY_FRAME)
            with pytest.raises(SystemFault, match="not started any more"):
                await lender.go_on_air()

    run(test)

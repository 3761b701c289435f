"""The engine that everybody shares: started for whoever needs it first, ended after the last one, on air in between."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    HoldToTalk,
    Privacy,
    Publish,
    SetBitrate,
    Start,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.reports import (
    EngineReport,
    Failed,
    Hello,
    SourceLost,
    Started,
    Stopped,
)
from powerstream_desktop.engine.control.wire import Order, decode_command
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.service.studio import engine_supply, engine_wishes, studio_engine
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from tests.integration.engine import fake_engine

PATIENCE_S = 20.0
SOON_S = 0.2
CONFIG = EngineConfig(landscape=VideoSettings(width=320, height=180, bitrate_kbps=300))
FASTER = dataclasses.replace(CONFIG, landscape=VideoSettings(width=320, height=180, bitrate_kbps=600))
TARGET = PublishTarget(url="rtmp://127.0.0.1:1935/live", key=Secret("key-of-the-studio-engine"))
KEY_FRAME = ForceKeyframe()
PREVIEW = WatchPreview(width=640, height=360)


class Lender:
    """A studio's engine whose processes are fake ones, and everything that they reported."""

    def __init__(self, behaviour: str, listener: Callable[[EngineReport], None] | None = None) -> None:
        self.config = CONFIG
        self.reports: list[EngineReport] = []
        self.given_up: list[PowerStreamError] = []
        self._listener = listener
        self._reported = asyncio.Event()
        command = (sys.executable, fake_engine.__file__, behaviour)
        self.engine = StudioEngine(lambda: self.config, monotonic, self._take, command=command)

    def _take(self, report: EngineReport) -> None:
        self.reports.append(report)
        self._reported.set()
        if self._listener is not None:
            self._listener(report)

    @property
    def commands(self) -> list[EngineCommand]:
        """What the fake engines were told, as they repeat it."""
        lines = [report.title for report in self.reports if isinstance(report, SourceLost)]
        orders = [decode_command(line.encode()) for line in lines]
        return [order.command for order in orders if isinstance(order, Order)]

    @property
    def starts(self) -> list[EngineConfig]:
        """What they were started with."""
        return [command.config for command in self.commands if isinstance(command, Start)]

    def count(self, kind: type) -> int:
        return sum(isinstance(report, kind) for report in self.reports)

    async def until(self, reached: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not reached():
                self._reported.clear()
                await self._reported.wait()

    async def go_on_air(self) -> None:
        await self.engine.go_on_air(
            TARGET, use_slate=lambda _rendition, _slate: None, on_given_up=self.given_up.append
        )

    def kill(self) -> None:
        """Let the engine that runs vanish."""
        process = self.engine._supply.current
        assert process is not None
        assert process._process is not None
        process._process.kill()


@asynccontextmanager
async def lending(
    behaviour: str = "tells-start", listener: Callable[[EngineReport], None] | None = None
) -> AsyncIterator[Lender]:
    lender = Lender(behaviour, listener)
    try:
        yield lender
    finally:
        await lender.engine.aclose()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a test's asynchronous part."""
    asyncio.run(test())


def kinds(commands: Sequence[EngineCommand]) -> list[type]:
    return [type(command) for command in commands]


@pytest.fixture
def short_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a wish last for a fraction of a second."""
    monkeypatch.setattr(engine_wishes, "WISH_S", SOON_S)


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


def test_closing_on_air_ends_the_program_properly_whoever_watches() -> None:
    async def test() -> None:
        async with lending() as lender:
            await lender.engine.send(PREVIEW)
            await lender.go_on_air()
        assert kinds(lender.commands) == [Start, WatchPreview, Publish]
        assert isinstance(lender.reports[-1], Stopped)

    run(test)

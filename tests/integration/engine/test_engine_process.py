"""The engine as a child of the service: a fake one with every bad habit."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, Fault, SystemFault, UserError
from powerstream_desktop.engine.control.commands import ForceKeyframe, Privacy, Unpublish
from powerstream_desktop.engine.control.reports import (
    EngineReport,
    Failed,
    Hello,
    SourceLost,
    Started,
    Stats,
    Stopped,
)
from powerstream_desktop.engine.control.studio_commands import SwitchScene
from powerstream_desktop.engine.life_cycle import HEARTBEAT_TIMEOUT_S, EngineState
from powerstream_desktop.service.studio import engine_process
from tests.integration.engine.engine_processes import Service, fake, no_windows, run
from tests.integration.engine.fake_relay import KEY


def test_an_engine_starts_reports_obeys_and_stops() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        assert service.engine.snapshot.state is EngineState.RUNNING
        service.engine.force_keyframe()
        await service.until(lambda: SourceLost in service.kinds())
        assert service.commands() == [ForceKeyframe()]
        await service.engine.aclose()
        await service.engine.aclose()
        assert service.kinds() == [Hello, Started, Stats, SourceLost, Stopped]
        assert service.engine.snapshot.starts == 1

    run(test())


def test_the_key_is_neither_in_argv_nor_in_the_environment_and_babble_harms_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def test() -> None:
        service = Service(fake("babble"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await service.engine.aclose()
        [babble] = [report for report in service.reports if isinstance(report, SourceLost)]
        assert KEY not in babble.title
        assert service.kinds() == [Hello, Started, SourceLost, Stats, Stopped]

    run(test())
    assert "engine: a line for the log" in caplog.text
    assert KEY not in caplog.text


def test_an_engine_that_crashes_is_started_again_each_time() -> None:
    async def test() -> None:
        service = Service(fake("crash-later"))
        await service.engine.start()
        await service.until(lambda: service.kinds().count(Failed) == 3)
        await service.engine.aclose()
        assert service.kinds()[:8] == [Hello, Started, Stats, Failed] * 2
        failure = service.reports[3]
        assert isinstance(failure, Failed)
        assert failure.title == "The engine ended unexpectedly."

    run(test())


@no_windows
def test_a_crashed_engine_is_not_kept_waiting_by_a_child_of_its_own_that_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine_process, "LAST_LOG_S", 0.1)

    async def test() -> None:
        service = Service(fake("leaves-child"))
        await service.engine.start()
        async with asyncio.timeout(4):
            await service.until(lambda: service.kinds().count(Failed) == 1)
            await service.engine.aclose()
        for hello in service.reports:
            if isinstance(hello, Hello):
                os.kill(hello.pid, signal.SIGKILL)
        await asyncio.sleep(0.1)  # for the pipes to end

    run(test())


def test_an_engine_that_cannot_be_spawned_is_reported_and_tried_again(tmp_path: Path) -> None:
    async def test() -> None:
        service = Service((str(tmp_path / "no-such-program"),))
        await service.engine.start()
        await service.until(lambda: service.kinds().count(Failed) == 2)
        await service.engine.aclose()
        assert set(service.kinds()) == {Failed}

    run(test())


def test_a_wrong_wish_is_reported_once_with_its_own_sentence_and_not_tried_again() -> None:
    async def test() -> None:
        service = Service(fake("wrong-wish"))
        await service.engine.start()
        await service.until(lambda: service.reports)
        assert service.reports == [
            Failed(title="There is no file.", hint="Check the path.", fault=Fault.USER)
        ]
        assert service.engine.snapshot.retry_at_s is None
        assert service.engine.snapshot.state is EngineState.FAILED
        await service.engine.aclose()

    run(test())


def test_an_engine_that_falls_silent_is_killed_and_started_again() -> None:
    async def test() -> None:
        now_s = 0.0
        service = Service(fake("silent"), clock=lambda: now_s)

        def let_time_pass(report: EngineReport) -> None:
            nonlocal now_s
            if isinstance(report, Stats):
                now_s += HEARTBEAT_TIMEOUT_S

        service.on_report = let_time_pass
        await service.engine.start()
        await service.until(lambda: service.kinds().count(Failed) == 2)
        await service.engine.aclose()
        assert service.kinds()[:8] == [Hello, Started, Stats, Failed] * 2
        assert "stopped answering" in str(service.reports[3])

    run(test())


def test_an_engine_is_not_called_silent_by_a_service_that_stood_still_itself() -> None:
    async def test() -> None:
        now_s = 0.0
        service = Service(fake("obedient"), clock=lambda: now_s)

        def sleep(report: EngineReport) -> None:
            nonlocal now_s
            if isinstance(report, Stats):
                now_s += 60.0

        service.on_report = sleep
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        service.engine.set_bitrate(300)
        await service.until(lambda: bool(service.commands()))
        await service.engine.aclose()
        assert Failed not in service.kinds()

    run(test())


@pytest.mark.parametrize("behaviour", ["deaf", "silent"])
def test_an_engine_that_does_not_stop_is_ended_by_force(
    behaviour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_process, "STOP_S", 0.05)
    monkeypatch.setattr(engine_process, "TERMINATE_S", 0.05)

    async def test() -> None:
        service = Service(fake(behaviour))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await service.engine.aclose()
        assert service.engine.snapshot.state is EngineState.STOPPED
        assert Failed not in service.kinds()

    run(test())


def test_an_engine_process_is_started_once_only() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        with pytest.raises(BugError):
            await service.engine.start()
        await service.engine.aclose()

    run(test())


def test_an_engine_process_that_never_started_can_be_closed() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        service.engine.force_keyframe()
        with pytest.raises(SystemFault, match="not running"):
            await service.engine.send(Unpublish())
        await service.engine.aclose()
        assert service.reports == []

    run(test())


def test_a_command_is_answered_or_refused_in_the_engines_words() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await asyncio.gather(*(service.engine.send(Privacy(is_on=each)) for each in (True, False)))
        assert service.commands() == [Privacy(is_on=True), Privacy(is_on=False)]
        await service.engine.aclose()
        service = Service(fake("refusing"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        with pytest.raises(UserError) as caught:
            await service.engine.send(SwitchScene(scene="x"))
        assert (caught.value.title, caught.value.hint) == ("Not now.", "Later.")
        await service.engine.aclose()

    run(test())


def test_an_engine_that_gives_no_answer_is_not_waited_for() -> None:
    async def test() -> None:
        service = Service(fake("mute"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        with pytest.raises(SystemFault, match="does not answer"):
            await service.engine.send(Privacy(is_on=True), timeout_s=0.05)
        await service.engine.aclose()

    run(test())

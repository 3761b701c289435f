"""The engine as a child of the service: first a fake one with every bad habit, then the real one."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.life_cycle import HEARTBEAT_TIMEOUT_S, EngineState
from powerstream_desktop.engine.protocol import (
    ENGINE_COMMANDS,
    EngineReport,
    Failed,
    ForceKeyframe,
    Publishing,
    SourceLost,
    Started,
    Stats,
    Stopped,
)
from powerstream_desktop.engine.protocol import Start as StartCommand
from powerstream_desktop.rtmp.events import FinishReason
from powerstream_desktop.service import engine_process
from powerstream_desktop.service.engine_process import EngineProcess
from tests.integration.engine import fake_engine
from tests.integration.engine.fake_relay import KEY, FakeRelay
from tests.integration.engine.programs import config

REAL = (sys.executable, "-c", "from powerstream_desktop.engine.main import main; raise SystemExit(main())")
PATIENCE_S = 20.0

no_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")


class Service:
    """An engine process and everything it reported."""

    def __init__(
        self, command: tuple[str, ...], wanted: EngineConfig | None = None, clock: Clock = monotonic
    ) -> None:
        self.reports: list[EngineReport] = []
        self.on_report: Callable[[EngineReport], None] = lambda _report: None
        self._reported = asyncio.Event()
        self.engine = EngineProcess(
            wanted or config(), clock, self._report, command=command, backoff=Backoff((0.01,), jitter=0.0)
        )

    def _report(self, report: EngineReport) -> None:
        self.reports.append(report)
        self.on_report(report)
        self._reported.set()

    def kinds(self) -> list[type]:
        return [type(report) for report in self.reports]

    async def until(self, reached: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not reached():
                self._reported.clear()
                await self._reported.wait()


def fake(behaviour: str) -> tuple[str, ...]:
    return (sys.executable, fake_engine.__file__, behaviour)


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(test)


def test_an_engine_starts_reports_obeys_and_stops() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        assert service.engine.snapshot.state is EngineState.RUNNING
        await service.engine.send(ForceKeyframe())
        await service.until(lambda: SourceLost(title="force_keyframe") in service.reports)
        await service.engine.aclose()
        await service.engine.aclose()
        assert service.kinds() == [Started, Stats, SourceLost, Stopped]
        assert service.engine.snapshot.starts == 1

    run(test())


def test_a_bitrate_is_passed_on_also_to_an_engine_that_is_started_later() -> None:
    async def test() -> None:
        service = Service(fake("crash-at-command"))
        service.engine.set_bitrate(1200)
        await service.engine.start()
        await service.until(lambda: service.reports.count(SourceLost(title="set_bitrate 1200")) == 2)
        await service.engine.aclose()

    run(test())


def test_the_bitrate_that_the_configuration_names_needs_no_words() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        service.engine.set_bitrate(config().video_bitrate_kbps)
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await service.engine.aclose()
        assert SourceLost not in service.kinds()

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
        assert service.kinds() == [Started, SourceLost, Stats, Stopped]

    run(test())
    assert "engine: a line for the log" in caplog.text
    assert KEY not in caplog.text


def test_an_engine_that_crashes_is_started_again_each_time() -> None:
    async def test() -> None:
        service = Service(fake("crash-later"))
        await service.engine.start()
        await service.until(lambda: service.kinds().count(Failed) == 3)
        await service.engine.aclose()
        assert service.kinds()[:6] == [Started, Stats, Failed] * 2
        failure = service.reports[2]
        assert isinstance(failure, Failed)
        assert failure.title == "The engine ended unexpectedly."

    run(test())


def test_an_engine_that_cannot_be_spawned_is_reported_and_tried_again(tmp_path: Path) -> None:
    async def test() -> None:
        service = Service((str(tmp_path / "no-such-program"),))
        await service.engine.start()
        await service.until(lambda: service.kinds().count(Failed) == 2)
        await service.engine.aclose()

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
        assert service.kinds()[:6] == [Started, Stats, Failed] * 2
        assert "stopped answering" in str(service.reports[2])

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
        await service.engine.send(ForceKeyframe())
        await service.engine.aclose()
        assert service.reports == []

    run(test())


@no_windows
def test_the_real_engine_goes_on_air_survives_a_kill_and_says_goodbye() -> None:
    async def test() -> None:
        async with FakeRelay() as relay:
            wanted = config(publish_url=relay.url, width=320, height=180, video_bitrate_kbps=300)
            service = Service(REAL, wanted)
            await service.engine.start()
            await service.until(lambda: service.kinds().count(Stats) >= 2)
            service.engine.set_bitrate(150)
            assert service.reports[:2] == [
                Publishing(connects=1),
                Started(source="test picture", width=320, height=180, fps=30),
            ]
            process = service.engine._process
            assert process is not None
            os.kill(
                process.pid, signal.SIGINT
            )  # Ctrl+C at a terminal reaches the engine, too: it is not meant
            os.kill(process.pid, signal.SIGKILL)
            await service.until(lambda: service.kinds().count(Stats) >= 4)
            await service.engine.aclose()
            await relay.until(lambda: len(relay.finishes) == 2)
            assert relay.finishes == [FinishReason.LOST, FinishReason.UNPUBLISHED]
            assert service.kinds().count(Failed) == 1
            assert isinstance(service.reports[-1], Stopped)
            assert service.reports[-1].frames_made > 30
            targets_kbps = [each.video_target_kbps for each in service.reports if isinstance(each, Stats)]
            assert (targets_kbps[0], targets_kbps[-1]) == (300, 150)

    run(test())


def test_the_real_engine_says_what_is_wrong_with_a_wish() -> None:
    async def test() -> None:
        service = Service(REAL, config(source="/no/such/film.mp4"))
        await service.engine.start()
        await service.until(lambda: service.reports)
        await service.engine.aclose()
        assert service.reports == [
            Failed(title="There is no file 'film.mp4'.", hint="Check the path.", fault=Fault.USER)
        ]

    run(test())


@no_windows
@pytest.mark.parametrize("ending", ["end of stdin", "SIGTERM"])
def test_the_real_engine_stops_cleanly_when_its_parent_dies_or_the_system_asks(ending: str) -> None:
    async def test() -> None:
        async with FakeRelay() as relay:
            wanted = config(publish_url=relay.url, width=320, height=180, video_bitrate_kbps=300)
            process = await asyncio.create_subprocess_exec(
                *REAL, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
            assert process.stdin is not None
            try:
                process.stdin.write(ENGINE_COMMANDS.encode(StartCommand(config=wanted)))
                await relay.until(lambda: len(relay.tags) > 10)
                if ending == "SIGTERM":
                    process.terminate()
                else:
                    process.stdin.close()
                output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_S)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
            assert process.returncode == 0
            assert b'"type":"stopped"' in output
            await relay.until(lambda: relay.finishes)
            assert relay.finishes == [FinishReason.UNPUBLISHED]

    run(test())

"""The engine as a child of the service: first a fake one with every bad habit, then the real one."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, Fault, SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    Privacy,
    Publish,
    SetBitrate,
    SetRenditions,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.commands import Start as StartCommand
from powerstream_desktop.engine.control.reports import (
    EngineReport,
    Failed,
    Hello,
    Publishing,
    SourceLost,
    Started,
    Stats,
    Stopped,
)
from powerstream_desktop.engine.control.studio_commands import SwitchScene
from powerstream_desktop.engine.control.wire import Order, decode_command, encode_command
from powerstream_desktop.engine.life_cycle import HEARTBEAT_TIMEOUT_S, EngineState
from powerstream_desktop.engine.scene.one_source import one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import FileContent, SourceContent, TestPictureContent
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.events import FinishReason
from powerstream_desktop.service.studio import engine_process
from powerstream_desktop.service.studio.engine_process import EngineProcess
from tests.integration.engine import fake_engine
from tests.integration.engine.fake_relay import KEY, FakeRelay

REAL = (sys.executable, "-c", "from powerstream_desktop.engine.main import main; raise SystemExit(main())")
PATIENCE_S = 20.0


def config(url: str = "rtmp://127.0.0.1:1935/live", content: SourceContent | None = None) -> EngineConfig:
    """Return a small program, the test picture if nothing else is wanted."""
    shown = content or TestPictureContent()
    return EngineConfig(
        studio=one_source_studio(shown, "Test picture"),
        sound=one_source_sound(shown),
        landscape=VideoSettings(width=320, height=180, bitrate_kbps=300),
        publish=PublishTarget(url=url, key=Secret(KEY)),
        must_open=True,
    )


OTHER = PublishTarget(url="rtmp://127.0.0.1:1936/live", key=Secret("another-key-of-the-test"))
WATCHES: tuple[EngineCommand, ...] = (
    WatchLevels(is_watched=True),
    WatchDevices(is_watched=True),
    WatchPreview(width=320, height=180),
)
WATCHES_TAKEN_BACK: tuple[EngineCommand, ...] = (
    WatchLevels(is_watched=False),
    WatchDevices(is_watched=False),
    StopPreview(),
)
no_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")


class Service:
    """An engine process and everything it reported."""

    def __init__(
        self,
        command: tuple[str, ...],
        wanted: EngineConfig | None = None,
        clock: Clock = monotonic,
        watches: Sequence[EngineCommand] = (),
    ) -> None:
        self.reports: list[EngineReport] = []
        self.on_report: Callable[[EngineReport], None] = lambda _report: None
        self._reported = asyncio.Event()
        self.engine = EngineProcess(
            wanted or config(),
            clock,
            self._report,
            watches=watches,
            command=command,
            backoff=Backoff((0.01,), jitter=0.0),
        )

    def _report(self, report: EngineReport) -> None:
        self.reports.append(report)
        self.on_report(report)
        self._reported.set()

    def commands(self) -> list[EngineCommand]:
        """What the fake engine got, as it repeats it."""
        lines = [report.title for report in self.reports if isinstance(report, SourceLost)]
        orders = [decode_command(line.encode()) for line in lines]
        return [order.command for order in orders if isinstance(order, Order)]

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
        service.engine.force_keyframe()
        await service.until(lambda: SourceLost in service.kinds())
        assert service.commands() == [ForceKeyframe()]
        await service.engine.aclose()
        await service.engine.aclose()
        assert service.kinds() == [Hello, Started, Stats, SourceLost, Stopped]
        assert service.engine.snapshot.starts == 1

    run(test())


def test_a_bitrate_is_passed_on_also_to_an_engine_that_is_started_later() -> None:
    async def test() -> None:
        service = Service(fake("crash-at-command"))
        service.engine.set_bitrate(1200)
        await service.engine.start()
        await service.until(lambda: service.kinds().count(SourceLost) == 2)
        assert service.commands() == [SetBitrate(video_kbps=1200)] * 2
        await service.engine.aclose()

    run(test())


def test_the_bitrate_that_the_configuration_names_needs_no_words() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        service.engine.set_bitrate(config().landscape.bitrate_kbps)
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


def test_an_engine_that_is_started_again_is_private_if_the_one_before_was() -> None:
    async def test() -> None:
        service = Service(fake("tells-start"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await service.engine.send(Privacy(is_on=True))
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: service.kinds().count(Stats) == 2)
        start = next(each for each in reversed(service.commands()) if isinstance(each, StartCommand))
        assert start.config.is_private
        await service.engine.aclose()

    run(test())


def test_privacy_that_was_wanted_while_an_engine_died_holds_for_the_next_one() -> None:
    async def test() -> None:
        service = Service(fake("dies-at-command"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        with pytest.raises(SystemFault, match="not running"):
            await service.engine.send(Privacy(is_on=True))
        assert service.engine._config.is_private
        await service.engine.aclose()

    run(test())


def test_an_engine_that_is_started_again_reports_what_is_watched() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        for command in (
            *WATCHES,
            WatchDevices(is_watched=False),
        ):
            await service.engine.send(command)
        told = len(service.commands())
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: len(service.commands()) > told)
        await service.engine.send(ForceKeyframe())
        assert service.commands()[told:] == [WATCHES[0], WATCHES[2], ForceKeyframe()]
        await service.engine.aclose()

    run(test())


def test_a_bitrate_that_was_set_on_air_counts_until_the_program_is_off_the_air() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        service.engine.set_bitrate(150)
        await service.engine.send(Unpublish())
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: service.kinds().count(Stats) == 2)
        await service.engine.send(ForceKeyframe())
        assert service.commands() == [SetBitrate(video_kbps=150), Unpublish(), ForceKeyframe()]
        await service.engine.aclose()

    run(test())


def test_what_nobody_watches_any_more_is_not_shown_by_the_next_engine_though_this_one_died_over_it() -> None:
    async def test() -> None:
        service = Service(fake("dies-at-command"), watches=WATCHES)
        await service.engine.start()
        for watch, end in zip(WATCHES, WATCHES_TAKEN_BACK, strict=True):
            assert watch in service.engine._watches.values()
            with pytest.raises(SystemFault):
                await service.engine.send(end)
            assert watch not in service.engine._watches.values()
        await service.engine.aclose()

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
        assert service.kinds()[:8] == [Hello, Started, Stats, Failed] * 2
        assert "stopped answering" in str(service.reports[3])

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


def test_who_waits_for_an_engine_that_dies_is_told() -> None:
    async def test() -> None:
        service = Service(fake("dies-at-command"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        with pytest.raises(SystemFault, match="not running"):
            await service.engine.send(Privacy(is_on=True))
        await service.engine.aclose()

    run(test())


@pytest.mark.parametrize(
    ("commands", "renditions"),
    [
        ([Unpublish()], None),
        ([SetRenditions(renditions=frozenset(Rendition))], frozenset(Rendition)),
        ([Unpublish(), Publish(target=OTHER)], OTHER.renditions),
    ],
)
def test_an_engine_that_is_started_again_publishes_as_the_one_before_did(
    commands: list[EngineCommand], renditions: frozenset[Rendition] | None
) -> None:
    async def test() -> None:
        portrait = VideoSettings(width=180, height=320, bitrate_kbps=300)
        service = Service(fake("tells-start"), dataclasses.replace(config(), portrait=portrait))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        for command in commands:
            await service.engine.send(command)
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: service.kinds().count(Stats) == 2)
        start = next(each for each in reversed(service.commands()) if isinstance(each, StartCommand))
        publish = start.config.publish
        assert (publish.renditions if publish is not None else None) == renditions
        await service.engine.aclose()

    run(test())


@no_windows
def test_the_real_engine_goes_on_air_survives_a_kill_and_says_goodbye() -> None:
    async def test() -> None:
        async with FakeRelay() as relay:
            wanted = config(relay.url)
            service = Service(REAL, wanted)
            await service.engine.start()
            await service.until(lambda: service.kinds().count(Stats) >= 2)
            service.engine.set_bitrate(150)
            assert [report for report in service.reports if isinstance(report, Publishing | Started)] == [
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
            stats = [each.of(Rendition.LANDSCAPE) for each in service.reports if isinstance(each, Stats)]
            targets_kbps = [each.video_target_kbps for each in stats if each is not None]
            assert (targets_kbps[0], targets_kbps[-1]) == (300, 150)

    run(test())


def test_the_real_engine_says_what_is_wrong_with_a_wish() -> None:
    async def test() -> None:
        service = Service(REAL, config(content=FileContent(path=Path("/no/such/film.mp4"))))
        await service.engine.start()
        await service.until(lambda: Failed in service.kinds())
        await service.engine.aclose()
        failure = Failed(title="There is no file 'film.mp4'.", hint="Check the path.", fault=Fault.USER)
        assert service.reports[-1] == failure

    run(test())


@no_windows
@pytest.mark.parametrize("ending", ["end of stdin", "SIGTERM"])
def test_the_real_engine_stops_cleanly_when_its_parent_dies_or_the_system_asks(ending: str) -> None:
    async def test() -> None:
        async with FakeRelay() as relay:
            wanted = config(relay.url)
            process = await asyncio.create_subprocess_exec(
                *REAL, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
            assert process.stdin is not None
            try:
                process.stdin.write(encode_command(StartCommand(config=wanted)))
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

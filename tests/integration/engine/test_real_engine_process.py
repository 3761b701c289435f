"""The real engine as a child of the service."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import Fault
from powerstream_desktop.engine.control.commands import Start as StartCommand
from powerstream_desktop.engine.control.reports import Failed, Publishing, Started, Stats, Stopped
from powerstream_desktop.engine.control.wire import encode_command
from powerstream_desktop.engine.scene.sources import FileContent
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.events import FinishReason
from tests.integration.engine.engine_processes import PATIENCE_S, REAL, Service, config, no_windows, run
from tests.integration.engine.fake_relay import FakeRelay


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
            # Ctrl+C at a terminal reaches the engine, too: it is not meant.
            os.kill(process.pid, signal.SIGINT)
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

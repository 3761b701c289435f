"""An engine as a child of the service, and all that it reported."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import EngineCommand
from powerstream_desktop.engine.control.reports import EngineReport, SourceLost
from powerstream_desktop.engine.control.wire import Order, decode_command
from powerstream_desktop.engine.scene.one_source import one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import SourceContent, TestPictureContent
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.service.studio.engine_process import EngineProcess
from tests.integration.engine import fake_engine
from tests.integration.engine.fake_relay import KEY

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

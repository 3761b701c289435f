"""An engine that is lent: to whoever edits the studio, to whoever watches, and to broadcasts."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    Start,
    WatchPreview,
)
from powerstream_desktop.engine.control.reports import (
    EngineReport,
    SourceLost,
)
from powerstream_desktop.engine.control.wire import Order, decode_command
from powerstream_desktop.engine.video_settings import VideoSettings
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

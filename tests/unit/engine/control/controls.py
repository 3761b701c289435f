"""A control loop with a fake engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.commands import EngineCommand, Start, Stop
from powerstream_desktop.engine.control.control_loop import ControlLoop
from powerstream_desktop.engine.control.desk_reports import Devices
from powerstream_desktop.engine.control.device_watch import DeviceWatch
from powerstream_desktop.engine.control.inbox import Inbox
from powerstream_desktop.engine.control.reports import Done, EngineReport, Refused
from powerstream_desktop.engine.control.user_files import UserFiles
from powerstream_desktop.engine.control.wire import BadOrder, Order
from powerstream_desktop.engine.curtain import Curtain
from tests.unit.engine.control.examples import CONFIG
from tests.unit.engine.control.fake_engine import FakeEngine


class NoDevices:
    """A computer without any."""

    def look(self) -> Devices:
        return Devices()

    def rest(self) -> None:
        """Nothing to let go of."""


class Control:
    """A control loop with a fake engine, which gets all its orders beforehand."""

    def __init__(self, folder: Path, **failures: Exception) -> None:
        self.inbox = Inbox(Curtain())
        self.reports: list[EngineReport] = []
        self.now_s = 100.0
        self.engine: FakeEngine | None = None
        self.meanwhile: dict[str, Callable[[], None]] = {}
        self._failures = dict(failures)
        self.loop = ControlLoop(
            self.inbox,
            self.reports.append,
            make_engine=self._make,
            files=UserFiles(folder, self.reports.append),
            devices=DeviceWatch(NoDevices(), self.reports.append),
            clock=self._clock,
        )

    @property
    def told(self) -> list[object]:
        """What the engine was told after its start."""
        assert self.engine is not None
        return self.engine.told[1:]

    def run(self, *commands: EngineCommand | BadOrder | Exception) -> int:
        """Run with these orders, numbered from 1 on, and a stop."""
        for number, command in enumerate((*commands, Stop()), 1):
            if isinstance(command, BadOrder | Exception):
                self.inbox.put(command)
            else:
                self.inbox.put(Order(command, str(number)))
        return self.loop.run()

    def answers(self) -> list[str]:
        """What became of each order: its number, or the sentence with which it was refused."""
        return [
            each.id if isinstance(each, Done) else each.title
            for each in self.reports
            if isinstance(each, Done | Refused)
        ]

    def of_kind(self, kind: type) -> list[EngineReport]:
        return [each for each in self.reports if isinstance(each, kind)]

    def _clock(self) -> float:
        self.now_s += 0.01
        return self.now_s

    def _make(self, config: EngineConfig) -> FakeEngine:
        self.engine = FakeEngine(config, self._failures, self.meanwhile)
        return self.engine


START = Start(config=CONFIG)

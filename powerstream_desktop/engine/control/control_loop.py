"""The thread that obeys: takes orders from the inbox, one after the other, and answers each that has an id.

It may wait for devices; the program does not. An order that cannot be obeyed is refused and has changed nothing; only a start
that cannot be obeyed, or a failure of another thread, ends the engine.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from typing import Final, TypeAlias

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import Fault, PowerStreamError, UserError
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.commands import (
    ListDevices,
    Start,
    Stop,
    WatchDevices,
    WatchLevels,
)
from powerstream_desktop.engine.control.device_watch import DeviceWatch
from powerstream_desktop.engine.control.engine_port import EnginePort
from powerstream_desktop.engine.control.inbox import Inbox
from powerstream_desktop.engine.control.reports import Done, EngineReport, Failed, Refused
from powerstream_desktop.engine.control.session import Session
from powerstream_desktop.engine.control.user_files import UserFiles
from powerstream_desktop.engine.control.wire import Order

log = logging.getLogger(__name__)

EXIT_STOPPED: Final = 0
EXIT_FAILED: Final = 1
EXIT_WRONG_USE: Final = 2

LEVELS_S: Final = 0.1
"""From one report of the meters to the next."""

EngineMaker: TypeAlias = Callable[[EngineConfig], EnginePort]
"""Makes an engine, not started, of a configuration that has a studio and a sound."""


class ControlLoop:
    """Obeys, on the thread that calls ``run``.

    Args:
        inbox: orders; an exception in it ends the engine.
        report: takes reports; never blocks.
        make_engine: called once, for ``start``.
        files: the user's own studio and sound.
        devices: lists devices.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        inbox: Inbox,
        report: Callable[[EngineReport], None],
        *,
        make_engine: EngineMaker,
        files: UserFiles,
        devices: DeviceWatch,
        clock: Clock = monotonic,
    ) -> None:
        self._inbox = inbox
        self._report = report
        self._make_engine = make_engine
        self._files = files
        self._devices = devices
        self._clock = clock
        self._engine: EnginePort | None = None
        self._session: Session | None = None
        self._levels_due_s: float | None = None  # None while nobody watches

    def run(self) -> int:
        """Obey until it is time to stop; return the process's exit code."""
        try:
            self._obey_all()
        except Exception as error:  # noqa: BLE001 - whatever it was, the engine must say so and end
            return self._fail(error)
        else:
            return EXIT_STOPPED
        finally:
            self._devices.close()
            self._files.close()

    def _obey_all(self) -> None:
        while not isinstance((order := self._next_order()).command, Stop):
            self._answer(order)
            self._inbox.dealt_with(order)
        if self._engine is not None:
            self._report(self._engine.close())

    def _fail(self, error: Exception) -> int:
        failure = _ours(error)
        self._report(Failed.of(failure))
        if self._engine is not None:
            self._engine.close(has_failed=True)
        return EXIT_WRONG_USE if failure.fault is Fault.USER else EXIT_FAILED

    def _next_order(self) -> Order:
        """Wait for the next order that can be understood, reporting meters and letting go of keys meanwhile.

        Raises:
            Exception: another thread failed, or what should have started the engine cannot be understood.
        """
        while True:
            self._report_levels()
            if self._session is not None:
                self._session.let_go_of_keys()
            got = self._inbox.get(self._patience_s())
            if got is None:
                continue
            if isinstance(got, Exception):
                raise got
            if isinstance(got, Order):
                return got
            if got.is_start and self._engine is None:
                raise got.error
            self._refuse(got.id, got.error)

    def _patience_s(self) -> float | None:
        """Return for how long nothing else is to be done than to wait for an order."""
        waits = [
            None if self._levels_due_s is None else LEVELS_S / 2,
            None if self._session is None else self._session.due_in_s,
        ]
        return min((each for each in waits if each is not None), default=None)

    def _answer(self, order: Order) -> None:
        if isinstance(order.command, Start) and self._engine is None:
            self._start(order.command)
        else:
            try:
                self._obey(order)
            except Exception as error:  # noqa: BLE001 - an edit that fails must not end a broadcast
                self._refuse(order.id, _ours(error))
                return
        if order.id is not None and not isinstance(order.command, ListDevices):
            self._report(Done(id=order.id))

    def _obey(self, order: Order) -> None:
        match order.command:
            case ListDevices():
                self._devices.list_once(lambda: self._listed(order.id))
            case WatchDevices(is_watched=is_watched):
                self._devices.watch(is_watched=is_watched)
            case WatchLevels(is_watched=is_watched):
                self._levels_due_s = self._clock() if is_watched else None
            case Start() | Stop():
                raise UserError("The engine runs already.", hint="Start another one.")
            case command if self._session is not None:
                self._session.obey(command)
            case _:
                raise UserError("The engine has not been started yet.", hint="The first command is start.")

    def _start(self, start: Start) -> None:
        """Start the engine.

        Raises:
            Exception: it cannot be started; whatever that is ends this process.
        """
        desk = self._files.open(start.config)
        config = dataclasses.replace(start.config, studio=desk.shown, sound=desk.heard)
        self._engine = self._make_engine(config)
        session = Session(
            self._engine,
            desk,
            save=self._files.save,
            report=self._report,
            curtain=self._inbox.curtain,
            clock=self._clock,
        )
        session.tell()
        self._engine.start()
        self._session = session

    def _listed(self, order_id: str | None) -> None:
        """Answer, on the thread that has listed devices."""
        if order_id is not None:
            self._report(Done(id=order_id))

    def _refuse(self, order_id: str | None, error: PowerStreamError) -> None:
        log.info("Refused: %s %s", error.title, error.detail)
        self._report(Refused(id=order_id, title=error.title, hint=error.hint))

    def _report_levels(self) -> None:
        now = self._clock()
        if self._levels_due_s is None or now < self._levels_due_s or self._session is None:
            return
        self._levels_due_s = max(self._levels_due_s + LEVELS_S, now)
        self._report(self._session.levels)


def _ours(error: Exception) -> PowerStreamError:
    """Make one of ours of an error, and write to the log what nobody else will see."""
    failure = error if isinstance(error, PowerStreamError) else unexpected_error(error)
    log.info("%s %s", failure.title, failure.detail, exc_info=error if failure.fault is Fault.BUG else None)
    return failure

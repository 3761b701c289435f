"""The thread that runs the program by the clock, and reports once a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.engine.feed import wait_ended
from powerstream_desktop.engine.program import Program

REPORT_S: Final = 1.0


class ProgramThread:
    """Owns the program while it runs.

    The report is made between two slots by this very thread: when the program hangs, the heartbeat stops with it, and the
    service notices.

    Args:
        program: to run.
        on_second: called on this thread once a second with the monotonic time; must not block.
        on_failure: called on this thread with what ended the program before its time.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        program: Program,
        *,
        on_second: Callable[[float], None],
        on_failure: Callable[[Exception], None],
        clock: Clock = monotonic,
    ) -> None:
        self._program = program
        self._on_second = on_second
        self._on_failure = on_failure
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="program", daemon=True)

    def start(self) -> None:
        """Start the program."""
        self._thread.start()

    def close(self) -> None:
        """End the program after the slot in the making, flush the encoders, wait for it."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._run_until_stopped()
            self._finish()
        except Exception as error:  # noqa: BLE001 - whatever it was, the engine must say so and end
            self._on_failure(error)
            self._program.let_go()

    def _finish(self) -> None:
        """Wait until what the encoders still hold is sent; raise the first fault of those that kept a rendition from its end."""
        feeds = self._program.let_go()
        wait_ended(feeds, self._clock)
        for feed in feeds:
            if feed.fault is not None:
                raise feed.fault

    def _run_until_stopped(self) -> None:
        report_due_s = self._clock()
        while not self._stopping.is_set():
            due_s = self._program.run_tick(self._clock())
            now = self._clock()
            if now >= report_due_s:
                self._on_second(now)
                report_due_s = max(report_due_s + REPORT_S, now)
            self._stopping.wait(max(0.0, due_s - now))

"""The engine process: commands come in on stdin, reports go out on stdout, the log goes to stderr (DESIGN 2).

Threads: this main one runs Qt's loop, as some systems demand; "control" obeys the commands that "commands" reads from stdin;
"reporter" writes. The program, the publishers and each source have their own. The end of stdin means that the service died, and
is taken as the command to stop.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from types import FrameType
from typing import Final

from powerstream_desktop.common.logs import configure_logging
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.spare_memory import SpareMemory, system_allocator
from powerstream_desktop.engine.control.commands import Stop
from powerstream_desktop.engine.control.control_loop import EXIT_FAILED, ControlLoop
from powerstream_desktop.engine.control.device_watch import DeviceWatch
from powerstream_desktop.engine.control.inbox import Inbox
from powerstream_desktop.engine.control.reports import Hello
from powerstream_desktop.engine.control.this_computer import ThisComputer
from powerstream_desktop.engine.control.user_files import UserFiles
from powerstream_desktop.engine.control.wire import LineSplitter, Order, decode_command
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.engine import Engine
from powerstream_desktop.engine.reporter import Reporter
from powerstream_desktop.engine.sources.qt_host import QtHost

log = logging.getLogger(__name__)

READ_BYTES: Final = 64 * 1024


def main() -> int:
    """Run the engine until it is told to stop; return the process's exit code."""
    with SpareMemory(system_allocator()):
        return _serve(_claim_stdout())


def _serve(reports: int) -> int:
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    configure_logging(paths, "engine")
    inbox = Inbox(Curtain())
    _catch_signals(inbox)
    threading.excepthook = lambda args: inbox.put(_as_exception(args.exc_value))
    reporter = Reporter(reports)
    reporter.start()
    reporter.report(Hello(pid=os.getpid()))
    threading.Thread(target=_read_commands, args=(inbox,), name="commands", daemon=True).start()
    host = QtHost()
    loop = ControlLoop(
        inbox,
        reporter.report,
        make_engine=lambda config: Engine(
            config,
            host=host,
            runtime_folder=paths.runtime,
            on_report=reporter.report,
            on_failure=inbox.put,
            curtain=inbox.curtain,
        ),
        files=UserFiles(paths.config, reporter.report),
        devices=DeviceWatch(ThisComputer(host), reporter.report),
    )
    try:
        return _run(loop, host)
    finally:
        reporter.close()


def _run(loop: ControlLoop, host: QtHost) -> int:
    """Run the control thread beside Qt; return the exit code when both have ended."""
    exit_codes: list[int] = []

    def control() -> None:
        try:
            exit_codes.append(loop.run())
        finally:
            host.quit()

    thread = threading.Thread(target=control, name="control", daemon=True)
    thread.start()
    host.run()
    thread.join()
    return exit_codes[0] if exit_codes else EXIT_FAILED


def _read_commands(inbox: Inbox) -> None:
    """Read stdin to its end.

    Reads the descriptor itself: a thread that waits inside Python's buffered stdin aborts the interpreter as it ends.
    """
    descriptor = sys.stdin.fileno()
    lines = LineSplitter()
    try:
        while data := os.read(descriptor, READ_BYTES):
            for line in lines.feed(data):
                inbox.put(decode_command(line))
    except OSError as error:
        log.info("Commands cannot be read any more: %s", error)
    inbox.put(Order(Stop()))


def _claim_stdout() -> int:
    """Keep stdout for reports and let whatever else prints there, libraries above all, reach the log instead."""
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reports


def _catch_signals(inbox: Inbox) -> None:
    """Leave Ctrl+C and a terminal that closes to the parent, which stops us by command; take SIGTERM as that command."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        inbox.put(Order(Stop()))

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with contextlib.suppress(ValueError):  # not every system knows it
        signal.signal(signal.SIGTERM, stop)


def _as_exception(value: BaseException | None) -> Exception:
    return value if isinstance(value, Exception) else RuntimeError(f"a thread ended by {value!r}")

"""The engine process: commands come in on stdin, reports go out on stdout, the log goes to stderr (DESIGN 2).

Threads: this main one waits for commands; one reads stdin; the program, the publisher, the reporter and each source have
their own. The end of stdin means that the service died, and is taken as the command to stop.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Final, TypeAlias

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.common.logs import configure_logging
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.engine import Engine
from powerstream_desktop.engine.protocol import (
    ENGINE_COMMANDS,
    EngineCommand,
    Failed,
    ForceKeyframe,
    SetBitrate,
    Start,
    Stop,
)
from powerstream_desktop.engine.reporter import Reporter

log = logging.getLogger(__name__)

EXIT_STOPPED: Final = 0
EXIT_FAILED: Final = 1
EXIT_WRONG_USE: Final = 2

READ_BYTES: Final = 64 * 1024
SIGNAL_LATENCY_S: Final = 0.5

_Inbox: TypeAlias = "queue.SimpleQueue[EngineCommand | Exception]"
"""What the main thread waits for: commands, and failures of other threads. A ``SimpleQueue``, as signal handlers put, too."""


def main() -> int:
    """Run the engine until it is told to stop; return the process's exit code."""
    reports = _claim_stdout()
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    configure_logging(paths, "engine")
    inbox: _Inbox = queue.SimpleQueue()
    _catch_signals(inbox)
    threading.excepthook = lambda args: inbox.put(_as_exception(args.exc_value))
    threading.Thread(target=_read_commands, args=(inbox,), name="commands", daemon=True).start()
    reporter = Reporter(reports)
    reporter.start()
    try:
        return run(inbox, reporter, paths.runtime)
    finally:
        reporter.close()


def run(inbox: _Inbox, reporter: Reporter, slate_folder: Path) -> int:
    """Do what the inbox says until it says stop.

    Args:
        inbox: its first command must be ``Start``; an exception in it ends the engine.
        reporter: where reports go.
        slate_folder: where the engine may leave a slate.

    Returns:
        The exit code.
    """
    engine: Engine | None = None
    try:
        first = _next_command(inbox)
        if not isinstance(first, Start):
            return EXIT_STOPPED
        engine = Engine(first.config, slate_folder, on_report=reporter.report, on_failure=inbox.put)
        engine.start()
        while not isinstance(command := _next_command(inbox), Stop):
            match command:
                case ForceKeyframe():
                    engine.force_keyframe()
                case SetBitrate(video_kbps=video_kbps):
                    engine.set_bitrate(video_kbps)
    except Exception as error:
        failure = error if isinstance(error, PowerStreamError) else unexpected_error(error)
        log.info("%s %s", failure.title, failure.detail, exc_info=failure.fault is Fault.BUG)
        reporter.report(Failed.of(failure))
        if engine is not None:
            engine.close()
        return EXIT_WRONG_USE if failure.fault is Fault.USER else EXIT_FAILED
    reporter.report(engine.close())
    return EXIT_STOPPED


def _next_command(inbox: _Inbox) -> EngineCommand:
    """Wait for the next thing, waking up now and then: a signal that another thread received is only acted on here."""
    while True:
        try:
            got = inbox.get(timeout=SIGNAL_LATENCY_S)
        except queue.Empty:
            continue
        if isinstance(got, Exception):
            raise got
        return got


def _read_commands(inbox: _Inbox) -> None:
    """Read stdin to its end; what cannot be understood ends the engine.

    Reads the descriptor itself: a thread that waits inside Python's buffered stdin aborts the interpreter as it ends.
    """
    descriptor = sys.stdin.fileno()
    pending = b""
    try:
        while data := os.read(descriptor, READ_BYTES):
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                inbox.put(ENGINE_COMMANDS.decode(line))
    except (PowerStreamError, OSError) as error:
        inbox.put(error)
    inbox.put(Stop())


def _claim_stdout() -> int:
    """Keep stdout for reports and let whatever else prints there, libraries above all, reach the log instead."""
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reports


def _catch_signals(inbox: _Inbox) -> None:
    """Leave Ctrl+C and a terminal that closes to the parent, which stops us by command; take SIGTERM as that command."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        inbox.put(Stop())

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with contextlib.suppress(ValueError):  # not every system knows it
        signal.signal(signal.SIGTERM, stop)


def _as_exception(value: BaseException | None) -> Exception:
    return value if isinstance(value, Exception) else RuntimeError(f"a thread ended by {value!r}")

"""The camera process: commands come in on stdin, reports go out on stdout, pictures into the ring (DESIGN 2).

Threads: this main one waits for commands and says twice a second that it lives; one reads stdin; one owns the camera. The
end of stdin means that the engine died, and is taken as the command to stop.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import sys
import threading
from typing import Final, NoReturn, TypeAlias

from powerstream_desktop.common.camera_protocol import (
    BEAT_S,
    CAMERA_COMMANDS,
    CAMERA_REPORTS,
    CameraCommand,
    CameraReady,
    CameraReport,
    OpenCamera,
    StopCamera,
)
from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.logs import configure_logging
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.spare_memory import SpareMemory, system_allocator

log = logging.getLogger(__name__)

EXIT_STOPPED: Final = 0
EXIT_FAILED: Final = 1

READ_BYTES: Final = 64 * 1024

_Inbox: TypeAlias = "queue.SimpleQueue[CameraCommand | PowerStreamError]"


class ReportPipe:
    """Writes reports to the engine. From any thread; an engine that is gone is noticed by the end of stdin instead.

    Args:
        descriptor: of the pipe.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def report(self, report: CameraReport) -> None:
        """Write one report, which is far shorter than what a pipe holds."""
        with self._lock, contextlib.suppress(OSError):
            os.write(self._descriptor, CAMERA_REPORTS.encode(report))


def main() -> NoReturn:
    """Run the camera process until it is told to stop, and exit."""
    # A decoder that is opened again would leave heaps of its threads behind.
    with SpareMemory(system_allocator()):
        code = _run(ReportPipe(_claim_stdout()))
    # A driver that hangs would keep the interpreter from ending in good order.
    os._exit(code)


def _run(pipe: ReportPipe) -> int:
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    log_pipe = configure_logging(paths, "camera")
    # Ctrl+C and a terminal that closes are meant for whoever started the engine.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    inbox: _Inbox = queue.SimpleQueue()
    threading.excepthook = lambda args: inbox.put(_as_failure(args.exc_value))
    threading.Thread(target=_read_commands, args=(inbox,), name="commands", daemon=True).start()
    code = _serve(inbox, pipe)
    log_pipe.close()
    return code


def _serve(inbox: _Inbox, pipe: ReportPipe) -> int:
    from powerstream_desktop.camera.worker import CameraWorker  # loads OpenCV, which takes a while

    worker = CameraWorker(pipe.report, monotonic)
    worker.start()
    pipe.report(CameraReady())
    code = EXIT_STOPPED
    next_beat_s = monotonic()
    while True:
        now = monotonic()
        if now >= next_beat_s:
            pipe.report(worker.figures.beat(now))
            next_beat_s = now + BEAT_S
        try:
            got = inbox.get(timeout=next_beat_s - now)
        except queue.Empty:
            continue
        if isinstance(got, OpenCamera):
            worker.open(got)
            continue
        if not isinstance(got, StopCamera):
            log.error("%s %s", got.title, got.detail, exc_info=got.__cause__)
            code = EXIT_FAILED
        break
    if not worker.close():
        log.info("The camera's driver hangs; the process ends without it.")
    return code


def _read_commands(inbox: _Inbox) -> None:
    """Read stdin to its end, by its descriptor: a thread inside Python's buffered stdin aborts the interpreter's end."""
    descriptor = sys.stdin.fileno()
    pending = b""
    try:
        while data := os.read(descriptor, READ_BYTES):
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                inbox.put(CAMERA_COMMANDS.decode(line))
    except PowerStreamError as error:
        inbox.put(error)
    except OSError as error:
        log.info("Commands cannot be read any more: %s", error)
    inbox.put(StopCamera())


def _as_failure(error: BaseException | None) -> PowerStreamError:
    """Wrap what ended a thread unexpectedly; the engine starts another process."""
    failure = BugError("The camera process failed in a way it should not.", detail=repr(error))
    failure.__cause__ = error
    return failure


def _claim_stdout() -> int:
    """Keep stdout for reports and let whatever else prints there reach the log instead."""
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reports

"""The media process: reads one order, gives up all it does not need, does the work, tells the result, ends.

It also ends when its stdin does: then the service has died, or wants it no more. A parser that hangs does not notice; on Linux the
system then ends it, elsewhere its processor time does.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, cast

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError, UserError
from powerstream_desktop.common.frozen_json import parse_json, write_json
from powerstream_desktop.common.media_task import MediaTask, MediaWork
from powerstream_desktop.library.workshop.confinement.confine import confine_files, confine_process
from powerstream_desktop.library.workshop.words import (
    MAX_LINE_BYTES,
    MEDIA_ORDERS,
    MEDIA_REPORTS,
    Begun,
    DoJob,
    Done,
    MediaReport,
    Progress,
    Refused,
)

EXIT_DONE: Final = 0
EXIT_REFUSED: Final = 1
EXIT_UNWANTED: Final = 3
_REPORT_EVERY_S: Final = 0.1
_READ_BYTES: Final = 64 * 1024


def main(table: Mapping[str, str]) -> NoReturn:
    """Do the work that stdin asks for, and exit.

    Args:
        table: ``module:function`` of each kind of work; a module is loaded when its work is asked for.
    """
    reports = _claim_stdout()
    try:
        order = MEDIA_ORDERS.decode(_read_order())
        begun = confine_process(order.limits)
        work = _loaded(table, order.kind)
        files = confine_files(order.limits, order.file, order.folder)
        threading.Thread(target=_watch_parent, name="parent", daemon=True).start()
        _send(reports, Begun(network=begun.network, files=files, usage=begun.usage))
        _send(reports, Done(result=_done(work, order, reports)))
    except PowerStreamError as error:
        _refuse(reports, error)
    except MemoryError:
        _refuse(
            reports, UserError("This file wants more memory than any film does.", hint="It may be damaged.")
        )
    except Exception as error:  # noqa: BLE001 - whatever it was, the service is to know
        _refuse(
            reports, BugError("A file could not be worked on.", detail=f"{type(error).__name__}: {error}")
        )
    os._exit(EXIT_DONE)  # libraries' own ends are not waited for


def _done(work: MediaWork, order: DoJob, reports: int) -> str:
    """Do the work; return its result as JSON."""
    request = parse_json(order.request)
    task = MediaTask(file=order.file, folder=order.folder, request=request, report=_now_and_then(reports))
    return write_json(dict(work(task)))


def _now_and_then(reports: int) -> Callable[[float], None]:
    """Return what takes progress as often as it comes, and tells it ten times a second."""
    next_s = 0.0

    def report(done: float) -> None:
        nonlocal next_s
        now = monotonic()
        if now >= next_s:
            next_s = now + _REPORT_EVERY_S
            _send(reports, Progress(done=min(1.0, max(0.0, done))))

    return report


def _loaded(table: Mapping[str, str], kind: str) -> MediaWork:
    if kind not in table:
        raise BugError("A media process was asked for work that it does not know.", detail=kind)
    module, _, name = table[kind].partition(":")
    return cast("MediaWork", getattr(importlib.import_module(module), name))


def _read_order() -> bytes:
    """Read the first line, by the descriptor: Python's own buffer would keep what is behind it."""
    descriptor, read = sys.stdin.fileno(), b""
    while not read.endswith(b"\n"):
        data = os.read(descriptor, _READ_BYTES)
        if not data or len(read) > MAX_LINE_BYTES:
            os._exit(EXIT_UNWANTED)
        read += data
    return read


def _watch_parent() -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), _READ_BYTES):
            pass
    os._exit(EXIT_UNWANTED)


def _refuse(reports: int, error: PowerStreamError) -> NoReturn:
    _send(reports, Refused(fault=error.fault, title=error.title, hint=error.hint, detail=error.detail))
    os._exit(EXIT_REFUSED)


def _send(reports: int, report: MediaReport) -> None:
    """Write a report whole; a parent that is gone is noticed by the end of stdin instead."""
    data: Any = memoryview(MEDIA_REPORTS.encode(report))
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(reports, data) :]


def _claim_stdout() -> int:
    """Keep stdout for reports; what libraries print there goes where the log does."""
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reports

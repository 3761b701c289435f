"""Logging of one process: JSON lines in a file of its own, short lines on stderr, everything through the redactor.

The thread that logs only cleans the record and puts it into a bounded queue; one writer thread does the disk and the
terminal, so that a slow disk never costs the relay a frame. When the queue is full a line is lost and counted, never
waited for. Each process writes its own file: two of them rotating one file would lose lines.
"""

from __future__ import annotations

import atexit
import json
import logging
import logging.handlers
import os
import queue
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.redaction import STANDARD_FIELDS, RedactingFilter, install_hooks

QUEUE_LINES = 10_000
FILE_BYTES = 5 * 1024 * 1024
FILES_PER_PROCESS = 3
PROCESSES_KEPT = 10
"""Log files of earlier runs kept for each role."""
LINE_CHARACTERS = 16 * 1024

CLOSING_TIMEOUT_S = 5.0
"""A disk that hangs at the end costs this long at most, and then the last lines."""

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class JSONFormatter(logging.Formatter):
    """One JSON object a line; texts are cut at ``LINE_CHARACTERS``, after they were redacted.

    Args:
        role: which process of ours this is: "window", "service", "engine", "camera" or a command.
    """

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role

    def format(self, record: logging.LogRecord) -> str:
        """Return ``record`` as one line of JSON."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _cut(record.getMessage()),
            "role": self._role,
            "pid": record.process,
            "thread": record.threadName,
        }
        if record.exc_text:
            line["exception"] = _cut(record.exc_text)
        if record.stack_info:
            line["stack"] = _cut(record.stack_info)
        line |= {name: value for name, value in vars(record).items() if name not in STANDARD_FIELDS}
        return json.dumps(line, ensure_ascii=False, default=str)


class ShortFormatter(logging.Formatter):
    """One line for a person; the traceback follows only when it was asked for.

    Control characters are dropped: part of the text is chosen by peers, and a terminal obeys escape sequences.

    Args:
        verbose: show tracebacks.
    """

    def __init__(self, *, verbose: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")
        self._verbose = verbose

    def format(self, record: logging.LogRecord) -> str:
        """Return ``record`` as text."""
        record.message = _cut(record.getMessage()).replace("\n", " ")
        record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_text:
            text += f"\n{_cut(record.exc_text)}" if self._verbose else f": {record.exc_text.splitlines()[-1]}"
        return _CONTROL_CHARACTERS.sub("", text)


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only this user can read."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


class _TerminalHandler(logging.StreamHandler[TextIO]):
    """Writes to what ``sys.stderr`` is at that moment: a live table puts itself in its place."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self.stream = sys.stderr
        super().emit(record)


class LogPipe(logging.Handler):
    """The root logger's only handler: cleans each record, queues it, and writes it on a thread of its own.

    Args:
        outputs: the handlers that write; used by the writer thread alone, and closed with the pipe.
        queue_lines: how many lines may wait.
    """

    def __init__(self, *outputs: logging.Handler, queue_lines: int = QUEUE_LINES) -> None:
        super().__init__()
        self.addFilter(RedactingFilter())
        self._outputs = outputs
        self._queue_lines = queue_lines
        # Filled by every thread, emptied by the writer; None ends the writer. A SimpleQueue, because a finalizer that
        # logs may run inside ``put`` on the same thread, and only this queue survives that.
        self._queue: queue.SimpleQueue[logging.LogRecord | None] = queue.SimpleQueue()
        # Counted by every thread under the handler's own lock, taken by the writer under the same.
        self._lost_lines = 0
        self._writer = threading.Thread(target=self._write, name="log-writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._writer.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Queue ``record`` without waiting; logging calls this under the handler's lock."""
        if self._queue.qsize() < self._queue_lines:
            self._queue.put(record)
        else:
            self._lost_lines += 1

    def close(self) -> None:
        """Leave the root logger, write what waits and close the outputs; waits for that. Safe to call twice."""
        logging.getLogger().removeHandler(self)
        atexit.unregister(self.close)
        if self._writer.is_alive():
            self._queue.put(None)
            self._writer.join(CLOSING_TIMEOUT_S)
        super().close()

    def _write(self) -> None:
        while (record := self._queue.get()) is not None:
            self._write_one(record)
            if self._queue.empty():
                self._report_losses()
        self._report_losses()
        for output in self._outputs:
            with suppress(OSError):  # a full disk does not take the buffered rest
                output.close()

    def _write_one(self, record: logging.LogRecord) -> None:
        for output in self._outputs:
            if record.levelno >= output.level:
                output.handle(record)

    def _report_losses(self) -> None:
        with self._locked():
            lost, self._lost_lines = self._lost_lines, 0
        if lost:
            text = f"{lost} log lines were lost: the disk was too slow"
            self._write_one(logging.LogRecord(__name__, logging.WARNING, __file__, 0, text, None, None))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.acquire()
        try:
            yield
        finally:
            self.release()


def configure_logging(paths: Paths, role: str, *, verbose: bool = False) -> LogPipe:
    """Set up this process's logging and the hooks for uncaught exceptions; call it once, first thing in ``main``.

    Args:
        paths: the log file goes to ``paths.logs``, which must exist.
        role: names the file and marks each line.
        verbose: DEBUG into the file and INFO on stderr, instead of INFO and WARNING.

    Returns:
        The pipe; it closes itself at exit, so only tests and orderly shutdowns call ``close``.
    """
    outputs: list[logging.Handler] = [_file_output(paths.logs, role)]
    if sys.stderr is not None:  # a Windows program without a console has none
        outputs.append(_terminal_output(verbose=verbose))
    pipe = LogPipe(*outputs)
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    root.addHandler(pipe)
    # logging's own error report prints the raw record; a line we cannot write is better lost than leaked.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    install_hooks(logging.getLogger(f"powerstream.{role}"))
    pipe.start()
    atexit.register(pipe.close)
    return pipe


def _file_output(folder: Path, role: str) -> logging.Handler:
    _prune(folder, role)
    started = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"{role}-{started}-{os.getpid()}.jsonl"
    output = _PrivateFile(path, maxBytes=FILE_BYTES, backupCount=FILES_PER_PROCESS - 1, delay=True)
    output.setFormatter(JSONFormatter(role))
    return output


def _terminal_output(*, verbose: bool) -> logging.Handler:
    output = _TerminalHandler()
    output.setLevel(logging.INFO if verbose else logging.WARNING)
    output.setFormatter(ShortFormatter(verbose=verbose))
    return output


def _prune(folder: Path, role: str) -> None:
    """Remove the oldest files of earlier runs; one that is held open elsewhere (Windows) waits for the next run."""
    for path in sorted(folder.glob(f"{role}-*.jsonl*"), reverse=True)[PROCESSES_KEPT * FILES_PER_PROCESS :]:
        with suppress(OSError):
            path.unlink()


def _cut(text: str) -> str:
    if len(text) <= LINE_CHARACTERS:
        return text
    return f"{text[:LINE_CHARACTERS]}… ({len(text) - LINE_CHARACTERS} more characters)"

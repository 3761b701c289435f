"""The engine's mouth: reports go out as lines, and nobody in the engine ever waits for whoever reads them."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from typing import Final

from powerstream_desktop.engine.protocol import ENGINE_REPORTS, EngineReport, Stats

log = logging.getLogger(__name__)

QUEUE_REPORTS: Final = 64
CLOSE_S: Final = 2.0


class Reporter:
    """Writes reports to a pipe on a thread of its own. When the reader hangs, figures are left out.

    Args:
        descriptor: of the pipe; closed by ``close``.
    """

    def __init__(self, descriptor: int) -> None:
        self._pipe = os.fdopen(descriptor, "wb")
        self._reports: queue.Queue[EngineReport | None] = queue.Queue(QUEUE_REPORTS)
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)

    def start(self) -> None:
        """Start writing."""
        self._thread.start()

    def report(self, report: EngineReport) -> None:
        """Queue a report. From any thread; never blocks."""
        try:
            if isinstance(report, Stats) and self._reports.qsize() > QUEUE_REPORTS // 2:
                return
            self._reports.put_nowait(report)
        except queue.Full:
            log.info("A report was lost because nobody reads: %s", type(report).__name__)

    def close(self) -> None:
        """Write what waits, for two seconds at most: a reader that hangs must not keep the engine."""
        try:
            self._reports.put(None, timeout=CLOSE_S)
        except queue.Full:
            return
        self._thread.join(CLOSE_S)

    def _run(self) -> None:
        try:
            while (report := self._reports.get()) is not None:
                self._pipe.write(ENGINE_REPORTS.encode(report))
                self._pipe.flush()
        except OSError as error:
            log.info("Nobody listens to the engine any more: %s", error)
        finally:
            with contextlib.suppress(OSError):
                self._pipe.close()

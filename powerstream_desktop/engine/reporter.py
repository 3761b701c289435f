"""The engine's mouth: reports go out as lines, and nobody in the engine ever waits for whoever reads them."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.control.desk_reports import Devices, SoundChanged, SoundLevels, StudioChanged
from powerstream_desktop.engine.control.reports import EngineReport, Stats
from powerstream_desktop.engine.control.wire import encode_report

log = logging.getLogger(__name__)

QUEUE_REPORTS: Final = 256
CLOSE_S: Final = 2.0

_FIGURES: Final = (Stats, SoundLevels)
"""What is left out first when the reader is slow."""
_STATES: Final = (StudioChanged, SoundChanged, Devices)
"""Of what tells how something is, only the newest counts: a drag changes the studio sixty times a second."""


class Reporter:
    """Writes reports to a pipe on a thread of its own. When the reader hangs, figures are left out.

    Args:
        descriptor: of the pipe; closed by the thread at its end.
    """

    def __init__(self, descriptor: int) -> None:
        self._pipe = os.fdopen(descriptor, "wb")
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)
        self._changed = threading.Condition()
        # Both guarded by _changed: what waits to be written, and whether to end when nothing waits.
        self._waiting: list[EngineReport] = []
        self._is_closing = False

    def start(self) -> None:
        """Start writing."""
        self._thread.start()

    def report(self, report: EngineReport) -> None:
        """Queue a report. From any thread; never blocks."""
        with self._changed:
            if isinstance(report, _STATES) and self._replaced(report):
                return
            if isinstance(report, _FIGURES) and len(self._waiting) > QUEUE_REPORTS // 2:
                return
            if len(self._waiting) < QUEUE_REPORTS:
                self._waiting.append(report)
                self._changed.notify()
                return
        log.info("A report was lost because nobody reads: %s", type(report).__name__)

    def close(self) -> None:
        """Write what waits, for two seconds at most: a reader that hangs must not keep the engine."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        self._thread.join(CLOSE_S)

    def _replaced(self, report: EngineReport) -> bool:
        """Put a report in the place of an older one of its kind that still waits; what was answered since stays behind it."""
        for place, older in enumerate(self._waiting):
            if type(older) is type(report):
                self._waiting[place] = report
                return True
        return False

    def _run(self) -> None:
        try:
            while reports := self._next_reports():
                for report in reports:
                    self._write(report)
                self._pipe.flush()
        except OSError as error:
            log.info("Nobody listens to the engine any more: %s", error)
        finally:
            with contextlib.suppress(OSError):
                self._pipe.close()

    def _next_reports(self) -> list[EngineReport]:
        """Wait for reports and take them all; none at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closing)
            reports, self._waiting = self._waiting, []
            return reports

    def _write(self, report: EngineReport) -> None:
        try:
            line = encode_report(report)
        except PowerStreamError as error:
            log.exception("A report cannot be written: %s %s", error.title, error.detail)
            return
        self._pipe.write(line)

"""Saves what the user made at once, on a thread of its own: a disk that hangs stops neither commands nor pictures."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.control.kept_file import KeptFile, KeptT
from powerstream_desktop.engine.control.reports import Notice

log = logging.getLogger(__name__)

REST_S: Final = 0.05
"""Between two writes: a drag gives sixty versions a second, and only the last one counts."""
RETRY_S: Final = 2.0
CLOSE_S: Final = 3.0
NOT_SAVED: Final = "not_saved"


class Saver:
    """Owns the thread "saver". Of each file only the newest version waits.

    Args:
        on_notice: told when saving fails and when it works again; on the saver's thread, must not block.
    """

    def __init__(self, on_notice: Callable[[Notice], None]) -> None:
        self._on_notice = on_notice
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._changed = threading.Condition()
        # Guarded by _changed: what waits to be written, by its file; and whether to end when nothing waits.
        self._waiting: dict[KeptFile[Any], Any] = {}
        self._is_closing = False
        self._failing: set[KeptFile[Any]] = set()  # the thread's own

    def start(self) -> None:
        """Begin to save."""
        self._thread.start()

    def put(self, file: KeptFile[KeptT], kept: KeptT) -> None:
        """Save this; never waits."""
        with self._changed:
            self._waiting[file] = kept
            self._changed.notify()

    def close(self) -> None:
        """Save what waits, for three seconds at most, and end."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closing)
                waiting, self._waiting = self._waiting, {}
            if not waiting:
                return
            failed = {file: kept for file, kept in waiting.items() if not self._write(file, kept)}
            with self._changed:
                if self._is_closing and not self._waiting:
                    return
                self._waiting = failed | self._waiting
                self._changed.wait_for(lambda: self._is_closing, RETRY_S if failed else REST_S)

    def _write(self, file: KeptFile[Any], kept: Any) -> bool:
        """Write one file; tell of the first failure and of the first success after it."""
        try:
            file.write(kept)
        except SystemFault as error:
            log.info("%s %s", error.title, error.detail)
            if file not in self._failing:
                self._failing.add(file)
                self._on_notice(Notice(code=NOT_SAVED, subject=file.what, title=error.title, hint=error.hint))
            return False
        if file in self._failing:
            self._failing.remove(file)
            self._on_notice(
                Notice(
                    code=NOT_SAVED,
                    subject=file.what,
                    title=f"Your {file.what} are saved again.",
                    hint="",
                    is_over=True,
                )
            )
        return True

"""The list of devices, looked up on a thread of its own: once when asked for, every two seconds while somebody watches it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.control.desk_reports import DeviceKind, DeviceProblem, Devices

log = logging.getLogger(__name__)

LOOK_S: Final = 2.0
CLOSE_S: Final = 3.0


class DeviceLister(Protocol):
    """Looks up all devices. All methods are called on the watch's thread."""

    def look(self) -> Devices:
        """Return what there is now; may take seconds the first time."""

    def rest(self) -> None:
        """Let go of whatever helps to look: nobody watches."""


class DeviceWatch:
    """Owns the thread "devices", which runs from the first wish on.

    Args:
        lister: looks up what there is.
        on_report: takes the lists, on the watch's thread; must not block.
    """

    def __init__(self, lister: DeviceLister, on_report: Callable[[Devices], None]) -> None:
        self._lister = lister
        self._on_report = on_report
        self._thread = threading.Thread(target=self._run, name="devices", daemon=True)
        self._changed = threading.Condition()
        # Guarded by _changed: who has asked, whether somebody watches and has not seen a list yet, whether to end.
        self._asked: list[Callable[[], None]] = []
        self._is_watched = False
        self._is_new_watch = False
        self._is_closing = False
        self._newest: Devices | None = None  # the thread's own: what was reported last

    def list_once(self, on_listed: Callable[[], None]) -> None:
        """Report once; ``on_listed`` is called right after that report, on the watch's thread. Never waits."""
        with self._changed:
            self._asked.append(on_listed)
            self._wake()

    def watch(self, *, is_watched: bool) -> None:
        """Report now and at every change, or no more. Never waits."""
        with self._changed:
            self._is_watched = self._is_new_watch = is_watched
            self._wake()

    def close(self) -> None:
        """End, and wait for a look that has begun, for three seconds at most: an X server may hang."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(CLOSE_S)

    def _wake(self) -> None:
        if self._thread.ident is None and not self._is_closing:
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        try:
            while self._look_when_due():
                pass
        finally:
            self._lister.rest()

    def _look_when_due(self) -> bool:
        """Wait for the next look and report what is to be; return False at the end."""
        with self._changed:
            is_idle = not self._is_watched and not self._asked
        if is_idle:
            self._lister.rest()
        with self._changed:
            self._changed.wait_for(self._has_wishes, None if is_idle else LOOK_S)
            if self._is_closing:
                return False
            asked, self._asked = self._asked, []
            is_wanted, self._is_new_watch = bool(asked) or self._is_new_watch, False
            if not is_wanted and not self._is_watched:
                return True
        devices = self._look()
        if is_wanted or devices != self._newest:
            self._newest = devices
            self._on_report(devices)
        for on_listed in asked:
            on_listed()
        return True

    def _has_wishes(self) -> bool:
        return self._is_closing or self._is_new_watch or bool(self._asked)

    def _look(self) -> Devices:
        try:
            return self._lister.look()
        except Exception as error:  # noqa: BLE001 - whatever it was, a list that cannot be had must not end a broadcast
            failure = error if isinstance(error, PowerStreamError) else unexpected_error(error)
            log.info("The devices cannot be listed: %s %s", failure.title, failure.detail)
            return Devices(problems=(DeviceProblem(kinds=frozenset(DeviceKind), title=failure.title),))

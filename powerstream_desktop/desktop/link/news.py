"""What happens in the service, brought to the window's thread: folded on a thread of its own, so that the window gets snapshots.

However much happens, at most one delivery is on its way: the window takes the newest outlook when it comes to it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.event_stream import EventStream, Reconnecting, ServiceEvent, StreamItem
from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.door import Door
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.folding import LIBRARY, RELOAD, folded, shut
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState

CLOSING_S: Final = 1.0
AGAIN_S: Final = 5.0
MISSED_BEFORE_ANOTHER: Final = 2
"""Attempts that fail before another service is started: its keeper does it quicker, if that still lives."""
MAX_LIBRARY_WORDS: Final = 50
"""More than these at once are one: look at everything again."""

logger = logging.getLogger(__name__)


class News(QObject):
    """Listens to the service and keeps a feed up to date. Lives on the window's thread, except for what its thread does.

    Args:
        door: finds the service, or starts one.
        feed: is told.
        again_s: after a service that lets us in no more, or could not be started, how long until the next attempt.
        parent: as with every QObject.

    Attributes:
        shut_out: the service lets us in no more, or could not be started: the error. ``start`` tries again at once.
    """

    shut_out = Signal(object)
    _came = Signal()

    def __init__(
        self, door: Door, feed: OutlookFeed, parent: QObject | None = None, *, again_s: float = AGAIN_S
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._feed = feed
        self._again_s = again_s
        self._again = threading.Event()  # set by the window's thread, awaited by ours
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()
        # Under the guard, as the thread writes and the window reads:
        self._outlook: Outlook | None = None
        self._library: deque[Words] = deque()
        self._error: PowerStreamError | None = None
        self._is_told = False
        self._is_closed = False
        self._stream: EventStream | None = None
        self._known = feed.now  # the thread's own: what was heard last
        self._came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to listen, or try again at once; harmless while it listens."""
        self._again.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="news", daemon=True)
            self._thread.start()

    def aclose(self) -> None:
        """Listen no more, and wait for the thread, for a second at most."""
        gives_up_at = time.monotonic() + CLOSING_S
        with self._guard:
            self._is_closed = True
            if self._stream is not None:
                self._stream.close()
        self._again.set()
        if self._thread is not None:
            self._thread.join(max(0.0, gives_up_at - time.monotonic()))

    def _run(self) -> None:
        """Be the thread: a service that is slow to come up, or was set right by hand, is heard without anybody's asking."""
        while not self._has_closed():
            self._again.clear()
            try:
                self._listen()
            except PowerStreamError as error:
                self._known = shut(self._known)
                self._bring(self._known, error=error)
            self._again.wait(self._again_s)

    def _has_closed(self) -> bool:
        with self._guard:
            return self._is_closed

    def _listen(self) -> None:
        client = self._door.client()
        stream = client.events()
        with self._guard:
            if self._is_closed:
                return
            self._stream = stream
        for item in stream:
            self._known = self._heard(item, self._known)

    def _heard(self, item: StreamItem, outlook: Outlook) -> Outlook:
        if isinstance(item, ServiceEvent) and item.name == LIBRARY:
            self._bring(outlook, library=item.data)
            return outlook
        try:
            outlook = folded(outlook, item)
        except BadAnswerError as error:
            logger.warning("an event could not be read: %s", error.detail)
            return outlook
        self._bring(outlook)
        if isinstance(item, Reconnecting) and item.attempt == MISSED_BEFORE_ANOTHER:
            self._door.look_again()
        return outlook

    def _bring(
        self, outlook: Outlook, *, library: Words | None = None, error: PowerStreamError | None = None
    ) -> None:
        with self._guard:
            if self._is_closed:
                return
            self._outlook = outlook
            self._error = error or self._error
            if library is not None:
                self._library.append(library)
                if len(self._library) > MAX_LIBRARY_WORDS:
                    self._library = deque([RELOAD])
            if not self._is_told:
                self._is_told = True
                self._came.emit()

    def _deliver(self) -> None:
        """Hand over what has come; on the window's thread."""
        with self._guard:
            outlook, self._outlook = self._outlook, None
            library, self._library = self._library, deque()
            error, self._error = self._error, None
            self._is_told = False
        if outlook is not None:
            self._feed.replace(outlook)
        for words in library:
            self._feed.library_changed.emit(words)
        if error is not None and self._feed.now.service is ServiceState.SHUT:
            self.shut_out.emit(error)

"""A source that may vanish: its thread opens it, looks after it, and opens it again; the program always gets a picture.

Threads: the source's own one owns the capture; the capture delivers on whatever thread it has; the program's thread takes
the newest picture, or what stands in for it (``held_life``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.held_life import HOLD_S, HeldLife, HeldSnapshot, HeldState
from powerstream_desktop.engine.sources.placeholder import placeholder
from powerstream_desktop.engine.sources.port import Capabilities, Capture, LossListener

if TYPE_CHECKING:
    import av

log = logging.getLogger(__name__)

FIRST_PICTURE_S: Final = 5.0
"""A screen or window that was opened and gives nothing for so long counts as lost."""
CHECK_S: Final = 1.0
DEFAULT_SIZE: Final = (1280, 720)
NOT_THERE: Final = "This source is not available."
"""All that the placeholder says: the cause may name a window or a file, and this is on air."""

PlaceholderArtist: TypeAlias = "Callable[[int, int, str, str], av.VideoFrame]"


class _Opening:
    """One opening of the capture, and where it delivers; what comes from an earlier opening is not taken."""

    def __init__(
        self, deliver: Callable[[_Opening, av.VideoFrame, float | None], None], wake: threading.Event
    ) -> None:
        self._deliver = deliver
        self._wake = wake
        # Set by the capture's thread, or by a close; awaited by the source's.
        self.decided = threading.Event()
        self.error: PowerStreamError | None = None  # written by the capture's thread, read by the source's
        self.has_picture = False  # likewise

    def take(self, frame: av.VideoFrame, due_s: float | None = None) -> None:
        self._deliver(self, frame, due_s)
        self.has_picture = True
        self.decided.set()

    def lose(self, error: PowerStreamError) -> None:
        self.error = error
        self.decided.set()
        self._wake.set()


class HeldSource:
    """A scene's source made of a capture.

    Args:
        capture: opened, checked and closed on the source's own thread.
        name: what the user calls it.
        on_loss: told of losses after the first opening, and of every return.
        hold_s: for how long the last picture stands in for a lost source; ``math.inf`` for ever.
        clock: monotonic seconds.
        draw_placeholder: makes the picture of a source that is not there.
    """

    def __init__(
        self,
        capture: Capture,
        name: str,
        on_loss: LossListener,
        *,
        hold_s: float = HOLD_S,
        clock: Clock = monotonic,
        draw_placeholder: PlaceholderArtist = placeholder,
    ) -> None:
        self._capture = capture
        self._name = name  # written by the engine's thread, read by the others
        self._on_loss = on_loss
        self._clock = clock
        self._draw_placeholder = draw_placeholder
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._first_news = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._life = HeldLife(clock(), hold_s=hold_s)  # guarded by _lock, as are the four below
        self._opening: _Opening | None = None
        self._newest: Picture | None = None
        self._serial = 0
        self.delivered = 0
        # Written by the source's thread, read by the engine's, and the other way round; replaced whole.
        self._failure: PowerStreamError | None = None
        self._epoch_s: float | None = None
        self._tells_losses = False
        self._started_for: float | None = None  # the source's thread's own
        # The program's thread's own.
        self._placeholder: Picture | None = None
        self._placeholder_name = ""

    @property
    def label(self) -> str:
        """The capture, for people."""
        return self._capture.label

    @property
    def capabilities(self) -> Capabilities:
        """The capture's, with the size of the newest picture."""
        newest = self._newest
        if newest is None:
            return replace(self._capture.capabilities, reopens=True)
        return replace(
            self._capture.capabilities, reopens=True, width=newest.frame.width, height=newest.frame.height
        )

    @property
    def snapshot(self) -> HeldSnapshot:
        """How it stands. From any thread."""
        with self._lock:
            return self._life.snapshot

    def open(self) -> None:
        """Start the source's thread and wait for the first picture, for five seconds at most.

        After an error the source may be used all the same: it shows its placeholder until it can be had, and says so.

        Raises:
            PowerStreamError: there is no picture; why.
        """
        self._thread = threading.Thread(target=self._run, name=f"source-{self._name}", daemon=True)
        self._thread.start()
        self._first_news.wait()
        failure = self._failure
        self._tells_losses = True
        if failure is not None:
            raise failure

    def start(self, epoch_s: float) -> None:
        """Follow the program's slots from now on."""
        self._epoch_s = epoch_s
        self._wake.set()

    def show_at(self, width: int, height: int) -> None:
        """Tell the capture how large it is shown."""
        self._capture.show_at(width, height)
        self._wake.set()

    def rename(self, name: str) -> None:
        """Be called this on the placeholder."""
        self._name = name

    def picture_at(self, _time_s: float) -> Picture:
        """Return the newest picture, the last one of a source that was just lost, or the placeholder. Never waits."""
        with self._lock:
            shown = self._life.shown_at(self._clock())
            newest = self._newest
        if shown is HeldState.CLOSED:
            raise BugError("A picture was asked of a source that was not opened.")
        if newest is not None and shown is not HeldState.REPLACED:
            self._placeholder = None
            return newest
        return self._stand_in(newest)

    def close(self) -> None:
        """Close the capture, end the thread, and wait for both."""
        self._stopping.set()
        self._wake.set()
        opening = self._opening
        if opening is not None:
            opening.decided.set()
        if self._thread is not None and self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._wake.clear()
            if self._stopping.is_set():
                break
            if self._opens_in_s() == 0:
                self._open()
            if self._opening is not None:
                self._look()
            self._first_news.set()
            self._wake.wait(min(CHECK_S, self._opens_in_s()))
        self._drop()
        with self._lock:
            self._life.closed(self._clock())
        self._first_news.set()

    def _opens_in_s(self) -> float:
        with self._lock:
            return self._life.opens_in_s(self._clock())

    def _open(self) -> None:
        opening = _Opening(self._taken, self._wake)
        self._started_for = None
        with self._lock:
            self._opening = opening
        try:
            self._capture.open(opening)
        except Exception as error:  # noqa: BLE001 - whatever it was, this source is lost, and the broadcast is not
            self._lose(_ours(error))
            return
        opening.decided.wait(0 if self._stopping.is_set() else FIRST_PICTURE_S)
        if not opening.has_picture:
            self._lose(opening.error or SystemFault(f"{self.label.capitalize()} gives no picture."))
            return
        with self._lock:
            self._life.opened(self._clock())
        was_lost, self._failure = self._failure is not None, None
        if was_lost:
            log.info("%s is back.", self.label)
            self._on_loss(None)

    def _start(self) -> None:
        epoch_s = self._epoch_s
        if epoch_s is not None and epoch_s != self._started_for:
            self._capture.start(epoch_s)
            self._started_for = epoch_s

    def _look(self) -> None:
        opening = self._opening
        error: Exception | None = None if opening is None else opening.error
        if error is None:
            try:
                self._start()
                self._capture.check()
            except Exception as unforeseen:  # noqa: BLE001 - likewise
                error = unforeseen
        if error is not None:
            self._lose(_ours(error))

    def _lose(self, error: PowerStreamError) -> None:
        self._drop()
        if self._stopping.is_set():
            return
        with self._lock:
            self._life.lost(error.title, self._clock())
        is_news, self._failure = self._failure is None, error
        if is_news:
            log.info("%s is lost: %s %s", self.label, error.title, error.detail)
            if self._tells_losses:
                self._on_loss(error.title)

    def _drop(self) -> None:
        with self._lock:
            self._opening = None
        self._capture.close()

    def _taken(self, opening: _Opening, frame: av.VideoFrame, due_s: float | None) -> None:
        with self._lock:
            if self._opening is opening:
                self.delivered += 1
                self._newest = self._next(frame, due_s)

    def _next(self, frame: av.VideoFrame, due_s: float | None = None) -> Picture:
        self._serial += 1
        return Picture(frame, self._serial, due_s=due_s)

    def _stand_in(self, newest: Picture | None) -> Picture:
        name = self._name
        if self._placeholder is None or self._placeholder_name != name:
            width, height = self._size(newest)
            frame = self._draw_placeholder(width, height, name, NOT_THERE)
            self._placeholder_name = name
            with self._lock:
                self._placeholder = self._next(frame)
        return self._placeholder

    def _size(self, newest: Picture | None) -> tuple[int, int]:
        """Return the size of the pictures, so that nothing in the scene jumps."""
        return DEFAULT_SIZE if newest is None else (newest.frame.width, newest.frame.height)


def _ours(error: Exception) -> PowerStreamError:
    return error if isinstance(error, PowerStreamError) else unexpected_error(error)

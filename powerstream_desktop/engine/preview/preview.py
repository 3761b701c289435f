"""The preview: the program's thread offers each frame, this one scales it and writes it to a ring (DESIGN 2).

An offer hands over a reference and never waits; while the thread is still busy with the frame before, or nobody watches,
it is nothing but a comparison. A wish counts for five seconds. It is renewed by saying it again, or by the reader, which
renews its watch in the ring itself; when both stop, the ring is removed and nothing is scaled any more.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_ring import FrameRingWriter
from powerstream_desktop.common.preview_ring import preview_path
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.control.reports import PreviewReady
from powerstream_desktop.engine.preview.scaling import PreviewScaler, copy_planes, layout_of
from powerstream_desktop.engine.preview.wish import LEASE_S, PreviewPace, PreviewWish

if TYPE_CHECKING:
    import av

log = logging.getLogger(__name__)

LOOK_S: Final = 1.0
"""How often the thread looks whether anybody still watches, when no frame is offered."""


@dataclass(frozen=True, slots=True)
class _Offer:
    frame: av.VideoFrame
    made_at_s: float


@dataclass(frozen=True, slots=True)
class _Watch:
    """A wish while it counts; replaced whole."""

    wish: PreviewWish
    pace: PreviewPace


class Preview:
    """Shows the program to whoever wishes to see it.

    Args:
        folder: the runtime folder.
        on_ready: told, on the preview's thread, of a picture of another size, and once after each wish that begins.
        on_fault: told there when no preview can be made, as when the folder is full; the wish is over then.
        clock: monotonic seconds, the one that the program's times are of.
    """

    def __init__(
        self,
        folder: Path,
        *,
        on_ready: Callable[[PreviewReady], None],
        on_fault: Callable[[PowerStreamError], None],
        clock: Clock = monotonic,
    ) -> None:
        self._path = preview_path(folder)
        self._on_ready = on_ready
        self._on_fault = on_fault
        self._clock = clock
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)
        # Offers, never more than one; ``None`` only wakes the thread.
        self._inbox: queue.SimpleQueue[_Offer | None] = queue.SimpleQueue()
        # Set by the program's thread with an offer, cleared by the preview's when it is done.
        self._is_busy = False
        self._lock = threading.Lock()
        # Guarded by _lock but for the program's thread, which only reads _watch: replaced whole.
        self._watch: _Watch | None = None
        self._lease_until_s = 0.0
        self._is_closing = False
        # The preview's thread's own.
        self._scaler = PreviewScaler()
        self._ring: FrameRingWriter | None = None
        self._shown: tuple[av.VideoFrame, tuple[int, int]] | None = None
        self._told: PreviewReady | None = None

    @property
    def is_watched(self) -> bool:
        """Somebody watches; from any thread. While nobody does, nothing need be composed for a preview."""
        return self._watch is not None

    def start(self) -> None:
        """Start the thread, which waits until somebody watches."""
        self._thread.start()

    def watch(self, wish: PreviewWish | None) -> None:
        """Show the program so from now on, for five seconds or as long as a reader watches; ``None`` ends it. From any thread."""
        with self._lock:
            self._lease_until_s = self._clock() + LEASE_S
            if wish is None:
                self._watch = None
            elif self._watch is None or self._watch.wish != wish:
                self._watch = _Watch(wish, PreviewPace(wish.fps))
        self._inbox.put(None)

    def offer(self, frame: av.VideoFrame, now: float) -> None:
        """Take a composed frame, which nobody writes to any more. On the program's thread; never waits, never fails.

        Args:
            frame: of the program, 4:2:0.
            now: monotonic seconds.
        """
        watch = self._watch
        if watch is None or self._is_busy or not watch.pace.is_due(now):
            return
        self._is_busy = True
        self._inbox.put(_Offer(frame, now))

    def close(self) -> None:
        """End the thread, remove the ring, and wait for both; also right if it was never started."""
        with self._lock:
            self._is_closing = True
            self._watch = None
        self._inbox.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._is_closing:
                offer = self._next_offer()
                if offer is not None:
                    self._serve(offer)
                self._end_if_unwatched()
        finally:
            self._end()

    def _next_offer(self) -> _Offer | None:
        try:
            return self._inbox.get(timeout=LOOK_S if self._watch is not None else None)
        except queue.Empty:
            return None

    def _serve(self, offer: _Offer) -> None:
        watch = self._watch
        try:
            if watch is not None:
                self._show(offer, watch.wish)
        except Exception as error:  # noqa: BLE001 - whatever it was, the broadcast must not end for want of a preview
            fault = error if isinstance(error, PowerStreamError) else unexpected_error(error)
            log.info("There is no preview: %s %s", fault, fault.detail)
            self.watch(None)
            self._on_fault(fault)
        finally:
            self._is_busy = False

    def _show(self, offer: _Offer, wish: PreviewWish) -> None:
        """Write a frame to the ring, unless it is the one that is there already."""
        if self._ring is None:
            self._ring = FrameRingWriter(self._path.parent, self._path.name)
        size = wish.fitted(offer.frame.width, offer.frame.height)
        if self._shown != (offer.frame, size):
            scaled = self._scaler.scaled(offer.frame, *size)
            layout = layout_of(scaled)
            copy_planes(scaled, layout, self._ring.slot(layout))
            self._ring.commit(offer.made_at_s, now_s=self._clock())
            self._shown = (offer.frame, size)
        ready = PreviewReady(path=str(self._path), width=size[0], height=size[1])
        if ready != self._told:
            self._told = ready
            self._on_ready(ready)

    def _end_if_unwatched(self) -> None:
        now = self._clock()
        with self._lock:
            is_renewed = self._ring is not None and self._ring.is_watched(now)
            if now >= self._lease_until_s and not is_renewed:
                self._watch = None
            is_over = self._watch is None
        if is_over:
            self._end()
        elif self._ring is not None:
            self._ring.beat(now)

    def _end(self) -> None:
        """Let go of everything; the next wish begins anew."""
        if self._ring is not None:
            self._ring.close()
        self._ring, self._shown, self._told = None, None, None

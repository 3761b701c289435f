"""Capture of an X server's screens and windows by libavdevice's x11grab with the mouse pointer drawn in.

One thread grabs, half a frame before each slot of the program is due: a constant phase, so that the jitter of two clocks
never shows as a frame doubled here and one lost there. A grab that looks like the one before is delivered as the very frame
of before, so that nothing behind it works.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import av
import numpy as np

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.av_errors import display_error, unexpected_error
from powerstream_desktop.engine.sources.port import Capabilities, CaptureSink
from powerstream_desktop.engine.sources.x11_places import X11Place

if TYPE_CHECKING:
    from av.container import InputContainer

_PHASE: Final = 0.5
"""How long before its slot a picture is grabbed, in frames."""
_UNPACED: Final = "1000"
"""A frame rate that x11grab never has to wait for: the pace is ours."""
_UNPROBED: Final = {"probesize": "32", "analyzeduration": "0", "fpsprobesize": "0"}
"""Pictures that libavformat grabs to look at the format would be handed out first and make every later one that much late."""
_HELD_TOGETHER: Final = 6
"""So many grabs may be in somebody's hands at a time: the one that is drawn, the one taken to be drawn next, the newest, the one of
before that libavformat has not let go, the one being grabbed, and one more on a machine that is late with all of these."""
_PAGE_BYTES: Final = 4096
_STRIPE_BYTES: Final = 256 * 1024
_LOOK_S: Final = 0.5
"""How often the place is asked for its size."""


class X11Capture:
    """Grabs a screen or a window.

    Args:
        place: what to grab.
        fps: of the program.
        clock: monotonic seconds.
    """

    def __init__(self, place: X11Place, fps: int, *, clock: Clock = monotonic) -> None:
        self._place = place
        self._fps = fps
        self._clock = clock
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        # The owner's until ``start``, then the capture thread's until ``close`` has joined it.
        self._sink: CaptureSink | None = None
        self._container: InputContainer | None = None
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._display = ""
        self._last: av.VideoFrame | None = None
        self._look_at_s = 0.0

    @property
    def label(self) -> str:
        """The place, for people."""
        return self._place.label

    @property
    def capabilities(self) -> Capabilities:
        """It follows the program's slots."""
        return Capabilities(keeps_pace=True)

    def open(self, sink: CaptureSink) -> None:
        """Find the place and grab its first picture."""
        self._sink = sink
        self._stopping.clear()
        self._open_place()
        self._grab(sink)

    def start(self, epoch_s: float) -> None:
        """Start the capture thread."""
        self._stop_thread()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(epoch_s,), name="x11-capture", daemon=True)
        self._thread.start()

    def show_at(self, _width: int, _height: int) -> None:
        """A screen has its own size."""

    def check(self) -> None:
        """The capture thread looks by itself."""

    def close(self) -> None:
        """Stop the thread, wait for it, let the display go."""
        self._stop_thread()
        self._close_place()
        self._last = None

    def _stop_thread(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, epoch_s: float) -> None:
        sink = self._sink
        while sink is not None:
            now = self._clock()
            slot = next_slot(now - epoch_s, self._fps)
            if self._stopping.wait(epoch_s + (slot - _PHASE) / self._fps - now):
                return
            try:
                self._follow_place()
                self._grab(sink, slot / self._fps)
            except Exception as error:  # noqa: BLE001 - a bug in a capture costs its source, not the broadcast
                sink.lose(error if isinstance(error, PowerStreamError) else unexpected_error(error))
                return

    def _follow_place(self) -> None:
        """Open anew what has another size now: x11grab goes on with the old one, or fails."""
        now = self._clock()
        if now < self._look_at_s:
            return
        self._look_at_s = now + _LOOK_S
        if self._place.has_changed():
            self._reopen_place()

    def _grab(self, sink: CaptureSink, due_s: float | None = None) -> None:
        try:
            grabbed = next(self._frames)
        except (av.FFmpegError, StopIteration) as error:
            if not self._place.has_changed():  # which tells better than x11grab why a window is gone
                raise display_error(error, self._display) from error
            self._reopen_place()
            return
        if self._last is None or not _same(grabbed, self._last):
            self._last = grabbed
        sink.take(self._last, due_s)

    def _reopen_place(self) -> None:
        self._close_place()
        self._open_place()

    def _open_place(self) -> None:
        self._display, options = self._place.find()
        try:
            self._container = av.open(
                self._display,
                "r",
                format="x11grab",
                options={"framerate": _UNPACED, **_UNPROBED, **options},
            )
            self._frames = self._container.decode(video=0)
            self._fill_pool()
        except (av.FFmpegError, StopIteration) as error:
            raise display_error(error, self._display) from error
        self._look_at_s = self._clock() + _LOOK_S

    def _fill_pool(self) -> None:
        """Have all memory for grabs taken now, where it costs some milliseconds.

        x11grab takes a piece for a whole picture whenever all others are in use, and never gives one back: a broadcast would grow by
        8 MiB at each moment in which it is later than ever before.
        """
        held = [next(self._frames) for _ in range(_HELD_TOGETHER)]
        for frame in held:
            _bytes(frame)[::_PAGE_BYTES].max()

    def _close_place(self) -> None:
        self._frames = iter(())
        if self._container is not None:
            self._container.close()
            self._container = None
        self._place.release()


def next_slot(time_s: float, fps: int) -> int:
    """Return the first slot of the program that a grab which has not begun at this time of the program is for."""
    return math.floor(time_s * fps + _PHASE) + 1


def _same(frame: av.VideoFrame, before: av.VideoFrame) -> bool:
    """Compare two grabs in stripes: where something moves, the first stripes tell."""
    if (frame.width, frame.height) != (before.width, before.height):
        return False
    pixels, old = _bytes(frame), _bytes(before)
    return all(
        np.array_equal(pixels[start : start + _STRIPE_BYTES], old[start : start + _STRIPE_BYTES])
        for start in range(0, pixels.size, _STRIPE_BYTES)
    )


def _bytes(frame: av.VideoFrame) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(memoryview(frame.planes[0]), np.uint8)

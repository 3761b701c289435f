"""An X11 screen as a source, by libavdevice's x11grab with the mouse pointer drawn in (style_ecosystem.md 2a).

One thread grabs, half a frame before each slot of the program is due: a constant phase, so that the jitter of two clocks
never shows as a frame doubled here and one lost there. A grab that looks like the one before costs a comparison and no
conversion. When the display goes away the last picture stays, and the source opens it again every two seconds.
"""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import av
import numpy as np

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.engine.av_errors import display_error, region_error
from powerstream_desktop.engine.canvas import Canvas
from powerstream_desktop.engine.display import resolve_display
from powerstream_desktop.engine.picture import Picture

if TYPE_CHECKING:
    from av.container import InputContainer
    from numpy.typing import NDArray

    from powerstream_desktop.engine.config import EngineConfig

log = logging.getLogger(__name__)

REOPEN_S: Final = 2.0
_PHASE: Final = 0.5
"""How long before its slot a picture is grabbed, in frames."""
_UNPACED: Final = "1000"
"""A frame rate that x11grab never has to wait for: the pace is ours."""
_UNPROBED: Final = {"probesize": "32", "analyzeduration": "0", "fpsprobesize": "0"}
"""Pictures that libavformat grabs to look at the format would be handed out first and make every later one that much late:
twenty of them on a small screen."""
_STRIPE_BYTES: Final = 256 * 1024

LossListener = Callable[[str | None], None]
"""Called on the source's thread with a sentence when the source is lost, with ``None`` when it is back."""


class ScreenSource:
    """Captures a screen or a region of one.

    Args:
        config: of the program; display, region, size and rate are used.
        on_loss: told when the display vanishes and when it is back.
        clock: monotonic seconds.
    """

    def __init__(self, config: EngineConfig, on_loss: LossListener, *, clock: Clock = monotonic) -> None:
        self._config = config
        self._on_loss = on_loss
        self._clock = clock
        self._canvas = Canvas(config.width, config.height)
        self._display = config.display
        self._container: InputContainer | None = None
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._last_grab: NDArray[np.uint8] | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._latest: Picture | None = (
            None  # written by the capture thread, read by the program's; replaced whole
        )
        self.delivered = 0  # written by the capture thread, read by the program's

    @property
    def label(self) -> str:
        """The display, for people."""
        return f"screen {self._display}"

    def open(self) -> None:
        """Connect to the display and grab the first picture.

        Raises:
            UserError: no display, one that cannot be reached, or a region that leaves it.
        """
        self._display = resolve_display(self._config.display, os.environ)
        self._open_display()
        self._grab()

    def start(self, epoch_s: float) -> None:
        """Start the capture thread."""
        self._thread = threading.Thread(target=self._run, args=(epoch_s,), name="screen-capture", daemon=True)
        self._thread.start()

    def picture_at(self, _time_s: float) -> Picture:
        """Return the newest grab, whatever the time."""
        if self._latest is None:
            raise BugError("A picture was asked of a screen that was not opened.")
        return self._latest

    def close(self) -> None:
        """Stop the thread, wait for it, let the display go."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self._close_display()

    def _run(self, epoch_s: float) -> None:
        grid_s, fps = epoch_s - _PHASE / self._config.fps, self._config.fps
        while True:
            now = self._clock()
            next_grab_s = grid_s + (math.floor((now - grid_s) * fps) + 1) / fps
            if self._stopping.wait(next_grab_s - now):
                return
            try:
                self._grab()
            except PowerStreamError as error:
                if not self._reopen(error):
                    return

    def _grab(self) -> None:
        try:
            grabbed = next(self._frames)
            pixels = np.frombuffer(memoryview(grabbed.planes[0]), np.uint8)
            frame = self._latest.frame if self._latest is not None else None
            if frame is None or not _same(pixels, self._last_grab):
                frame = self._canvas.compose(grabbed)
        except (av.FFmpegError, StopIteration) as error:
            raise display_error(error, self._display) from error
        self._last_grab = pixels
        self.delivered += 1
        self._latest = Picture(frame, self.delivered)

    def _reopen(self, error: PowerStreamError) -> bool:
        """Open the display again until it works; return False when told to stop meanwhile."""
        log.info("%s %s", error.title, error.detail)
        self._on_loss(error.title)
        self._close_display()
        while not self._stopping.wait(REOPEN_S):
            try:
                self._open_display()
                self._grab()
            except PowerStreamError:
                self._close_display()
                continue
            self._on_loss(None)
            return True
        return False

    def _open_display(self) -> None:
        region = self._config.region
        try:
            container = self._open_grabber({})
            if region is not None:
                screen = container.streams.video[0]
                width, height = screen.width, screen.height
                container.close()
                if region.x + region.width > width or region.y + region.height > height:
                    raise region_error(region, width, height)
                container = self._open_grabber(
                    {
                        "video_size": f"{region.width}x{region.height}",
                        "grab_x": str(region.x),
                        "grab_y": str(region.y),
                    }
                )
        except av.FFmpegError as error:
            raise display_error(error, self._display) from error
        self._container = container
        self._frames = container.decode(video=0)

    def _open_grabber(self, options: dict[str, str]) -> InputContainer:
        return av.open(
            self._display,
            "r",
            format="x11grab",
            options={"draw_mouse": "1", "framerate": _UNPACED, **_UNPROBED, **options},
        )

    def _close_display(self) -> None:
        self._frames = iter(())
        self._last_grab = None
        if self._container is not None:
            self._container.close()
            self._container = None


def _same(pixels: NDArray[np.uint8], before: NDArray[np.uint8] | None) -> bool:
    """Compare two grabs in stripes: where something moves, the first stripes tell."""
    if before is None or before.size != pixels.size:
        return False
    return all(
        np.array_equal(pixels[start : start + _STRIPE_BYTES], before[start : start + _STRIPE_BYTES])
        for start in range(0, pixels.size, _STRIPE_BYTES)
    )

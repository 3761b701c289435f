"""The thread that owns the camera and the ring: opens what it is told, delivers until that is lost, waits to be told again.

A driver may hang inside OpenCV for ever. Then this thread hangs with it; the rest of the process goes on, and whoever reads
its reports sees that no picture comes.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from powerstream_desktop.camera.capture import Capture
from powerstream_desktop.camera.figures import CameraFigures
from powerstream_desktop.common.camera_address import CameraAddress
from powerstream_desktop.common.camera_protocol import CameraLost, CameraOpened, CameraReport, OpenCamera
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_ring import FrameRingWriter

log = logging.getLogger(__name__)

CLOSE_S: Final = 1.0
"""For a camera to be let go; after that it is left to the end of the process."""

Opener: TypeAlias = Callable[[CameraAddress, OpenCamera], Capture]


class CameraWorker:
    """Delivers one camera's pictures.

    Args:
        report: takes what happens; called on this worker's thread.
        clock: monotonic seconds.
        opener: makes a capture.
    """

    def __init__(
        self, report: Callable[[CameraReport], None], clock: Clock, *, opener: Opener = Capture
    ) -> None:
        self._report = report
        self._clock = clock
        self._opener = opener
        self.figures = CameraFigures(clock())
        """Read by the main thread for its beats."""
        self._commands: queue.SimpleQueue[OpenCamera | None] = queue.SimpleQueue()
        self._stopping = threading.Event()  # set by the main thread
        self._ring: FrameRingWriter | None = None
        self._thread = threading.Thread(target=self._run, name="camera-capture", daemon=True)

    def start(self) -> None:
        """Start the thread; it waits for ``open``."""
        self._thread.start()

    def open(self, command: OpenCamera) -> None:
        """Open a camera as soon as none is open. From any thread."""
        self._commands.put(command)

    def close(self) -> bool:
        """Stop and wait for a second; return False if a driver hangs. The ring is removed unless it does."""
        self._stopping.set()
        self._commands.put(None)
        self._thread.join(CLOSE_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (command := self._commands.get()) is not None and not self._stopping.is_set():
            try:
                self._deliver(command)
            except PowerStreamError as error:
                log.info("%s %s", error.title, error.detail)
                self.figures.opened(self._clock())
                self._report(CameraLost.of(error))
        if self._ring is not None:
            self._ring.close()

    def _deliver(self, command: OpenCamera) -> None:
        capture = self._opener(CameraAddress.parse(command.address), command)
        try:
            self.figures.opened(self._clock())
            if self._ring is None:
                self._ring = FrameRingWriter(Path(command.ring_folder), command.ring_name)
            self._next_picture(capture, self._ring, is_first=True)
            width, height = capture.size
            log.info("The camera gives %dx%d.", width, height)
            self._report(CameraOpened(width=width, height=height))
            while not self._stopping.is_set():
                self._next_picture(capture, self._ring, is_first=False)
        finally:
            capture.close()

    def _next_picture(self, capture: Capture, ring: FrameRingWriter, *, is_first: bool) -> None:
        due_s = capture.grab(self._clock())
        # What a device gives is captured when it comes; a file's pictures wait until they are due.
        stamp_s = self._clock()
        if due_s > stamp_s:
            if self._stopping.wait(due_s - stamp_s):
                return
            stamp_s = self._clock()
        is_same = capture.store(ring)
        now = self._clock()
        ring.commit(stamp_s, now_s=now)
        self.figures.delivered(*capture.size, now, is_same=is_same and not is_first)

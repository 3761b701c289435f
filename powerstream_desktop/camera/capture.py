"""One open camera: its pictures go into the ring as the program's own planes.

OpenCV hands out BGR, which the engine would have to convert in each slot, on the one thread that nobody may hold up. Planes
are half as much to copy, and to scale them is all that is left to do there: a camera costs the program less than half. This
process pays twice what is saved, 1.6 ms for a picture of 1280x720: beside the program's thread, where no slot waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from powerstream_desktop.camera.opencv import cv2
from powerstream_desktop.camera.opening import open_camera
from powerstream_desktop.camera.pace import FilePace
from powerstream_desktop.camera.planes import Pixels, PlaneWriter
from powerstream_desktop.camera.refusals import loss, opencv_detail
from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.frame_layout import MAX_SIDE, FrameLayout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from powerstream_desktop.common.camera_protocol import OpenCamera
    from powerstream_desktop.common.frame_ring import FrameRingWriter

_STRIPE_ROWS: Final = 32


class Capture:
    """A camera that is open. Used by one thread.

    Args:
        address: of the camera.
        wish: what to ask of it.

    Raises:
        PowerStreamError: it cannot be opened.
    """

    def __init__(self, address: CameraAddress, wish: OpenCamera) -> None:
        self._address = address
        self._wish = wish
        self._camera = open_camera(address, wish)
        is_file = address.kind is AddressKind.FILE
        self._pace = FilePace(self._camera.get(cv2.CAP_PROP_FPS)) if is_file else None
        self._size = (
            int(self._camera.get(cv2.CAP_PROP_FRAME_WIDTH)), int(self._camera.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        )  # fmt: skip
        self._planes = PlaneWriter()
        # What is decoded into, in turn with the picture before.
        self._decoded: Pixels | None = None
        self._before: Pixels | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the newest picture, or as the camera announced them."""
        return self._size

    def grab(self, now: float) -> float:
        """Wait for the camera's next picture.

        Args:
            now: monotonic seconds.

        Returns:
            The monotonic time at which it is due: later than ``now`` only for a file.

        Raises:
            PowerStreamError: there are no more.
        """
        if self._grab():
            return self._due_s(now)
        if self._pace is None:
            raise loss(self._address)
        # A file begins again; opened anew, as not every file can be wound back.
        self._camera.release()
        self._camera = open_camera(self._address, self._wish)
        self._pace.restart()
        if not self._grab():
            raise loss(self._address)
        return self._due_s(now)

    def store(self, ring: FrameRingWriter) -> bool:
        """Put the grabbed picture into the ring's next slot; the caller commits it.

        Returns:
            True when it is the one before to the last bit.

        Raises:
            PowerStreamError: it could not be decoded, or there is no room for it.
        """
        bgr = _as_bgr(self._retrieve(self._decoded))
        height, width = bgr.shape[:2]
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            raise loss(self._address)
        self._size = (width, height)
        layout = FrameLayout.program(width, height)
        self._planes.write(bgr, *_planes_in(ring.slot(layout), layout))
        before, self._before, self._decoded = self._before, bgr, self._before
        return before is not None and _same(bgr, before)

    def close(self) -> None:
        """Let the camera go."""
        self._before = self._decoded = None
        self._camera.release()

    def _grab(self) -> bool:
        try:
            return self._camera.grab()
        except cv2.error as error:
            raise loss(self._address, detail=opencv_detail(error)) from error

    def _retrieve(self, into: Pixels | None) -> NDArray[Any]:
        """Decode into an array if the picture is of its size, else into a new one."""
        try:
            decoded, picture = self._camera.retrieve(into)
        except cv2.error as error:
            raise loss(self._address, detail=opencv_detail(error)) from error
        if not decoded or picture is None:
            raise loss(self._address)
        return picture

    def _due_s(self, now: float) -> float:
        if self._pace is None:
            return now
        return self._pace.due_s(self._camera.get(cv2.CAP_PROP_POS_MSEC) / 1000, now)


def _planes_in(slot: memoryview, layout: FrameLayout) -> Iterator[Pixels]:
    """Yield the planes of a picture without padding, to be written."""
    pixels = np.frombuffer(slot, np.uint8)
    for place in layout.planes:
        yield pixels[place.offset : place.offset + place.rows * place.stride].reshape(
            place.rows, place.stride
        )


def _as_bgr(picture: NDArray[Any]) -> Pixels:
    """Return a decoded picture with three channels of eight bits, which is what nearly every camera gives."""
    eight_bits = picture if picture.dtype == np.uint8 else cv2.convertScaleAbs(picture, alpha=255 / 65535)
    if eight_bits.ndim == 2:
        return np.asarray(cv2.cvtColor(eight_bits, cv2.COLOR_GRAY2BGR), np.uint8)
    if eight_bits.shape[2] == 4:
        return np.asarray(cv2.cvtColor(eight_bits, cv2.COLOR_BGRA2BGR), np.uint8)
    return np.asarray(eight_bits, np.uint8)


def _same(picture: Pixels, before: Pixels) -> bool:
    """Compare in stripes: where a sensor's noise is, the first one tells."""
    if picture.shape != before.shape:
        return False
    return all(
        np.array_equal(picture[row : row + _STRIPE_ROWS], before[row : row + _STRIPE_ROWS])
        for row in range(0, picture.shape[0], _STRIPE_ROWS)
    )

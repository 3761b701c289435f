"""One open camera: its pictures go into the ring as BGR, by one copy.

BGR, not planar YUV: the engine converts and scales each source once anyway, in its program's colours and at the layer's size.
Converting here as well would cost more processor time and round twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from powerstream_desktop.camera.opencv import cv2
from powerstream_desktop.camera.opening import open_camera
from powerstream_desktop.camera.pace import FilePace
from powerstream_desktop.camera.refusals import loss, opencv_detail
from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.frame_layout import MAX_SIDE, FrameLayout

if TYPE_CHECKING:
    from powerstream_desktop.common.camera_protocol import OpenCamera
    from powerstream_desktop.common.frame_ring import FrameRingWriter

Pixels = NDArray[np.uint8]

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
        slot = self._slot(ring)
        picture = self._retrieve(slot)
        if slot is None or not np.shares_memory(picture, slot):  # it has another size than the one before
            bgr = _as_bgr(picture)
            self._size = (bgr.shape[1], bgr.shape[0])
            slot = self._slot(ring)
            if slot is None:
                raise loss(self._address)
            slot[:] = bgr
        before, self._before = self._before, slot
        return before is not None and _same(slot, before)

    def close(self) -> None:
        """Let the camera go."""
        self._before = None
        self._camera.release()

    def _grab(self) -> bool:
        try:
            return self._camera.grab()
        except cv2.error as error:
            raise loss(self._address, detail=opencv_detail(error)) from error

    def _retrieve(self, slot: Pixels | None) -> NDArray[Any]:
        """Decode into ``slot`` if the picture is of its size, else into a new array."""
        try:
            decoded, picture = self._camera.retrieve(slot)
        except cv2.error as error:
            raise loss(self._address, detail=opencv_detail(error)) from error
        if not decoded or picture is None:
            raise loss(self._address)
        return picture

    def _due_s(self, now: float) -> float:
        if self._pace is None:
            return now
        return self._pace.due_s(self._camera.get(cv2.CAP_PROP_POS_MSEC) / 1000, now)

    def _slot(self, ring: FrameRingWriter) -> Pixels | None:
        width, height = self._size
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            return None
        layout = FrameLayout.bgr(width, height)
        return np.frombuffer(ring.slot(layout), np.uint8).reshape(height, width, 3)


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

from __future__ import annotations

import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from powerstream_desktop.common.frame_layout import ColourMatrix, FrameLayout, PixelFormat
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.sources.camera_frames import frame_from_ring


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (7, 5), (641, 3)])
def test_a_bgr_picture_is_copied_to_the_last_byte(width: int, height: int) -> None:
    layout = FrameLayout.bgr(width, height)
    pixels = np.random.default_rng(1).integers(0, 256, layout.size_bytes, np.uint8)
    frame = frame_from_ring(layout, memoryview(pixels.tobytes()))
    assert np.array_equal(frame.to_ndarray(format="bgr24"), pixels.reshape(height, width, 3))
    assert frame.color_range == ColorRange.JPEG


@pytest.mark.parametrize(
    ("matrix", "expected"), [(ColourMatrix.BT709, Colorspace.ITU709), (ColourMatrix.BT601, Colorspace.ITU601)]
)
def test_planes_with_padding_are_copied_without_it(matrix: ColourMatrix, expected: Colorspace) -> None:
    layout = FrameLayout(
        width=6,
        height=4,
        pixel_format=PixelFormat.YUV420P,
        matrix=matrix,
        full_range=False,
        strides=(10, 5, 4),
    )
    pixels = np.arange(layout.size_bytes, dtype=np.uint8)
    frame = frame_from_ring(layout, memoryview(pixels.tobytes()))
    for plane, place in zip(planes_of(frame), layout.planes, strict=True):
        rows = pixels[place.offset : place.offset + place.stride * place.rows].reshape(place.rows, -1)
        assert np.array_equal(plane, rows[:, : place.row_bytes])
    assert (frame.colorspace, frame.color_range) == (expected, ColorRange.MPEG)


def test_a_frame_keeps_its_pixels_when_the_ring_goes_on() -> None:
    layout = FrameLayout.program(64, 32)
    slot = bytearray(b"\x40" * layout.size_bytes)
    frame = frame_from_ring(layout, memoryview(slot))
    slot[:] = b"\x50" * layout.size_bytes
    assert {int(plane.max()) for plane in planes_of(frame)} == {0x40}

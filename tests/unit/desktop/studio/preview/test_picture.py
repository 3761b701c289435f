from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from powerstream_desktop.common.frame_layout import ColourMatrix, FrameLayout, PixelFormat
from powerstream_desktop.common.preview_ring import PreviewPicture
from powerstream_desktop.desktop.studio.preview.picture import image_of


def a_picture(stride: int) -> PreviewPicture:
    """Return 6x2 pixels, blue and then red, with rows that are as long as ``stride``."""
    layout = FrameLayout(
        width=6,
        height=2,
        pixel_format=PixelFormat.BGR24,
        matrix=ColourMatrix.RGB,
        full_range=True,
        strides=(stride,),
    )
    rows = [bytes(pixel * 6).ljust(stride, b"\x55") for pixel in ([200, 10, 20], [20, 10, 200])]
    return PreviewPicture(layout=layout, pixels=b"".join(rows))


@pytest.mark.parametrize("stride", [18, 20, 32])
def test_every_pixel_is_where_the_engine_put_it(stride: int) -> None:
    image = image_of(a_picture(stride))
    assert (image.size(), image.format()) == (QSize(6, 2), QImage.Format.Format_RGB32)
    for x in range(6):
        assert image.pixelColor(x, 0) == QColor(20, 10, 200)
        assert image.pixelColor(x, 1) == QColor(200, 10, 20)


def test_an_image_outlives_the_bytes_it_was_made_of() -> None:
    images = [image_of(a_picture(18)) for _ in range(3)]
    assert images[0].pixelColor(5, 1) == QColor(200, 10, 20)

"""A picture of the program as Qt paints it."""

from __future__ import annotations

from PySide6.QtGui import QImage

from powerstream_desktop.common.preview_ring import PreviewPicture


def image_of(picture: PreviewPicture) -> QImage:
    """Return a picture as a copy in the format that Qt paints at once. Costs 0.6 ms for 900x506 pixels.

    An image and no video frame: it needs neither a graphics card nor Qt's multimedia, frames of layers are painted over it, and
    ``QWidget.grab`` sees what is shown.
    """
    layout = picture.layout
    stride = layout.strides[0]
    lent = QImage(picture.pixels, layout.width, layout.height, stride, QImage.Format.Format_BGR888)
    return lent.convertToFormat(QImage.Format.Format_RGB32)

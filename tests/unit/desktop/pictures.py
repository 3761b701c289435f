"""Which colours are in a picture, quickly."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage

_NEARLY_OPAQUE = 250


def colours_in(image: QImage) -> set[str]:
    """Return the names of all colours of a picture, such as ``#ff0000``."""
    return {QColor.fromRgb(value & 0xFFFFFF).name() for value in _pixels(image, QImage.Format.Format_RGB32)}


def opaque_colours_in(image: QImage) -> set[str]:
    """Return the names of the colours of a picture that hide what is behind."""
    values = _pixels(image, QImage.Format.Format_ARGB32)
    return {QColor.fromRgb(value & 0xFFFFFF).name() for value in values if value >> 24 > _NEARLY_OPAQUE}


def _pixels(image: QImage, layout: QImage.Format) -> set[int]:
    converted = image.convertToFormat(layout)  # must live as long as its bits are read
    return set(memoryview(bytes(converted.constBits())).cast("I"))

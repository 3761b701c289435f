"""Keeps pictures, as they came and as they are painted, up to so many bytes: those that were wanted longest ago go first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath, QPixmap

MOST_BYTES: Final = 96 * 1024 * 1024
"""About 130 pictures with what is painted of them: several screens full."""
_BYTES_A_PIXEL: Final = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The place that pictures are painted in.

    Attributes:
        width, height: in pixels of the screen.
        radius: of its upper corners.
    """

    width: int
    height: int
    radius: int


@dataclass(slots=True)
class Kept:
    """A picture.

    Attributes:
        image: as it came.
        painted: as it is painted.
        frame: what it was made for.
        is_stale: what it shows has changed since.
    """

    image: QImage
    painted: QPixmap
    frame: Frame
    is_stale: bool = False

    @property
    def size_bytes(self) -> int:
        """What it needs."""
        return int(self.image.sizeInBytes()) + self.painted.width() * self.painted.height() * _BYTES_A_PIXEL


class PictureShelf:
    """Pictures by the keys of what they show. Used on the window's thread.

    Args:
        most_bytes: of all of them together.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        """What they need now."""
        return self._size_bytes

    def put(self, key: str, kept: Kept) -> None:
        """Keep a picture, in the place of the one that was there."""
        before = self._kept.pop(key, None)
        self._size_bytes -= 0 if before is None else before.size_bytes
        self._kept[key] = kept
        self._size_bytes += kept.size_bytes
        while self._size_bytes > self._most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size_bytes -= oldest.size_bytes

    def get(self, key: str) -> Kept | None:
        """Return a picture that is wanted now; None if it is not here."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def turn_stale(self, key: str) -> None:
        """Say that what a picture shows has changed."""
        if key in self._kept:
            self._kept[key].is_stale = True


def framed(image: QImage, frame: Frame) -> QImage:
    """Return the middle of a picture, as it is painted in a frame: nothing has to be scaled or clipped then. On any thread."""
    size = QSize(frame.width, frame.height)
    scaled = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (scaled.width() - size.width()) // 2, (scaled.height() - size.height()) // 2
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = scaled.copy(QRect(left, top, size.width(), size.height()))
        painter.fillPath(
            rounded_above(QRectF(0, 0, size.width(), size.height()), frame.radius), QBrush(middle)
        )
    return made


def rounded_above(place: QRectF, radius: float) -> QPainterPath:
    """Return a place whose upper corners are round."""
    path = QPainterPath()
    path.moveTo(place.bottomLeft())
    path.lineTo(place.left(), place.top() + radius)
    path.arcTo(place.left(), place.top(), 2 * radius, 2 * radius, 180, -90)
    path.arcTo(place.right() - 2 * radius, place.top(), 2 * radius, 2 * radius, 90, -90)
    path.lineTo(place.bottomRight())
    path.closeSubpath()
    return path

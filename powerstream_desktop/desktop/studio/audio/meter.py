"""The meter of one channel: left above right, what is loud in another colour, and a light that says "cut off"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, TypeAlias

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.audio.ballistics import Ballistics, MeterPicture
from powerstream_desktop.desktop.studio.audio.readings import MeterReading

LOWEST_DBFS: Final = -60.0
WARN_DBFS: Final = -20.0
ERR_DBFS: Final = -9.0
_HEIGHT_PX: Final = 8
_SIDE_PX: Final = 3
_CLIP_PX: Final = 6
_GAP_PX: Final = 2
_SOFT_SHARE: Final = 0.45
"""How much of a colour is left between what it sounds like and its peaks."""

_Drawn: TypeAlias = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], bool]


class LevelMeter(QWidget):
    """Shows readings as they fall. Call ``show_moment`` as often as it shall be drawn; it is painted only if a pixel is another.

    Colours change at -20 and -9 dBFS, the scale goes from -60 to 0.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ballistics = Ballistics()
        self._picture = self._ballistics.picture(0.0)
        self._drawn: _Drawn | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return what it likes to have."""
        return QSize(240, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return what it needs."""
        return QSize(60, _HEIGHT_PX)

    @property
    def picture(self) -> MeterPicture:
        """What it shows."""
        return self._picture

    def hear(self, reading: MeterReading, now: float) -> None:
        """Take the newest reading.

        Args:
            reading: of its channel.
            now: monotonic seconds.
        """
        self._ballistics.hear(reading, now)

    def show_moment(self, now: float) -> bool:
        """Show what it shows now; return whether that will be something else soon."""
        self._picture = self._ballistics.picture(now)
        drawn = self._in_pixels()
        if drawn != self._drawn:
            self._drawn = drawn
            self.setToolTip(self._tool_tip())
            self.update()
        return self._ballistics.is_moving(now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dozen rectangles."""
        del event
        painter, palette = QPainter(self), look().palette
        colours = (palette.ok, palette.warn, palette.err)
        peaks, rms, held, is_clipping = self._in_pixels()
        painter.fillRect(QRect(0, 0, self._bar_px, self.height()), palette.well)
        for side in range(2):
            top = side * (self.height() - _SIDE_PX)
            self._fill(
                painter, top, rms[side], peaks[side], [_softened(each, palette.well) for each in colours]
            )
            self._fill(painter, top, 0, rms[side], colours)
            if held[side] > 0:
                painter.fillRect(QRect(held[side] - 1, top, 2, _SIDE_PX), palette.text)
        clip = QRect(self.width() - _CLIP_PX, 0, _CLIP_PX, self.height())
        painter.fillRect(clip, palette.err if is_clipping else palette.well)
        painter.end()

    def _fill(
        self, painter: QPainter, top: int, start: int, end: int, colours: tuple[QColor, ...] | list[QColor]
    ) -> None:
        """Fill a part of a side, each third of the scale in its colour."""
        edges = (0, self._pixels(WARN_DBFS), self._pixels(ERR_DBFS), self._bar_px)
        for colour, (low, high) in zip(colours, pairwise(edges), strict=True):
            left, right = max(start, low), min(end, high)
            if left < right:
                painter.fillRect(QRect(left, top, right - left, _SIDE_PX), colour)

    @property
    def _bar_px(self) -> int:
        return max(0, self.width() - _CLIP_PX - _GAP_PX)

    def _pixels(self, level_dbfs: float) -> int:
        share = (level_dbfs - LOWEST_DBFS) / -LOWEST_DBFS
        return round(min(max(share, 0.0), 1.0) * self._bar_px)

    def _in_pixels(self) -> _Drawn:
        picture = self._picture
        peaks, rms, held = (
            tuple(self._pixels(each) for each in sides)
            for sides in (picture.peak_dbfs, picture.rms_dbfs, picture.held_dbfs)
        )
        return peaks, rms, held, picture.is_clipping

    def _tool_tip(self) -> str:
        return self.tr("Too loud: the sound is cut off.") if self._picture.is_clipping else ""


def _softened(colour: QColor, ground: QColor) -> QColor:
    """Return a colour as it is over a ground when only a share of it is left."""
    share = _SOFT_SHARE
    return QColor.fromRgbF(
        colour.redF() * share + ground.redF() * (1 - share),
        colour.greenF() * share + ground.greenF() * (1 - share),
        colour.blueF() * share + ground.blueF() * (1 - share),
    )

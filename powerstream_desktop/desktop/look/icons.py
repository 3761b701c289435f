"""The icons: line drawings of this project, in the colour of the letters beside them."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.look.letters import scaled_px
from powerstream_desktop.desktop.look.palette import Palette

# fmt: off
ICON_NAMES: Final = frozenset({
    "studio", "station", "destinations", "replays", "sessions", "settings",
    "more", "copy", "eye", "lock", "unlock", "trash", "up", "down", "retry", "check", "close", "undo", "redo",
    "link", "folder", "hold", "mic", "mic_off", "speaker", "speaker_off", "privacy", "play", "pause",
    "camera", "screen", "window", "image", "text", "film", "colour", "pin",
})
# fmt: on
"""What can be asked for: each is a file of ``resources/icons``."""

_FOLDER: Final = "icons"
_SIZES_PX: Final = (16, 20, 24)
_APPLICATION_SIZES_PX: Final = (16, 22, 32, 48, 64, 128, 256)


class ApplicationIcon(StrEnum):
    """The program's own icon: how it stands can be seen in task bar and tray, by shape and colour."""

    IDLE = "powerstream"
    LIVE = "powerstream_live"
    TROUBLE = "powerstream_trouble"


class Icons:
    """Draws icons in a palette's colours, each once. Used on the window's thread.

    Args:
        palette: its colours.
        pixel_ratio: of the finest screen.
        text_percent: the text size; icons grow with the letters beside them.
    """

    def __init__(self, palette: Palette, pixel_ratio: float, text_percent: int = 100) -> None:
        self._palette = palette
        self._sizes_px = [scaled_px(size_px, text_percent) for size_px in _SIZES_PX]
        self._ratios = sorted({1.0, pixel_ratio})
        self._icons: dict[str, QIcon] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}
        self._drawings: dict[tuple[str, int], QImage] = {}
        self._renderers: dict[str, QSvgRenderer] = {}

    def icon(self, name: str) -> QIcon:
        """Return an icon in the colours for letters: muted, plain under the pointer or switched on, faint when disabled.

        Raises:
            BugError: there is no icon of this name.
        """
        if name not in self._icons:
            self._icons[name] = self._icon(name)
        return self._icons[name]

    def pixmap(self, name: str, size_px: int, colour: QColor, pixel_ratio: float) -> QPixmap:
        """Return an icon as a picture in one colour.

        Raises:
            BugError: there is no icon of this name.
        """
        side_px = math.ceil(size_px * pixel_ratio)
        key = (name, side_px, colour.rgba(), pixel_ratio)
        if key not in self._pixmaps:
            image = _tinted(self._drawing(name, side_px), colour)
            image.setDevicePixelRatio(pixel_ratio)
            self._pixmaps[key] = QPixmap.fromImage(image)
        return self._pixmaps[key]

    def _drawing(self, name: str, side_px: int) -> QImage:
        if (name, side_px) not in self._drawings:
            if name not in self._renderers:
                self._renderers[name] = _renderer(name)
            self._drawings[name, side_px] = _drawn(self._renderers[name], side_px)
        return self._drawings[name, side_px]

    def _icon(self, name: str) -> QIcon:
        palette, icon = self._palette, QIcon()
        ways = (
            (QIcon.Mode.Normal, QIcon.State.Off, palette.muted),
            (QIcon.Mode.Active, QIcon.State.Off, palette.text),
            (QIcon.Mode.Normal, QIcon.State.On, palette.text),
            (QIcon.Mode.Active, QIcon.State.On, palette.text),
            (QIcon.Mode.Selected, QIcon.State.Off, palette.text),
            (QIcon.Mode.Disabled, QIcon.State.Off, palette.idle),
        )
        for size_px in self._sizes_px:
            for ratio in self._ratios:
                for mode, state, colour in ways:
                    icon.addPixmap(self.pixmap(name, size_px, colour, ratio), mode, state)
        return icon


def application_icon(kind: ApplicationIcon) -> QIcon:
    """Return the program's own icon in all the sizes that desktops ask for."""
    icon = QIcon()
    renderer = _renderer(kind.value)
    for size_px in _APPLICATION_SIZES_PX:
        icon.addPixmap(QPixmap.fromImage(_drawn(renderer, size_px)))
    return icon


def _renderer(name: str) -> QSvgRenderer:
    return QSvgRenderer(str(resource_path(f"{_FOLDER}/{name}.svg")))


def _drawn(renderer: QSvgRenderer, side_px: int) -> QImage:
    image = QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        renderer.render(painter, QRectF(0, 0, side_px, side_px))
    return image


def _tinted(drawing: QImage, tint: QColor) -> QImage:
    image = drawing.copy()
    with QPainter(image) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(image.rect(), tint)
    return image

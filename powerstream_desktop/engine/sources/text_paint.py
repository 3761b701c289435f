"""Painting plain text with Qt: lines broken to the width, any script, an outline below the letters.

Markup in the words is shown as it is written. A font that came with the program is always there, so that a container without
any draws Latin, Greek, Cyrillic, Arabic and Hebrew letters and many signs all the same.
"""

from __future__ import annotations

import functools
import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.engine.scene.sources import Alignment, Colour, TextContent

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, QRect
    from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QTextLayout

BUNDLED_FAMILY: Final = "DejaVu Sans"
_BUNDLED_FILES: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_RULER_PX: Final = 200
_LEAST_FONT_PX: Final = 4
_GRID_PX: Final = 32
_INK_MARGIN_PX: Final = 2
_OPAQUE: Final = 255
_font_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """What a text is painted for, in pixels.

    Attributes:
        width, height: of its place.
        line_height: of one of its lines.
    """

    width: int
    height: int
    line_height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedText:
    """Words on their smallest ground.

    Attributes:
        image: transparent around the letters.
        x, y: of the image within the place.
    """

    image: QImage
    x: int
    y: int


def paint_text(words: str, content: TextContent, place: TextPlace) -> PaintedText:
    """Paint words in the middle of a transparent place, from its top if they do not fit. On any thread.

    Only the part of the place where letters may be is painted. There must be a ``QGuiApplication``.
    """
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QImage, QPainter

    outline_px = content.outline * place.line_height
    layout, height = _laid_out(words, content, place, outline_px)
    corner = QPointF(outline_px, max(outline_px, (place.height - height) / 2))
    ground = _ground(layout, corner, outline_px, place)
    image = QImage(ground.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.translate(-ground.x(), -ground.y())
        if outline_px > 0 and content.outline_colour.alpha:
            _paint_outline(painter, layout, corner, outline_px, content.outline_colour)
        painter.setPen(_qcolor(content.colour))
        layout.draw(painter, corner)
    finally:
        painter.end()
    return PaintedText(image=image, x=ground.x(), y=ground.y())


def _ground(layout: QTextLayout, corner: QPointF, outline_px: float, place: TextPlace) -> QRect:
    """Return the part of the place in which letters may be, on a coarse grid.

    Letters may leave their lines: the glyphs know by how much. The grid keeps a clock's ground the same from one second to
    the next, so that nothing downstream is set up anew.
    """
    from PySide6.QtCore import QRect, QRectF

    ink = QRectF()
    for number in range(layout.lineCount()):
        ink = ink.united(layout.lineAt(number).naturalTextRect())
    for run in layout.glyphRuns():
        ink = ink.united(run.boundingRect())
    margin = outline_px + _INK_MARGIN_PX
    ink = ink.translated(corner).adjusted(-margin, -margin, margin, margin)
    left, top = _on_grid(ink.left(), place.width), _on_grid(ink.top(), place.height)
    right = _on_grid(ink.right() + _GRID_PX, place.width)
    bottom = _on_grid(ink.bottom() + _GRID_PX, place.height)
    if right <= left or bottom <= top:
        return QRect(0, 0, min(_GRID_PX, place.width), min(_GRID_PX, place.height))
    return QRect(left, top, right - left, bottom - top)


def _on_grid(position: float, end: int) -> int:
    """Return the grid's line at or before a position, within the place."""
    return min(max(0, math.floor(position / _GRID_PX) * _GRID_PX), end)


def _laid_out(
    words: str, content: TextContent, place: TextPlace, outline_px: float
) -> tuple[QTextLayout, float]:
    """Break the words into lines; return them and how high they stand."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QTextLayout, QTextOption

    layout = QTextLayout(_one_paragraph(words), _font(content, place.line_height))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(
        {
            Alignment.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
            Alignment.CENTRE: Qt.AlignmentFlag.AlignHCenter,
            Alignment.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
        }[content.alignment]
    )
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, place.width - 2 * outline_px))
        line.setPosition(QPointF(0, height))
        height += place.line_height
        if height > place.height + place.line_height:
            break  # nobody will see the rest
    layout.endLayout()
    return layout, height


def _paint_outline(
    painter: QPainter, layout: QTextLayout, corner: QPointF, outline_px: float, colour: Colour
) -> None:
    """Paint the letters' edges, twice as wide as they will look: the letters cover the inner half.

    Letter by letter: Qt keeps the interpreter to itself while it draws a shape, a line of large letters takes it 10 ms, and
    the program's thread wants its turn. Only an edge that lets something through is painted in one go, as it would be seen
    twice where letters overlap. Not by a format of the layout's: that cuts edges off where the line ends.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QBrush, QPainterPath, QPen

    pen = QPen(QBrush(_qcolor(colour)), 2 * outline_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QBrush(_qcolor(colour)))
    whole = QPainterPath()
    for letter in _letters(layout, corner):
        if colour.alpha < _OPAQUE:
            whole.addPath(letter)
        else:
            painter.drawPath(letter)
            time.sleep(0)  # lets another thread have its turn
    painter.drawPath(whole)


def _letters(layout: QTextLayout, corner: QPointF) -> Iterator[QPainterPath]:
    """Yield the shapes of a text's letters."""
    for run in layout.glyphRuns():
        font = run.rawFont()
        for number, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            yield font.pathForGlyph(number).translated(corner + place)


def _font(content: TextContent, line_height: float) -> QFont:
    """Return the font whose lines are as high as that."""
    from PySide6.QtGui import QFont, QFontMetricsF

    _add_bundled_fonts()
    font = QFont()
    font.setFamilies([family for family in (content.font, BUNDLED_FAMILY) if family])
    font.setBold(content.bold)
    font.setPixelSize(_RULER_PX)
    font.setPixelSize(max(_LEAST_FONT_PX, round(_RULER_PX * line_height / QFontMetricsF(font).height())))
    return font


def _add_bundled_fonts() -> None:
    with _font_lock:
        _add_bundled_fonts_once()


@functools.cache
def _add_bundled_fonts_once() -> None:
    from PySide6.QtGui import QFontDatabase

    for name in _BUNDLED_FILES:
        QFontDatabase.addApplicationFont(str(resource_path(f"fonts/{name}")))


def _one_paragraph(words: str) -> str:
    """Have Qt see line breaks where people made them, and nothing for other control characters."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\u2028".join("".join(sign for sign in line if sign >= " " or sign == "\t") for line in lines)


def _qcolor(colour: Colour) -> QColor:
    from PySide6.QtGui import QColor

    return QColor(colour.red, colour.green, colour.blue, colour.alpha)

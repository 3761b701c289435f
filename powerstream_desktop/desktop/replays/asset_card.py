"""How a replay looks in a list: its picture, how long it is, what it is called, when it was, how its file is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.kit.tone import Tone, ink_of
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.paging.paged_model import ROW_ROLE
from powerstream_desktop.desktop.replays.asset_words import dates_of, state_of, title_of
from powerstream_desktop.desktop.replays.thumbnails import Thumbnails
from powerstream_desktop.desktop.replays.tints import initial_of, tint_of

GAP_PX: Final = 12
MIN_WIDTH_PX: Final = 220
_RADIUS_PX: Final = 10
_MARGIN_PX: Final = 12
_BADGE: Final = QColor(0, 0, 0, 187)
_ON_PICTURE: Final = QColor("#ffffff")


class AssetCard(QStyledItemDelegate):
    """Paints replays as cards, all of one size.

    Args:
        thumbnails: their pictures.
        wall_now: gives the time of day, with its zone.
        parent: the list.
    """

    def __init__(self, thumbnails: Thumbnails, wall_now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._wall_now = wall_now
        self._size = QSize(MIN_WIDTH_PX, 0)
        self.set_width(MIN_WIDTH_PX)

    def set_width(self, width_px: int) -> None:
        """Paint cards of this width, gap included."""
        self._size = QSize(width_px, self._picture_height(width_px - GAP_PX) + self._text_height() + GAP_PX)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of each, gap included."""
        return self._size

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one."""
        asset = index.data(ROW_ROLE)
        if not isinstance(asset, Asset):
            return
        state = option.state
        card = QRectF(option.rect).adjusted(0.5, 0.5, -GAP_PX - 0.5, -GAP_PX - 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(card, _RADIUS_PX, _RADIUS_PX)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillPath(outline, look().palette.raised if is_hovered else look().palette.surface)
        picture = QRectF(card.x(), card.y(), card.width(), self._picture_height(round(card.width())))
        painter.setClipPath(outline)
        self._paint_picture(painter, picture, asset)
        painter.setClipping(False)
        self._paint_badge(painter, picture, figures.short_duration(asset.duration))
        self._paint_words(painter, card.adjusted(_MARGIN_PX, picture.height() + 9, -_MARGIN_PX, -9), asset)
        self._paint_outline(painter, outline, state)
        painter.restore()

    @staticmethod
    def _picture_height(width_px: int) -> int:
        return width_px * 9 // 16

    @staticmethod
    def _text_height() -> int:
        title, small = _title_font(), _small_font()
        return round(QFontMetricsF(title).height() + QFontMetricsF(small).height() + 8 + 9 + 13)

    def _paint_picture(self, painter: QPainter, place: QRectF, asset: Asset) -> None:
        picture = self._thumbnails.picture_of(asset)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture, covering(picture, place))
            return
        paint_tint(painter, place, asset.id, title_of(asset))

    @staticmethod
    def _paint_badge(painter: QPainter, picture: QRectF, text: str) -> None:
        font = look().font(11)
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(text) + 12, metrics.height() + 4
        badge = QRectF(picture.right() - width - 8, picture.bottom() - height - 8, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_BADGE)
        painter.drawRoundedRect(badge, 5, 5)
        painter.setFont(font)
        painter.setPen(_ON_PICTURE)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_words(self, painter: QPainter, place: QRectF, asset: Asset) -> None:
        palette = look().palette
        title, small = _title_font(), _small_font()
        metrics = QFontMetricsF(title)
        painter.setFont(title)
        painter.setPen(palette.text)
        line = QRectF(place.x(), place.y(), place.width(), metrics.height())
        shown = metrics.elidedText(title_of(asset), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _plain_left(), shown)
        row = QRectF(place.x(), line.bottom() + 6, place.width(), QFontMetricsF(small).height() + 4)
        word, tone = state_of(asset)
        chip_width = self._paint_chip(painter, row, word, tone)
        painter.setFont(small)
        painter.setPen(palette.faint)
        room = row.width() - chip_width - 8
        metrics, told = QFontMetricsF(small), dates_of(asset, self._wall_now())
        date = next((each for each in told if metrics.horizontalAdvance(each) <= room), "")
        painter.drawText(QRectF(row.x(), row.y(), room, row.height()), _plain_left(), date)

    @staticmethod
    def _paint_chip(painter: QPainter, row: QRectF, word: str, tone: Tone) -> float:
        font = look().font(11)
        width = QFontMetricsF(font).horizontalAdvance(word) + 16
        if width > row.width() / 2 + 20:
            return 0.0
        chip = QRectF(row.right() - width, row.y(), width, row.height())
        colour = ink_of(tone, look().palette)
        edge = QColor(colour)
        edge.setAlphaF(0.4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(edge if tone is not Tone.MUTED else look().palette.line)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), chip.height() / 2, chip.height() / 2)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
        return float(width)

    @staticmethod
    def _paint_outline(painter: QPainter, outline: QPainterPath, state: QStyle.StateFlag) -> None:
        palette = look().palette
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = palette.accent if is_chosen or has_focus else palette.line
        painter.setPen(QPen(colour, 2.0 if has_focus else 1.0))
        painter.drawPath(outline)


def paint_tint(painter: QPainter, place: QRectF, key: str, name: str) -> None:
    """Paint what stands for something without a picture: its colours and its initial."""
    bright, dark = tint_of(key)
    gradient = QLinearGradient(place.topLeft(), place.bottomRight())
    gradient.setColorAt(0, bright)
    gradient.setColorAt(1, dark)
    painter.fillRect(place, gradient)
    letter = QColor(_ON_PICTURE)
    letter.setAlphaF(0.55)
    painter.setFont(look().font(max(14.0, place.height() * 0.3), QFont.Weight.DemiBold))
    painter.setPen(letter)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initial_of(name))


def covering(picture: QPixmap, place: QRectF) -> QRectF:
    """Return the middle of a picture that has the proportions of a place."""
    scale = max(place.width() / picture.width(), place.height() / picture.height())
    width, height = place.width() / scale, place.height() / scale
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)


def _title_font() -> QFont:
    return look().font(13, QFont.Weight.DemiBold)


def _small_font() -> QFont:
    return look().font(12)


def _plain_left() -> int:
    return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)

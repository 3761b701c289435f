"""How a replay looks in a list: its picture, how long it is, what it is called, when it was, how its file is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.tone import Tone, ink_of
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.paging.paged_model import ROW_ROLE
from powerstream_desktop.desktop.replays.asset_words import clip_word, dates_of, states_of, title_of
from powerstream_desktop.desktop.replays.painted_cards import PaintedCards
from powerstream_desktop.desktop.replays.picture_shelf import Frame, rounded_above
from powerstream_desktop.desktop.replays.thumbnails import Thumbnails
from powerstream_desktop.desktop.replays.tints import initial_of, tint_of

GAP_PX: Final = 12
MIN_WIDTH_PX: Final = 220
_RADIUS_PX: Final = 10
_MARGIN_PX: Final = 12
_SIGN_PX: Final = 14
_BADGE: Final = QColor(0, 0, 0, 187)
_ON_PICTURE: Final = QColor("#ffffff")
_PLAIN_LEFT: Final = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
)
_EDITOR_HEIGHT_PX: Final = 30


class AssetCard(QStyledItemDelegate):
    """Paints replays as cards, all of one size; a title is edited in its place.

    Args:
        thumbnails: their pictures.
        wall_now: gives the time of day, with its zone.
        parent: the list.
    """

    def __init__(self, thumbnails: Thumbnails, wall_now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._list = parent
        self._thumbnails = thumbnails
        self._wall_now = wall_now
        self._size = QSize(MIN_WIDTH_PX, 0)
        self._ticks = False
        self._painted = PaintedCards()
        self.set_width(MIN_WIDTH_PX)

    @property
    def size(self) -> QSize:
        """How large each is, gap included."""
        return self._size

    def set_width(self, width_px: int) -> None:
        """Paint cards of this width, gap included."""
        self._size = QSize(width_px, self._picture_height(width_px - GAP_PX) + self._text_height() + GAP_PX)

    def set_ticks(self, *, are_shown: bool) -> None:
        """Show which cards are chosen by a tick, too: where there are several, an outline is easily missed."""
        self._ticks = are_shown

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of each, gap included."""
        return self._size

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """See ``QStyledItemDelegate``."""
        editor = QLineEdit(parent)
        editor.setMaxLength(200)
        editor.setAccessibleName(self.tr("Title"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The editor lies over the title."""
        card = QRect(option.rect).adjusted(0, 0, -GAP_PX, -GAP_PX)
        top = card.top() + self._picture_height(card.width()) + 2
        height = max(_EDITOR_HEIGHT_PX, editor.sizeHint().height())
        editor.setGeometry(QRect(card.left() + 4, top, card.width() - 8, height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one."""
        asset = index.data(ROW_ROLE)
        if not isinstance(asset, Asset):
            return
        whole = QRect(option.rect).adjusted(0, 0, -GAP_PX, -GAP_PX)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_raised = is_chosen or bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.drawPixmap(whole.topLeft(), self._painted_card(asset, whole.size(), is_raised=is_raised))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_outline(painter, QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), option.state)
        if is_chosen and self._ticks:
            self._paint_tick(painter, QRectF(whole.left() + 8, whole.top() + 8, 24, 24))
        painter.restore()

    def _painted_card(self, asset: Asset, size: QSize, *, is_raised: bool) -> QPixmap:
        """Return a card as it was painted last, painted anew where it looks different now."""
        ratio = self._list.devicePixelRatioF()
        height = self._picture_height(size.width())
        # Nothing is clipped: clipping by a round path takes ten times as long as all the rest of a card.
        frame = Frame(round(size.width() * ratio), round(height * ratio), round(_RADIUS_PX * ratio))
        picture = self._thumbnails.picture_of(asset, frame)
        today = self._wall_now().date().toordinal()  # "today" is another day tomorrow
        looks = (asset, picture, look().palette, today, size.width(), size.height(), ratio, is_raised)

        def paint() -> QPixmap:
            return self._paint_card(asset, size, picture, is_raised=is_raised)

        return self._painted.get(asset.id, looks, paint)

    def _paint_card(self, asset: Asset, size: QSize, picture: QPixmap | None, *, is_raised: bool) -> QPixmap:
        """Paint all of a card but what shows whether it is chosen."""
        palette, ratio = look().palette, self._list.devicePixelRatioF()
        place = QRect(0, 0, size.width(), self._picture_height(size.width()))
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = QPainterPath()
            ground.addRoundedRect(QRectF(0, 0, size.width(), size.height()), _RADIUS_PX, _RADIUS_PX)
            painter.fillPath(ground, palette.raised if is_raised else palette.surface)
            _paint_picture(painter, place, asset, picture)
            self._paint_marks(painter, QRectF(place), asset)
            below = QRectF(_MARGIN_PX, place.height() + 9, size.width() - 2 * _MARGIN_PX, 0)
            self._paint_words(painter, below, asset)
        return made

    @staticmethod
    def _picture_height(width_px: int) -> int:
        return width_px * 9 // 16

    @staticmethod
    def _text_height() -> int:
        fonts = _fonts(look().text_percent)
        return round(fonts.title_metrics.height() + fonts.small_metrics.height() + 8 + 9 + 13)

    def _paint_marks(self, painter: QPainter, picture: QRectF, asset: Asset) -> None:
        _paint_badge(painter, picture, figures.short_duration(asset.duration), is_at_end=True)
        if asset.clip_of is not None:
            _paint_badge(painter, picture, clip_word(), is_at_end=False)
        if asset.is_pinned:
            ground = QRectF(picture.right() - 32, picture.top() + 8, 24, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_BADGE)
            painter.drawEllipse(ground)
            pin = look().pixmap("pin", _SIGN_PX, _ON_PICTURE, self._list)
            painter.drawPixmap(ground.adjusted(5, 5, -5, -5).topLeft(), pin)

    def _paint_tick(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().palette.accent)
        painter.drawEllipse(place)
        tick = look().pixmap("check", _SIGN_PX, look().palette.accent_ink, self._list)
        painter.drawPixmap(place.adjusted(5, 5, -5, -5).topLeft(), tick)

    def _paint_words(self, painter: QPainter, place: QRectF, asset: Asset) -> None:
        palette, fonts = look().palette, _fonts(look().text_percent)
        painter.setFont(fonts.title)
        painter.setPen(palette.text)
        line = QRectF(place.x(), place.y(), place.width(), fonts.title_metrics.height())
        shown = fonts.title_metrics.elidedText(title_of(asset), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _PLAIN_LEFT, shown)
        row = QRectF(place.x(), line.bottom() + 6, place.width(), fonts.small_metrics.height() + 4)
        words, tone = states_of(asset)
        chip_width = _paint_chip(painter, row, words, tone)
        painter.setFont(fonts.small)
        painter.setPen(palette.faint)
        room, told = row.width() - chip_width - 8, dates_of(asset, self._wall_now())
        date = next((each for each in told if fonts.small_metrics.horizontalAdvance(each) <= room), "")
        painter.drawText(QRectF(row.x(), row.y(), room, row.height()), _PLAIN_LEFT, date)

    @staticmethod
    def _paint_outline(painter: QPainter, card: QRectF, state: QStyle.StateFlag) -> None:
        palette = look().palette
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour = palette.accent if is_chosen or has_focus else palette.line
        painter.setPen(QPen(colour, 2.0 if has_focus else 1.0))
        painter.drawRoundedRect(card, _RADIUS_PX, _RADIUS_PX)


def _paint_picture(painter: QPainter, place: QRect, asset: Asset, picture: QPixmap | None) -> None:
    if picture is None:
        painter.fillPath(rounded_above(QRectF(place), _RADIUS_PX), tint_brush(QRectF(place), asset.id))
        paint_initial(painter, QRectF(place), title_of(asset))
    else:
        painter.drawPixmap(place, picture)


def _paint_badge(painter: QPainter, picture: QRectF, text: str, *, is_at_end: bool) -> None:
    """Paint a word at the lower edge of a picture, at its right end or at its left."""
    fonts = _fonts(look().text_percent)
    width, height = fonts.tiny_metrics.horizontalAdvance(text) + 12, fonts.tiny_metrics.height() + 4
    left = picture.right() - width - 8 if is_at_end else picture.left() + 8
    badge = QRectF(left, picture.bottom() - height - 8, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_BADGE)
    painter.drawRoundedRect(badge, 5, 5)
    painter.setFont(fonts.tiny)
    painter.setPen(_ON_PICTURE)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


def _paint_chip(painter: QPainter, row: QRectF, words: Sequence[str], tone: Tone) -> float:
    """Paint the first words that there is room for in a pill at a row's end; return how wide it is."""
    fonts = _fonts(look().text_percent)
    # What changes while somebody looks says more than a date.
    room = row.width() if len(words) > 1 else row.width() / 2 + 20
    widths = ((each, fonts.tiny_metrics.horizontalAdvance(each) + 16) for each in words)
    word, width = next((each for each in widths if each[1] <= room), ("", 0.0))
    if not word:
        return 0.0
    chip = QRectF(row.right() - width, row.y(), width, row.height())
    colour = ink_of(tone, look().palette)
    edge = QColor(colour)
    edge.setAlphaF(0.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(edge if tone is not Tone.MUTED else look().palette.line)
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), chip.height() / 2, chip.height() / 2)
    painter.setFont(fonts.tiny)
    painter.setPen(colour)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
    return float(width)


def paint_tint(painter: QPainter, place: QRectF, key: str, name: str) -> None:
    """Paint what stands for something without a picture: its colours and its initial."""
    painter.fillRect(place, tint_brush(place, key))
    paint_initial(painter, place, name)


def tint_brush(place: QRectF, key: str) -> QBrush:
    """Return the colours of something without a picture, from corner to corner."""
    bright, dark = tint_of(key)
    gradient = QLinearGradient(place.topLeft(), place.bottomRight())
    gradient.setColorAt(0, bright)
    gradient.setColorAt(1, dark)
    return QBrush(gradient)


def paint_initial(painter: QPainter, place: QRectF, name: str) -> None:
    """Paint the letter that stands for a name."""
    letter = QColor(_ON_PICTURE)
    letter.setAlphaF(0.55)
    painter.setFont(look().font(max(14.0, place.height() * 0.3), QFont.Weight.DemiBold))
    painter.setPen(letter)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initial_of(name))


@dataclass(frozen=True, slots=True)
class _Fonts:
    """The letters of cards: making them takes longer than painting with them."""

    title: QFont
    small: QFont
    tiny: QFont
    title_metrics: QFontMetricsF
    small_metrics: QFontMetricsF
    tiny_metrics: QFontMetricsF


@lru_cache(maxsize=2)
def _fonts(_text_percent: int) -> _Fonts:
    title, small, tiny = look().font(13, QFont.Weight.DemiBold), look().font(12), look().font(11)
    return _Fonts(title, small, tiny, QFontMetricsF(title), QFontMetricsF(small), QFontMetricsF(tiny))

"""How a broadcast looks in the history: its title, when and how long it was, and the light of each destination."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from powerstream_desktop.client.sessions import PastDestination, Session
from powerstream_desktop.desktop.kit.light import paint_light
from powerstream_desktop.desktop.kit.light_kind import LightKind, colour_of
from powerstream_desktop.desktop.language import figures, moments
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.paging.paged_model import ROW_ROLE
from powerstream_desktop.desktop.sessions.report_words import untitled
from powerstream_desktop.desktop.sessions.stretches import connected_share, stretches_of

_MARGIN_PX: Final = 12
_LIGHT_PX: Final = 14
_MOST_LIGHTS: Final = 8


class HistoryRow(QStyledItemDelegate):
    """Paints sessions as rows of one height.

    Args:
        now: gives the time of day, with its zone.
        parent: the list.
    """

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as two lines."""
        lines = QFontMetricsF(_title_font()).height() + QFontMetricsF(_small_font()).height()
        return QSize(200, round(lines) + 4 + 2 * 9)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one."""
        session = index.data(ROW_ROLE)
        if not isinstance(session, Session):
            return
        palette, place = look().palette, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(
                place, palette.hover if state & QStyle.StateFlag.State_Selected else palette.raised
            )
        painter.setPen(palette.line)
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(palette.accent, 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -2), 6, 6)
        inner = place.adjusted(_MARGIN_PX, 9, -_MARGIN_PX, -9)
        self._paint_words(painter, inner, session, self._paint_lights(painter, inner, session))
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRectF, session: Session, lights_px: float) -> None:
        palette, title, small = look().palette, _title_font(), _small_font()
        metrics, below = QFontMetricsF(title), QFontMetricsF(small)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        first = QRectF(place.x(), place.y(), place.width() - lights_px, metrics.height())
        painter.setFont(title)
        painter.setPen(palette.text)
        painter.drawText(
            first, flags, metrics.elidedText(title_of(session), Qt.TextElideMode.ElideRight, first.width())
        )
        second = QRectF(place.x(), first.bottom() + 4, place.width(), below.height())
        painter.setFont(small)
        painter.setPen(palette.live_text if session.ended_at is None else palette.faint)
        told = facts_of(session, self._now())
        painter.drawText(second, flags, below.elidedText(told, Qt.TextElideMode.ElideRight, second.width()))

    @staticmethod
    def _paint_lights(painter: QPainter, place: QRectF, session: Session) -> float:
        """Paint how each destination was, and return how much room that took."""
        shown = session.destinations[:_MOST_LIGHTS]
        for number, destination in enumerate(reversed(shown)):
            kind = how_it_was(session, destination)
            spot = QRectF(place.right() - (number + 1) * (_LIGHT_PX + 3), place.y() + 2, _LIGHT_PX, _LIGHT_PX)
            paint_light(painter, spot, kind, colour_of(kind, look().palette))
        return len(shown) * (_LIGHT_PX + 3) + 8.0


def title_of(session: Session) -> str:
    """Return what it is called, even if nobody called it anything."""
    return session.title or untitled(is_rehearsal=session.is_rehearsal)


def facts_of(session: Session, now: datetime) -> str:
    """Return when it was, how long, and how it ended if that was not as planned."""
    if session.ended_at is None:
        length = figures.short_duration((now - session.started_at).total_seconds())
        return QCoreApplication.translate("History", "On air for {length}").format(length=length)
    length = figures.short_duration((session.ended_at - session.started_at).total_seconds())
    endings = {
        "failed": QCoreApplication.translate("History", "failed"),
        "interrupted": QCoreApplication.translate("History", "interrupted"),
    }
    told = [moments.moment(session.started_at, now), length, endings.get(session.ending or "", "")]
    return " · ".join(each for each in told if each)


def how_it_was(session: Session, destination: PastDestination) -> LightKind:
    """Return one light for all that a destination went through.

    LIVE: always connected. SLOW: with gaps. BAD: never. OFF: it did not have to be.
    """
    until = session.ended_at or session.last_seen_at or session.started_at
    share = connected_share(stretches_of(destination.changes, session.started_at, until))
    if share is None:
        return LightKind.OFF
    if share >= 1:
        return LightKind.LIVE
    return LightKind.SLOW if share > 0 else LightKind.BAD


def spoken(session: Session, now: datetime) -> str:
    """Return what a screen reader says of it."""
    return f"{title_of(session)}, {facts_of(session, now)}"


def _title_font() -> QFont:
    return look().font(13, QFont.Weight.DemiBold)


def _small_font() -> QFont:
    return look().font(12)

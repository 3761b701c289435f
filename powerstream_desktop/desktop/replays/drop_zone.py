"""Files and folders that are dragged onto a page: what they are, and what shows that they may be dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.look import look

_MARGIN_PX: Final = 14
_RADIUS_PX: Final = 14


class DropZone(QWidget):
    """Lies over a page while files are dragged across it.

    Args:
        page: takes drops from now on.
        take: gets the paths that were dropped.
    """

    def __init__(self, page: QWidget, take: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__(page)
        self._page = page
        self._take = take
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop files here"))
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged over the page."""
        if watched is not self._page:
            return False
        if isinstance(event, QDragEnterEvent):
            return self._invite(event)
        if event.type() is QEvent.Type.DragLeave:
            self.hide()
        elif event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hide()
            event.acceptProposedAction()
            self._take(files_in(event.mimeData()))
            return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Say what dropping does."""
        palette = look().palette
        place = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), palette.shade)
            painter.setBrush(palette.surface)
            painter.setPen(QPen(palette.accent, 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(place, _RADIUS_PX, _RADIUS_PX)
            painter.setFont(look().font(15, QFont.Weight.DemiBold))
            painter.setPen(palette.text)
            words = self.tr(
                "Drop films or folders here: they come into the library, and stay where they lie."
            )
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(place.adjusted(24, 24, -24, -24), flags, words)

    def _invite(self, event: QDragEnterEvent) -> bool:
        # Cards that are dragged out of this window are in the library already.
        if event.source() is not None or not files_in(event.mimeData()):
            return False
        event.acceptProposedAction()
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()
        return True


def files_in(content: QMimeData) -> tuple[str, ...]:
    """Return the paths of what is dragged; of what lies on another computer there are none."""
    return tuple(url.toLocalFile() for url in content.urls() if url.isLocalFile())

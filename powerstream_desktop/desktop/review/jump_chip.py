"""A chip that leads to a moment of the film."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.review.moments import Moment, MomentKind

_TONES = {MomentKind.MARKER: Tone.WARN, MomentKind.MISSED: Tone.ERR, MomentKind.BREAK: Tone.MUTED}
_MOST_WIDE_PX = 420


class JumpChip(QPushButton):
    """Space, Return and a click go there; Delete and its menu remove a marker.

    Args:
        moment: where it leads.
        parent: where it is shown.
    """

    removal_wanted = Signal(str)  # of the marker with this id

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment = moment
        self.setProperty("tone", _TONES[moment.kind].value)
        self.setAccessibleName(moment.text)
        self.setToolTip(plain_tip(moment.text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_MOST_WIDE_PX)
        flag = "⚑ " if moment.kind is MomentKind.MARKER else ""
        room = _MOST_WIDE_PX - 40
        words = self.fontMetrics().elidedText(moment.text, Qt.TextElideMode.ElideRight, room)
        self.setText(flag + words.replace("&", "&&"))  # an ampersand in a label is no mnemonic

    @property
    def moment(self) -> Moment:
        """Where it leads."""
        return self._moment

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        is_marker = bool(self._moment.marker_id)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
        elif is_marker and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removal_wanted.emit(self._moment.marker_id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to remove a marker."""
        if self._moment.marker_id:
            menu = self.removal_menu()
            menu.popup(event.globalPos())

    def removal_menu(self) -> QMenu:
        """Return the menu of a marker; gone when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Remove marker")).triggered.connect(self._remove)
        return menu

    def _remove(self) -> None:
        self.removal_wanted.emit(self._moment.marker_id)

"""Where sheets are shown: over the page, which stays as it is and goes on. Never a modal dialog (DESIGN section 9)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from powerstream_desktop.desktop.kit.sheet import SheetHeader
from powerstream_desktop.desktop.look.look import look

_MARGIN_PX = 16


class SheetFrame(QWidget):
    """Covers another widget while a sheet is open; several lie on each other, and the topmost is shown.

    Escape closes the topmost. The keyboard stays on it: what is behind it is reached again when it is closed, where it was left.
    A button that cannot be pressed while it works has the keyboard back afterwards; nothing else gets it meanwhile, least of all the
    cross, where the next press would lose what was typed.

    Args:
        covered: what it lies over, and a child of whose parent it is.

    Attributes:
        changed: a sheet was opened, or is being closed: the keyboard has not come back yet.
    """

    changed = Signal()

    def __init__(self, covered: QWidget) -> None:
        super().__init__(covered.parentWidget())
        self._covered = covered
        self._sheets: list[QWidget] = []
        self._left: list[QWidget | None] = []
        self._resting: QWidget | None = None  # had the keyboard when it was switched off
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        self._middle = layout
        covered.installEventFilter(self)
        self.hide()

    @property
    def sheet(self) -> QWidget | None:
        """The topmost sheet; None while none is open."""
        return self._sheets[-1] if self._sheets else None

    def holds(self, name: str) -> bool:
        """Return whether the sheet of this name is open."""
        return any(each.objectName() == name for each in self._sheets)

    def open(self, sheet: QWidget, name: str = "") -> None:
        """Show a sheet. It is deleted when it is closed.

        Args:
            sheet: what is shown; it asks to be closed by its signal ``closed``, if it has one.
            name: by which ``holds`` knows it.
        """
        if name:
            sheet.setObjectName(name)
        if self._sheets:
            self._sheets[-1].hide()
        self._left.append(QApplication.focusWidget())
        self._sheets.append(sheet)
        wanted = sheet.focusWidget()  # moving a sheet here makes it forget
        self._middle.addWidget(sheet, 0, Qt.AlignmentFlag.AlignCenter)
        closed = getattr(sheet, "closed", None)
        if closed is not None:
            closed.connect(lambda: self._take_away(sheet))
        self.setGeometry(self._covered.geometry())
        self.show()
        self.raise_()
        sheet.show()
        self._focus_into(sheet, wanted)
        self.changed.emit()

    def close_topmost(self) -> None:
        """Close the topmost sheet; harmless when there is none."""
        if self._sheets:
            self._take_away(self._sheets[-1])

    def close_all(self) -> None:
        """Close every sheet."""
        while self._sheets:
            self.close_topmost()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered, and give the keyboard back to who rested."""
        if watched is self._resting and event.type() is QEvent.Type.EnabledChange:
            self._end_rest()
        if watched is self._covered and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.setGeometry(self._covered.geometry())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the topmost sheet, unless what is in it took the key."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_topmost()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        """What is behind is not reached; a click beside the sheet does nothing: what was typed would be lost."""

    def focusNextPrevChild(self, is_forwards: bool) -> bool:
        """Go round within the topmost sheet."""
        sheet = self.sheet
        if sheet is None:
            return super().focusNextPrevChild(is_forwards)
        stops = _tab_stops(sheet)
        if not stops:
            return True
        focused = QApplication.focusWidget()
        if focused is not None and sheet.isAncestorOf(focused) and not focused.isEnabled():
            self._rest(sheet, focused)
            return True
        place = stops.index(focused) if focused in stops else (-1 if is_forwards else 0)
        following = stops[(place + (1 if is_forwards else -1)) % len(stops)]
        reason = Qt.FocusReason.TabFocusReason if is_forwards else Qt.FocusReason.BacktabFocusReason
        following.setFocus(reason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is behind."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), look().palette.shade)

    def _take_away(self, sheet: QWidget) -> None:
        if sheet not in self._sheets:
            return
        place = self._sheets.index(sheet)
        is_topmost = place == len(self._sheets) - 1
        del self._sheets[place]
        left = self._left.pop(place)
        self._middle.removeWidget(sheet)
        sheet.hide()
        sheet.deleteLater()
        self.changed.emit()
        if not is_topmost:
            self._left[place] = left  # who opened the one above stood in this one
            return
        if self._sheets:
            self._sheets[-1].show()
        else:
            self.hide()
        if left is not None and Shiboken.isValid(left) and left.isVisible() and left.isEnabled():
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._sheets:
            # Else Qt hands it to any control of the page, and a key that was meant for the sheet is pressed there.
            self._covered.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self, sheet: QWidget, focused: QWidget) -> None:
        """Hold the keyboard for a widget that was switched off while it had it."""
        focused.installEventFilter(self)
        self._resting = focused
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_rest(self) -> None:
        """Give it back, unless the person has gone elsewhere."""
        rested, self._resting = self._resting, None
        if rested is None or not rested.isEnabled():
            self._resting = rested
            return
        rested.removeEventFilter(self)
        if self.sheet is not None and self.sheet.hasFocus() and self.sheet.isAncestorOf(rested):
            rested.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_into(self, sheet: QWidget, wanted: QWidget | None) -> None:
        """Put the keyboard where the sheet wants it, else on what comes first in it, below its heading."""
        stops = _tab_stops(sheet)
        below = [each for each in stops if not isinstance(each.parentWidget(), SheetHeader)]
        first = wanted if wanted in stops else next(iter(below or stops), sheet)
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _tab_stops(sheet: QWidget) -> list[QWidget]:
    """Return what the keyboard reaches in a sheet, in the order of the keyboard."""
    found: list[QWidget] = []
    each = sheet.nextInFocusChain()
    while each is not sheet and each is not None:
        takes_tab = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if (
            takes_tab
            and each.isVisible()
            and each.isEnabled()
            and sheet.isAncestorOf(each)
            and each.focusProxy() is None
        ):
            found.append(each)
        each = each.nextInFocusChain()
    return found

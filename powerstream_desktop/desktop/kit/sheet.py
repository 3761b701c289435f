"""A sheet: a form or a list over the page, which goes on behind it. The window's frame shows it and takes it away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.scroll import Scroll


class SheetHeader(QFrame):
    """The title's line; a class of its own for the style sheet."""


class SheetFooter(QFrame):
    """The buttons' line; a class of its own for the style sheet."""


class Sheet(QFrame):
    """A sheet.

    Args:
        title: its heading.
        width_px: how wide it is where the window allows it.
        parent: the frame over the page.

    Attributes:
        body: what it shows; scrolls where the window is too low for it.
        footer: its buttons, what is meant to be done at the end; without any there is no footer.
    """

    closed = Signal()
    """The person wants it gone: Escape, its cross, or ``dismiss``. What was typed is lost by then."""

    def __init__(self, title: str, width_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width_px = width_px
        self._title = Label(title, bold=True, letters=Letters.TITLE, elide=True)
        self._scroll = Scroll(width_px - 2)
        self.body = self._scroll.body
        self.body.setContentsMargins(22, 18, 22, 18)
        self.body.setSpacing(14)
        self._footer = SheetFooter(self)
        self.footer = QHBoxLayout(self._footer)
        self.footer.setContentsMargins(22, 12, 22, 12)
        self.footer.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._make_header())
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._footer)
        self._footer.setVisible(False)
        self.setMaximumWidth(width_px)
        self.setAccessibleName(title)

    @property
    def width_px(self) -> int:
        """How wide it is where the window allows it."""
        return self._width_px

    def show_title(self, title: str) -> None:
        """Give it another heading."""
        self._title.show_text(title)
        self.setAccessibleName(title)

    def dismiss(self) -> None:
        """Ask to be taken away."""
        self.closed.emit()

    def sizeHint(self) -> QSize:
        """See ``QWidget``: as wide as was said, as high as what it shows."""
        self._footer.setVisible(self.footer.count() > 0)
        return QSize(self._width_px, super().sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``: the footer is there if somebody put something into it."""
        self._footer.setVisible(self.footer.count() > 0)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _make_header(self) -> SheetHeader:
        header = SheetHeader()
        line = QHBoxLayout(header)
        line.setContentsMargins(22, 14, 14, 14)
        line.addWidget(self._title, 1)
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.dismiss)
        line.addWidget(close)
        return header

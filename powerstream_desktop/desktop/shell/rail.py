"""The rail at the left: one entry for each page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.shell.surroundings import PageName

WIDTH_PX: Final = 76
_ICON_PX: Final = 20


class Rail(QWidget):
    """Shows which pages there are, and which is shown.

    Args:
        pages: that there are; settings stand apart at the bottom.
        parent: the window.

    Attributes:
        chosen: somebody wants a page, as ``PageName``.
    """

    chosen = Signal(object)

    def __init__(self, pages: Iterable[PageName], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._entries: dict[PageName, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 10, 4, 10)
        layout.setSpacing(4)
        there = set(pages)
        for page in PageName:
            if page is PageName.SETTINGS:
                layout.addStretch(1)
            if page in there:
                self._entries[page] = entry = self._entry(page)
                layout.addWidget(entry)
        look().changed.connect(self._tint)
        self._tint()

    def show_chosen(self, page: PageName | None) -> None:
        """Show which page is shown; None for one that is not on the rail."""
        # A group in which one must be chosen lets nobody choose none.
        self._group.setExclusive(False)
        for name, entry in self._entries.items():
            entry.setChecked(name is page)
        self._group.setExclusive(True)

    def _entry(self, page: PageName) -> QToolButton:
        entry = QToolButton(self)
        entry.setText(self._word(page))
        entry.setCheckable(True)
        entry.setIconSize(QSize(_ICON_PX, _ICON_PX))
        entry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        entry.clicked.connect(lambda: self._choose(page))
        self._group.addButton(entry)
        return entry

    def _choose(self, page: PageName) -> None:
        self.chosen.emit(page)

    def _word(self, page: PageName) -> str:
        match page:
            case PageName.STUDIO:
                return self.tr("Studio")
            case PageName.STATION:
                return self.tr("Station")
            case PageName.DESTINATIONS:
                return self.tr("Destinations")
            case PageName.REPLAYS:
                return self.tr("Replays")
            case PageName.SESSIONS:
                return self.tr("Sessions")
            case PageName.SETTINGS:
                return self.tr("Settings")

    def _tint(self) -> None:
        for page, entry in self._entries.items():
            entry.setIcon(look().icon(page.value))

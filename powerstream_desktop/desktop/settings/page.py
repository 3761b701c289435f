"""The settings page: parts at the left, their settings at the right, and a search through all of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from powerstream_desktop.client.settings import AllSettings, Value
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.settings.about_part import AboutPart
from powerstream_desktop.desktop.settings.audio_part import AudioPart
from powerstream_desktop.desktop.settings.cloud_part import CloudPart
from powerstream_desktop.desktop.settings.hotkeys_part import HotkeysPart
from powerstream_desktop.desktop.settings.keeper import SettingsKeeper
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section, title_of
from powerstream_desktop.desktop.settings.security_part import SecurityPart
from powerstream_desktop.desktop.settings.video_part import VideoPart
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_LEFT_PX: Final = 210
_WIDEST_PX: Final = 960
_ITEM_PX: Final = 36


class SettingsPage(Page):
    """Everything that can be chosen for good. A change is sent at once; what is refused says so in its place.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._keeper = SettingsKeeper(surroundings, self)
        self._keeper.changed.connect(self._show_settings)
        self._keeper.failed.connect(self._show_failure)
        surroundings.feed.settings_changed.connect(self._look_again)
        self._is_up = False
        self._section = Section.VIDEO
        self._settings: AllSettings | None = None
        self._unfilled: list[Section] = []
        self._fill_later = QTimer(self, singleShot=True, interval=0)
        self._fill_later.timeout.connect(self._fill_one)
        self._parts = self._make_parts(surroundings)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setAccessibleName(self.tr("Search settings"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(lambda _: self._show_meant())
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Parts of the settings"))
        for section in Section:
            item = QListWidgetItem(title_of(section))
            item.setSizeHint(QSize(0, _ITEM_PX))
            self._list.addItem(item)
        self._list.currentRowChanged.connect(self._choose)
        self._filler = Filler()
        self._right = Scroll()
        self._arrange()
        self._list.setCurrentRow(0)
        self._show_meant()
        self._filler.loading(self.tr("Asking for the settings …"))

    @property
    def subject(self) -> str:
        """See ``Page``: the part that is chosen."""
        return self._section.value

    def came_up(self) -> None:
        """See ``Page``."""
        self._is_up = True
        self._keeper.load()
        self._parts[self._section].came_up()

    def went_down(self) -> None:
        """See ``Page``."""
        self._is_up = False
        self._parts[self._section].went_down()

    def show_subject(self, subject: str) -> None:
        """See ``Page``: shows a part, by the value of ``Section``; another subject is searched for."""
        sections = [each.value for each in Section]
        self._search.setText("" if subject in sections else subject)
        if subject in sections:
            self._list.setCurrentRow(sections.index(subject))

    def _make_parts(self, surroundings: Surroundings) -> dict[Section, Part]:
        parts: dict[Section, Part] = {
            Section.VIDEO: VideoPart(surroundings),
            Section.AUDIO: AudioPart(surroundings),
            Section.RECORDING: Part(Section.RECORDING),
            Section.CLOUD: CloudPart(surroundings),
            Section.HOTKEYS: HotkeysPart(surroundings),
            Section.APPEARANCE: Part(Section.APPEARANCE),
            Section.SECURITY: SecurityPart(surroundings),
            Section.ABOUT: AboutPart(surroundings),
        }
        for part in parts.values():
            if part.options is not None:
                part.options.wanted.connect(self._change)
        return parts

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addWidget(self._left_column())
        layout.addWidget(self._right, 1)
        column = QWidget()
        column.setMaximumWidth(_WIDEST_PX)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(14)
        stack.addWidget(self._filler)
        for part in self._parts.values():
            stack.addWidget(part)
        stack.addStretch(1)
        # The line decides the column's width, and so how high wrapped words are.
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 8, 0)
        line.addWidget(column, 1)
        line.addStretch()
        self._right.body.addLayout(line)

    def _left_column(self) -> QWidget:
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = Card()
        card.body.setContentsMargins(0, 6, 0, 6)
        card.body.addWidget(self._list)
        column = QWidget()
        column.setFixedWidth(_LEFT_PX)
        left = QVBoxLayout(column)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        left.addWidget(self._search)
        left.addWidget(card, 1)
        return column

    def _choose(self, row: int) -> None:
        before, self._section = self._section, list(Section)[max(0, row)]
        if self._search.text():
            self._search.clear()
        self._show_meant()
        if self._is_up and before is not self._section:
            self._parts[before].went_down()
            self._parts[self._section].came_up()

    def _show_meant(self) -> None:
        """Show the chosen part whole, or of all parts what the search means."""
        words = self._search.text().strip()
        is_found = False
        for section, part in self._parts.items():
            is_shown = False
            if words or section is self._section:
                self._fill(section)
                is_shown = part.search(words) or not words
            part.setVisible(is_shown)
            is_found = is_found or is_shown
        if not is_found:
            self._filler.empty(self.tr("No setting is called like that."), self.tr("Try another word."))
        self._filler.setVisible(not is_found)
        self._right.verticalScrollBar().setValue(0)

    def _change(self, name: str, value: Value | None) -> None:
        self._keeper.change(name, value, lambda error: self._refuse(name, error))

    def _look_again(self) -> None:
        if self._is_up:
            self._keeper.look_again()

    def _refuse(self, name: str, error: PowerStreamError) -> None:
        for part in self._parts.values():
            row = part.options.row(name) if part.options is not None else None
            if row is not None:
                row.refuse(error)

    def _show_settings(self, settings: AllSettings) -> None:
        self._settings, self._unfilled = settings, list(Section)
        self._show_meant()
        self._fill_later.start()

    def _fill(self, section: Section) -> None:
        """Show the newest settings in a part, if they are not there yet."""
        if self._settings is not None and section in self._unfilled:
            self._unfilled.remove(section)
            self._parts[section].show_settings(self._settings)

    def _fill_one(self) -> None:
        """Parts that nobody sees are made a row at a time: a whole one would hold the window up."""
        if self._unfilled and self._settings is not None:
            if not self._parts[self._unfilled[0]].make_row(self._settings):
                self._fill(self._unfilled[0])
            self._fill_later.start()

    def _show_failure(self, error: PowerStreamError) -> None:
        self._filler.error(said(getattr(error, "code", ""), error.title), self._keeper.load)
        self._filler.setVisible(True)

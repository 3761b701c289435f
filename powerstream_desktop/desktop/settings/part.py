"""A part of the settings page: cards that belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.settings import AllSettings, Setting
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.look.restyle import set_style_property
from powerstream_desktop.desktop.settings.option_row import OptionRow, effect_in_words
from powerstream_desktop.desktop.settings.sections import Section, is_meant, section_of, title_of


def common_effect(effects: Sequence[str]) -> str:
    """Return what holds for more than half of some settings; an empty text if nothing does.

    Args:
        effects: when a change of each shows, in the service's words.
    """
    [(effect, count)] = Counter(effects).most_common(1) or [("", 0)]
    return effect if 2 * count > len(effects) else ""


class OptionsCard(Card):
    """The settings of one part; made of what the service declares."""

    wanted = Signal(str, object)
    """The user wants a value for this name; None for the default."""

    def __init__(self, section: Section) -> None:
        super().__init__(title_of(section))
        self._section = section
        self._rows: dict[str, OptionRow] = {}
        self._effect = Label(tone=Tone.FAINT, letters=Letters.SMALL)
        self.add_to_header(self._effect)

    @property
    def rows(self) -> Iterable[OptionRow]:
        """All rows, in the service's order."""
        return self._rows.values()

    def row(self, name: str) -> OptionRow | None:
        """Return a setting's row."""
        return self._rows.get(name)

    def make_row(self, settings: AllSettings) -> bool:
        """Make the first row that is still missing; return whether one was."""
        for setting in settings.settings:
            if section_of(setting) is self._section and setting.name not in self._rows:
                self._make(setting)
                return True
        return False

    def show_settings(self, settings: AllSettings) -> None:
        """Show the values of now; rows are made once."""
        for setting in settings.settings:
            if section_of(setting) is not self._section:
                continue
            if setting.name in self._rows:
                self._rows[setting.name].show_setting(setting)
            else:
                self._make(setting)
        self._say_common_effect()
        *others, last = self._rows.values()
        for row in others:
            set_style_property(row, "box", "row")
        set_style_property(last, "box", "")  # the card's own line is below it

    def search(self, words: str) -> bool:
        """Show what is meant; return whether anything is."""
        found = [row.search(words) for row in self._rows.values()]
        return any(found)

    def _make(self, setting: Setting) -> None:
        row = self._rows[setting.name] = OptionRow(setting)
        row.wanted.connect(self.wanted)
        self.body.addWidget(row)

    def _say_common_effect(self) -> None:
        """What holds for most rows is said once, in the heading; what is otherwise says so itself."""
        common = common_effect([row.effect for row in self._rows.values()])
        self._effect.show_text(effect_in_words(common))
        for row in self._rows.values():
            row.show_effect(besides=common)


class Part(QWidget):
    """One part.

    Args:
        section: which.
        has_options: settings are among its cards.
    """

    def __init__(self, section: Section, *, has_options: bool = True) -> None:
        super().__init__()
        self.section = section
        self.options = OptionsCard(section) if has_options else None
        self._cards: list[tuple[Card, tuple[str, ...]]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        if self.options is not None:
            self._layout.addWidget(self.options)

    def add_card(self, card: Card, *texts: str, is_first: bool = False) -> None:
        """Show a card that is no list of settings.

        Args:
            card: the card.
            texts: what it can be found by.
            is_first: it stands before the settings.
        """
        self._cards.append((card, texts))
        self._layout.insertWidget(0 if is_first else self._layout.count(), card)

    def make_row(self, settings: AllSettings) -> bool:
        """Make one of the rows that are still missing, before they are shown; return whether one was."""
        return self.options is not None and self.options.make_row(settings)

    def show_settings(self, settings: AllSettings) -> None:
        """Show the values of now."""
        if self.options is not None:
            self.options.show_settings(settings)

    def search(self, words: str) -> bool:
        """Show what is meant; return whether anything is."""
        is_found = False
        if self.options is not None:
            is_found = self.options.search(words)
            self.options.setVisible(is_found)
        for card, texts in self._cards:
            meant = is_meant(words, (*texts, title_of(self.section)))
            card.setVisible(meant)
            is_found = is_found or meant
        return is_found

    def came_up(self) -> None:
        """It is shown from now on: ask what is needed."""

    def went_down(self) -> None:
        """It is not seen any more: watch nothing."""

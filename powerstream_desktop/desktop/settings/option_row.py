"""A setting on the page: its name and help at the left, its editor at the right, what is wrong with it below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from powerstream_desktop.client.settings import Setting
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.look.restyle import set_style_property
from powerstream_desktop.desktop.settings.editors import (
    ChoiceEditor,
    Editor,
    FlagEditor,
    NumberEditor,
    TextEditor,
)
from powerstream_desktop.desktop.settings.folder_editor import FolderEditor
from powerstream_desktop.desktop.settings.keys_editor import KeysEditor
from powerstream_desktop.desktop.settings.sections import is_meant
from powerstream_desktop.desktop.settings.setting_names import setting_name

EDITOR_PX: Final = 300
_EDITORS: Final[dict[str, type[Editor]]] = {
    "flag": FlagEditor,
    "number": NumberEditor,
    "choice": ChoiceEditor,
    "folder": FolderEditor,
    "keys": KeysEditor,
}


def effect_in_words(effect: str) -> str:
    """Return when a change of a setting shows; an empty text for at once.

    Args:
        effect: the service's word.
    """
    return {
        "next-broadcast": QCoreApplication.translate("OptionRow", "From the next broadcast on."),
        "next-start": QCoreApplication.translate("OptionRow", "After the next start of PowerStream."),
    }.get(effect, "")


class OptionRow(QFrame):
    """One setting.

    Args:
        setting: as the service declares it.
    """

    wanted = Signal(str, object)
    """The user wants a value for this name; None for the default."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setProperty("box", "row")
        self._setting = setting
        self._title = setting_name(setting.name)
        self._help = said("", setting.help)
        self.editor = _EDITORS.get(setting.type, TextEditor)(setting)
        self.editor.setFixedWidth(EDITOR_PX)
        self.editor.chosen.connect(lambda value: self.wanted.emit(setting.name, value))
        self._reset = IconButton("undo", self.tr("Reset to the default: {name}").format(name=self._title))
        self._reset.clicked.connect(lambda: self.wanted.emit(setting.name, None))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._chip = Chip()
        self._chip.hide()
        self._effect = Label(tone=Tone.FAINT, letters=Letters.SMALL, wrap=True)
        self._effect.hide()
        self._note = Label(tone=Tone.FAINT, letters=Letters.SMALL, wrap=True)
        self._note.hide()
        self._error = Label(tone=Tone.ERR, letters=Letters.SMALL, wrap=True)
        self._error.hide()
        if isinstance(self.editor, KeysEditor):
            self.editor.refused.connect(self.show_error)
        self._arrange()
        self.show_setting(setting)

    @property
    def name(self) -> str:
        """Of the setting."""
        return self._setting.name

    @property
    def effect(self) -> str:
        """When a change shows, in the service's word."""
        return self._setting.effect

    def show_effect(self, *, besides: str) -> None:
        """Say when a change shows, unless it is what the heading says already.

        Args:
            besides: the heading's, in the service's word; empty when it says nothing.
        """
        sentence = "" if self.effect == besides else effect_in_words(self.effect)
        if not sentence and effect_in_words(besides) and self.effect != besides:
            sentence = self.tr("At once.")
        self._effect.show_text(sentence)
        self._effect.setVisible(bool(sentence))

    @property
    def error(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return self._error.text()

    def show_setting(self, setting: Setting) -> None:
        """Show its value of now; what was wrong before is not any more."""
        self._setting = setting
        self.editor.show_value(setting.value)
        self._reset.setVisible(setting.value != setting.default)
        self.show_error("")

    def refuse(self, error: PowerStreamError) -> None:
        """Say why a value could not be; the one that is stays shown."""
        self.editor.show_value(self._setting.value)
        self.show_error(said(getattr(error, "code", ""), error.title))

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; empty when nothing is."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))
        set_style_property(self.editor, "wrong", "true" if sentence else "false")

    def show_note(self, sentence: str) -> None:
        """Say something about it below its help."""
        self._note.show_text(sentence)
        self._note.setVisible(bool(sentence))

    def show_chip(self, text: str, tone: Tone) -> None:
        """Say how it works, beside its name; empty when there is nothing to say."""
        self._chip.show_text(text, tone)
        self._chip.setVisible(bool(text))

    def search(self, words: str) -> bool:
        """Show it if it is meant; return whether it is."""
        meant = is_meant(words, (self._title, self._help, self._setting.name))
        self.setVisible(meant)
        return meant

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self._title, bold=True))
        head.addWidget(self._chip)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(Label(self._help, Tone.MUTED, letters=Letters.SMALL, wrap=True))
        words.addWidget(self._effect)
        words.addWidget(self._note)
        words.addWidget(self._error)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 11, 10, 11)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.addLayout(words, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self._reset, 0, 2)
        self.editor.setAccessibleDescription(self._help)

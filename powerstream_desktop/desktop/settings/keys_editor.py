"""Choosing a shortcut by pressing it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton

from powerstream_desktop.client.settings import Setting, Value
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.key_words import key_words
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.settings.editors import Editor
from powerstream_desktop.desktop.settings.qt_keys import is_only_beside, key_of, modifiers_of


class KeyCatcher(QPushButton):
    """Pressed, it waits for a shortcut, and takes every key until one comes. Escape, or leaving it, stops the wait.

    Attributes:
        caught: a shortcut came (``KeyCombination``).
        waits_changed: it waits from now on, or no more.
        refused: a key came that cannot be; carries a sentence.
    """

    caught = Signal(object)
    waits_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._text = ""
        self._waits = False
        self.clicked.connect(lambda: self._wait(is_on=True))

    @property
    def waits(self) -> bool:
        """Whether the next shortcut is taken."""
        return self._waits

    def show_shortcut(self, text: str) -> None:
        """Show what is set; empty for none."""
        self._text = text
        self._render()

    def event(self, event: QEvent) -> bool:
        """See ``QWidget``: while it waits, no shortcut of the window's and no Tab leads away."""
        if self._waits and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self._waits and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``: Return begins the wait as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See ``QWidget``."""
        self._wait(is_on=False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._wait(is_on=False)
            return
        if is_only_beside(event):
            return
        try:
            combination = KeyCombination(key=key_of(event), modifiers=modifiers_of(event))
        except UserError as error:
            self.refused.emit(said("", error.title))
            return
        self._wait(is_on=False)
        self.caught.emit(combination)

    def _wait(self, *, is_on: bool) -> None:
        if is_on is not self._waits:
            self._waits = is_on
            self._render()
            self.waits_changed.emit(is_on)

    def _render(self) -> None:
        shown = self.tr("Press the keys …") if self._waits else self._text or self.tr("None")
        self.setText(shown)
        self.setAccessibleName(f"{self._name}: {shown}")


class KeysEditor(Editor):
    """A shortcut."""

    waits_changed = Signal(bool)
    """Keys are waited for from now on, or no more: hotkeys must not catch them meanwhile."""
    refused = Signal(str)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._catcher = KeyCatcher(self._name)
        self._catcher.caught.connect(lambda combination: self.chosen.emit(str(combination)))
        self._catcher.waits_changed.connect(self.waits_changed)
        self._catcher.refused.connect(self.refused)
        self._none = IconButton("close", self.tr("Remove the shortcut of: {name}").format(name=self._name))
        self._none.clicked.connect(lambda: self.chosen.emit(""))
        self._line.addWidget(self._catcher, 1)
        self._line.addWidget(self._none)
        self.setFocusProxy(self._catcher)

    def show_value(self, value: Value) -> None:
        """See ``Editor``."""
        try:
            shown = key_words(KeyCombination.of(str(value)))
        except UserError:
            shown = ""
        self._catcher.show_shortcut(shown)
        self._none.setEnabled(bool(shown))

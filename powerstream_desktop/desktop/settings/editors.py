"""One small editor for each kind of setting. An editor shows a value, and tells when the user has chosen another; it keeps none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from powerstream_desktop.client.settings import Setting, Value
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.settings.calm_boxes import CalmComboBox, CalmSpinBox
from powerstream_desktop.desktop.settings.setting_names import choice_name, setting_name

_STEPS_MS: Final = 400
"""Whoever steps through numbers means the last."""


class Editor(QWidget):
    """An editor.

    Args:
        setting: what is edited; its name names the control for screen readers.
    """

    chosen = Signal(object)
    """The user wants this value (``Value``)."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._name = setting_name(setting.name)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)

    def show_value(self, value: Value) -> None:
        """Show what is set; what the user is typing at this moment stays."""
        raise NotImplementedError


class FlagEditor(Editor):
    """On or off."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._switch = Switch(self._name)
        self._switch.clicked.connect(lambda: self.chosen.emit(self._switch.isChecked()))
        self._line.addStretch(1)
        self._line.addWidget(self._switch)
        self.setFocusProxy(self._switch)

    def show_value(self, value: Value) -> None:
        """See ``Editor``."""
        self._switch.setChecked(value is True)


class NumberEditor(Editor):
    """A number in its range, with its unit."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._box = CalmSpinBox()
        self._box.setRange(setting.words.get("lowest") or 0, setting.words.get("highest") or 2**31 - 1)
        self._box.setSuffix(f"\u00a0{said('', setting.unit)}" if setting.unit else "")
        self._box.setGroupSeparatorShown(False)
        self._box.setAccessibleName(self._name)
        self._wait = QTimer(self, singleShot=True, interval=_STEPS_MS)
        self._wait.timeout.connect(lambda: self.chosen.emit(self._box.value()))
        self._box.valueChanged.connect(lambda _: self._wait.start())
        self._line.addWidget(self._box)
        self.setFocusProxy(self._box)

    def show_value(self, value: Value) -> None:
        """See ``Editor``."""
        if self._wait.isActive():
            return
        with QSignalBlocker(self._box):
            self._box.setValue(value if isinstance(value, int) else 0)


class ChoiceEditor(Editor):
    """One of a few words."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._box = CalmComboBox(self._name)
        for choice in setting.words.get("choices", ()):
            self._box.addItem(choice_name(choice), choice)
        self._box.activated.connect(lambda _: self.chosen.emit(self._box.currentData()))
        self._line.addWidget(self._box)
        self.setFocusProxy(self._box)

    def show_value(self, value: Value) -> None:
        """See ``Editor``."""
        self._box.setCurrentIndex(self._box.findData(value))


class TextEditor(Editor):
    """A text of a certain form; with what most people take, where there is such."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._shown = ""
        self._text = QLineEdit()
        self._text.setPlaceholderText(str(setting.words.get("example", "")))
        self._text.editingFinished.connect(self._tell)
        suggestions = list(setting.words.get("suggestions", ()))
        field = self._box_with(suggestions) if suggestions else self._text
        field.setAccessibleName(self._name)
        self._line.addWidget(field)
        self.setFocusProxy(field)

    def _box_with(self, suggestions: list[str]) -> CalmComboBox:
        box = CalmComboBox(self._name)
        box.setLineEdit(self._text)
        box.setInsertPolicy(CalmComboBox.InsertPolicy.NoInsert)
        box.addItems(suggestions)
        box.setCurrentText("")
        box.activated.connect(lambda _: self._tell())
        return box

    def show_value(self, value: Value) -> None:
        """See ``Editor``."""
        self._shown = str(value)
        if not self._text.isModified():
            self._text.setText(self._shown)
            self._text.setCursorPosition(0)  # of a long text the beginning is seen

    def _tell(self) -> None:
        self._text.setModified(False)
        text = self._text.text().strip()
        if text != self._shown:
            self.chosen.emit(text)

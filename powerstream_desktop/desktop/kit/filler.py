"""What stands in the place of a list that has nothing to show: it is being asked for, it could not be had, or it is empty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone


class Filler(QWidget):
    """One of three sentences, with what can be done about it.

    Args:
        parent: the list's place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = Light()
        self._sentence = Label(wrap=True)
        self._hint = Label(tone=Tone.FAINT, letters=Letters.SMALL, wrap=True)
        self._button = Button("", Role.SMALL)
        self._button.clicked.connect(self._act)
        self._action: Callable[[], None] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(1)
        layout.addWidget(self._light, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.loading(self.tr("Loading…"))

    def loading(self, text: str) -> None:
        """Say that it is being asked for."""
        self._show(LightKind.WORKING, text, Tone.MUTED)

    def error(self, text: str, retry: Callable[[], None], hint: str = "") -> None:
        """Say why it could not be had.

        Args:
            text: the reason.
            retry: asks again.
            hint: what to do; may be empty.
        """
        self._show(LightKind.BAD, text, Tone.PLAIN, hint, self.tr("Try again"), retry)

    def empty(
        self, text: str, hint: str = "", action_text: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Say that there is nothing.

        Args:
            text: what there is none of.
            hint: how something would come here; may be empty.
            action_text: words of the button that makes something; empty for no button.
            action: what it does.
        """
        self._show(None, text, Tone.MUTED, hint, action_text, action)

    def _show(
        self,
        light: LightKind | None,
        text: str,
        tone: Tone,
        hint: str = "",
        action_text: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        self._light.setVisible(light is not None)
        if light is not None:
            self._light.show_light(light, text)
        self._sentence.show_text(text, tone)
        self._hint.show_text(hint)
        self._hint.setVisible(bool(hint))
        self._action = action
        self._button.setText(action_text)
        self._button.setVisible(bool(action_text))
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)

    def _act(self) -> None:
        if self._action is not None:
            self._action()

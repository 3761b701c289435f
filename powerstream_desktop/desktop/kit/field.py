"""A field of a form: its name above, help and what is wrong with it below."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.look.restyle import set_style_property


class Field(QWidget):
    """A field.

    Args:
        label: its name; may have a mnemonic.
        widget: what is filled in; gets the name as its accessible name, unless it has one.
        help: a sentence below; may be empty.
        parent: where it is shown.
    """

    def __init__(self, label: str, widget: QWidget, help: str = "", parent: QWidget | None = None) -> None:  # noqa: A002 - a word of the kit's contract
        super().__init__(parent)
        self._widget = widget
        self._help = help
        name = Label(label, Tone.MUTED, letters=Letters.SMALL, parent=self)
        name.setBuddy(widget)
        self._below = Label(help, Tone.FAINT, letters=Letters.SMALL, wrap=True, parent=self)
        self._below.setVisible(bool(help))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        for part in (name, widget, self._below):
            layout.addWidget(part)
        if not widget.accessibleName():
            widget.setAccessibleName(label.replace("&", ""))
        widget.setAccessibleDescription(help)
        self.setFocusProxy(widget)

    @property
    def error(self) -> str:
        """What is said to be wrong with it; empty when nothing is."""
        return self._below.text() if self._widget.property("wrong") == "true" else ""

    def show_error(self, text: str) -> None:
        """Say what is wrong with it, in place of the help; empty when nothing is any more."""
        said = text or self._help
        self._below.show_text(said, Tone.ERR if text else Tone.FAINT)
        self._below.setVisible(bool(said))
        self._widget.setAccessibleDescription(said)
        set_style_property(self._widget, "wrong", "true" if text else "false")

"""The form of one source's content: shows the API's words, and gives them back as the user changed them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.reading import Words

GAP_PX = 10


class ContentForm(QWidget):
    """Of a kind that has nothing to choose, such as the test picture; the others build on it.

    Args:
        content: at first; what a form does not know of it is kept.
        parent: the panel or the sheet.
    """

    changed = Signal()
    """The user changed something."""

    def __init__(self, content: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: dict[str, Any] = dict(content)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(GAP_PX)

    @property
    def content(self) -> dict[str, Any]:
        """What the form says."""
        return dict(self._content)

    @property
    def suggested_name(self) -> str:
        """What a new source of this content might be called; empty for the kind's own name."""
        return ""

    @property
    def is_complete(self) -> bool:
        """A source can be made of it."""
        return True

    def show_content(self, content: Words) -> None:
        """Show other content, without a word to anybody."""
        if content != self._content:
            self._content = dict(content)
            self._render()

    def _render(self) -> None:
        """Show the content in the fields; what is the same already is left alone, and with it the cursor."""

    def _take(self, values: Mapping[str, Any]) -> None:
        """Take what a field says now."""
        if any(self._content.get(name) != value for name, value in values.items()):
            self._content.update(values)
            self.changed.emit()

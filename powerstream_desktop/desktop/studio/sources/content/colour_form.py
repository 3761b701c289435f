"""Colours: a button that shows one and opens Qt's chooser."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QWidget

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm


def colour_of(words: Any) -> QColor:
    """Return a colour of the API; black for anything else."""
    if not isinstance(words, dict):
        return QColor(0, 0, 0)
    return QColor(*(int(words.get(part, 255)) for part in ("red", "green", "blue", "alpha")))


def words_of(colour: QColor) -> dict[str, int]:
    """Return a colour as the API says it."""
    return {
        "red": colour.red(), "green": colour.green(), "blue": colour.blue(), "alpha": colour.alpha(),
    }  # fmt: skip


class ColourButton(Button):
    """Shows a colour as a patch and in figures; a press chooses another.

    Args:
        title: of the chooser, and what the colour is of.
        has_alpha: it may be seen through.
        parent: the form.
    """

    chosen = Signal(QColor)

    def __init__(self, title: str, *, has_alpha: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", Role.SMALL, parent=parent)
        self._title = title
        self._has_alpha = has_alpha
        self._colour = QColor(0, 0, 0)
        self.clicked.connect(self._open)
        self.show_colour(self._colour)

    def show_colour(self, colour: QColor) -> None:
        """Show a colour."""
        self._colour = colour
        name = colour.name(QColor.NameFormat.HexRgb).upper()
        if self._has_alpha and colour.alpha() == 0:
            name = self.tr("None")
        self.setText(f"      {name}")
        self.setAccessibleName(f"{self._title}: {name}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See ``QWidget``: the patch lies left of the figures."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = 14
            patch = QRectF(10, (self.height() - side) / 2, side, side)
            painter.setPen(QPen(look().palette.muted, 1))
            painter.setBrush(self._colour)
            painter.drawRoundedRect(patch, 3, 3)

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        return super().sizeHint().expandedTo(QSize(112, 0))

    def _open(self) -> None:
        dialog = QColorDialog(self._colour, self)
        dialog.setWindowTitle(self._title)
        dialog.setOption(QColorDialog.ColorDialogOption.ShowAlphaChannel, self._has_alpha)
        dialog.colorSelected.connect(self._chose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chose(self, colour: QColor) -> None:
        self.show_colour(colour)
        self.chosen.emit(colour)


class ColourForm(ContentForm):
    """One colour that fills the layer."""

    def __init__(self, content: Words, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        self._button = ColourButton(self.tr("Colour"), has_alpha=True)
        self._button.chosen.connect(lambda colour: self._take({"colour": words_of(colour)}))
        self.rows.addWidget(Field(self.tr("Colour"), self._button))
        self._render()

    def _render(self) -> None:
        self._button.show_colour(colour_of(self._content.get("colour")))

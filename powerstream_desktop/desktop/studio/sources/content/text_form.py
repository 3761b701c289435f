"""Words on the screen: a fixed text, a clock or a countdown, with font, size, colours and alignment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QFontComboBox,
    QHBoxLayout,
    QLayout,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.studio.sources.content.colour_form import (
    ColourButton,
    colour_of,
    words_of,
)
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm

_MAX_CHARACTERS: Final = 2_000
_TEXT_ROWS: Final = 3
_IN_TEN_MINUTES_S: Final = 600
_BLACK: Final = {"red": 0, "green": 0, "blue": 0, "alpha": 255}


class TextForm(ContentForm):
    """The form of a text.

    Args:
        content: at first.
        parent: the panel or the sheet.
    """

    def __init__(self, content: Words, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        self._make_words()
        self._make_letters()
        self._make_outline()
        self._render()

    @property
    def suggested_name(self) -> str:
        """Return the first line."""
        return str(self._content.get("text", "")).strip().partition("\n")[0][:40]

    @property
    def is_complete(self) -> bool:
        """Whether there are words; a countdown needs none."""
        return bool(str(self._content.get("text", "")).strip()) or self._kind.currentData() == "countdown"

    def _make_words(self) -> None:
        self._kind = QComboBox()
        for value, name in (
            ("fixed", self.tr("Fixed text")),
            ("clock", self.tr("Clock")),
            ("countdown", self.tr("Countdown")),
        ):
            self._kind.addItem(name, value)
        self._kind.activated.connect(self._kind_chosen)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * _TEXT_ROWS + 18)
        self._text.textChanged.connect(self._typed)
        self._until = QDateTimeEdit()
        self._until.setCalendarPopup(True)
        self._until.dateTimeChanged.connect(self._until_chosen)
        self._words_field = Field(self.tr("Text"), self._text)
        self._until_field = Field(self.tr("Counts down to"), self._until)
        for field in (Field(self.tr("Shows"), self._kind), self._words_field, self._until_field):
            self.rows.addWidget(field)

    def _make_letters(self) -> None:
        self._font = QFontComboBox()
        self._font.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._font.setMinimumContentsLength(8)
        self._font.activated.connect(lambda _: self._take({"font": self._font.currentFont().family()}))
        self._size = _per_cent(1, 100)
        self._size.valueChanged.connect(lambda share: self._take({"size": share / 100}))
        self._bold = Switch(self.tr("Bold"))
        self._bold.toggled.connect(lambda is_on: self._take({"bold": is_on}))
        self._colour = ColourButton(self.tr("Colour"), has_alpha=True)
        self._colour.chosen.connect(lambda colour: self._take({"colour": words_of(colour)}))
        self._alignment = QComboBox()
        for value, name in (
            ("left", self.tr("Left")),
            ("centre", self.tr("Centre")),
            ("right", self.tr("Right")),
        ):
            self._alignment.addItem(name, value)
        self._alignment.activated.connect(lambda _: self._take({"alignment": self._alignment.currentData()}))
        self.rows.addWidget(Field(self.tr("Font"), self._font))
        self._add_pair(
            Field(self.tr("Height of a line"), self._size), Field(self.tr("Alignment"), self._alignment)
        )
        self._add_pair(Field(self.tr("Colour"), self._colour), Field(self.tr("Bold"), self._bold))

    def _make_outline(self) -> None:
        self._outline = _per_cent(0, 50)
        self._outline.valueChanged.connect(self._outline_chosen)
        self._outline_colour = ColourButton(self.tr("Colour of the outline"))
        self._outline_colour.chosen.connect(lambda colour: self._take({"outlineColour": words_of(colour)}))
        self._add_pair(
            Field(self.tr("Outline"), self._outline),
            Field(self.tr("Colour of the outline"), self._outline_colour),
        )

    def _add_pair(self, left: QWidget, right: QWidget) -> None:
        line = QHBoxLayout()
        line.setSizeConstraint(QLayout.SizeConstraint.SetDefaultConstraint)
        line.setSpacing(12)
        line.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(line)

    def _render(self) -> None:
        """Show the content. Signals that come of it find the same values in the content, and so say nothing."""
        content = self._content
        _choose(self._kind, content.get("kind", "fixed"))
        if self._text.toPlainText() != str(content.get("text", "")):
            self._text.setPlainText(str(content.get("text", "")))
        self._until.setDateTime(_moment(content.get("countdownToS", 0.0)))
        self._font.setCurrentFont(QFont(str(content.get("font", "")) or QFont().family()))
        self._size.setValue(round(100 * float(content.get("size", 0.08))))
        self._bold.setChecked(bool(content.get("bold", False)))
        self._colour.show_colour(colour_of(content.get("colour")))
        _choose(self._alignment, content.get("alignment", "centre"))
        self._outline.setValue(round(100 * float(content.get("outline", 0.0))))
        self._outline_colour.show_colour(colour_of(content.get("outlineColour")))
        self._show_kind()

    def _show_kind(self) -> None:
        self._until_field.setVisible(self._kind.currentData() == "countdown")
        helps = {
            "clock": self.tr("%H:%M shows hours and minutes, %S seconds."),
            "countdown": self.tr("What stands before the time; may be empty."),
        }
        self._text.setPlaceholderText(helps.get(self._kind.currentData(), ""))
        self._text.setToolTip(helps.get(self._kind.currentData(), ""))

    def _kind_chosen(self) -> None:
        kind = self._kind.currentData()
        values = {"kind": kind}
        if kind == "countdown" and not self._content.get("countdownToS"):
            values["countdownToS"] = datetime.now(UTC).timestamp() // 60 * 60 + _IN_TEN_MINUTES_S
        if kind == "clock" and "%" not in str(self._content.get("text", "")):
            values["text"] = "%H:%M"
        self._take(values)
        self._render()

    def _typed(self) -> None:
        self._take({"text": self._text.toPlainText()[:_MAX_CHARACTERS]})

    def _until_chosen(self, moment: QDateTime) -> None:
        if moment != _moment(self._content.get("countdownToS", 0.0)):
            self._take({"countdownToS": float(moment.toSecsSinceEpoch())})

    def _outline_chosen(self, share: int) -> None:
        values: dict[str, object] = {"outline": share / 100}
        if share and colour_of(self._content.get("outlineColour")).alpha() == 0:
            values["outlineColour"] = _BLACK  # an outline that cannot be seen would only puzzle
        self._take(values)
        self._outline_colour.show_colour(colour_of(self._content.get("outlineColour")))


def _choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))


def _per_cent(least: int, most: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setSuffix(" %")
    return box


def _moment(wall_s: object) -> QDateTime:
    seconds = int(wall_s) if isinstance(wall_s, int | float) else 0
    return QDateTime.fromSecsSinceEpoch(seconds)

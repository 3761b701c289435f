"""What was found before anybody goes live, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.golive.preflight_lines import LineAction, PreflightLine
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import FIXED_BLANK

_GAP_PX: Final = 11
_LEAST_PX: Final = 360
"""So that the sheet does not jump when lines come."""


class PreflightLines(QWidget):
    """Shows lines as they come.

    Args:
        parent: where it lives.
    """

    acted = Signal(object)
    """The ``PreflightLine`` whose action was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PreflightLine, ...] = ()
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout(self)
        self._list.setSpacing(_GAP_PX)
        self._list.setContentsMargins(0, 0, 0, 0)

    def show_lines(self, lines: Iterable[PreflightLine]) -> None:
        """Show lines in place of those that were there."""
        wanted = tuple(lines)
        if wanted == self._shown:  # the keyboard may be on one of the buttons
            return
        self._shown = wanted
        for row in self._rows:
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(line) for line in wanted]
        for row in self._rows:
            self._list.addWidget(row)

    def _row(self, line: PreflightLine) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        light = Light()
        light.show_light(line.light, line.sentence)
        across.addWidget(light, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(line.sentence, wrap=True))
        if line.remedy:
            words.addWidget(Label(line.remedy, Tone.MUTED, letters=Letters.SMALL, wrap=True))
        if line.action is not LineAction.NONE:
            words.addWidget(self._button(line), alignment=Qt.AlignmentFlag.AlignLeft)
        across.addLayout(words, stretch=1)
        return row

    def _button(self, line: PreflightLine) -> Button:
        match line.action:
            case LineAction.PASTE_KEY:
                words = self.tr("Paste a new key")
            case LineAction.LOWER_BITRATE:
                words = self.tr("Use {rate}").format(rate=f"{line.kbps}{FIXED_BLANK}kbit/s")
            case _:
                words = self.tr("Edit destination")
        button = Button(words, Role.LINK)
        button.clicked.connect(lambda: self.acted.emit(line))
        return button


class PreflightPanel(QWidget):
    """The right half of the sheet for going live.

    Args:
        parent: where it lives.
    """

    look_again = Signal()
    mend = Signal(str)
    """The endpoint of this id."""
    bitrate_wanted = Signal(int)
    """Of the picture, to be this, in kbit/s."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._again = Button(self.tr("Look again"), Role.SMALL)
        self._again.clicked.connect(self.look_again)
        self._lines = PreflightLines()
        self._lines.acted.connect(self._act)
        self._summary = Label("", Tone.FAINT, letters=Letters.SMALL, wrap=True)
        self.setMinimumHeight(_LEAST_PX)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Pre-flight"), bold=True))
        head.addStretch(1)
        head.addWidget(self._again)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP_PX)
        lines.addLayout(head)
        lines.addWidget(self._lines)
        lines.addWidget(self._summary)
        lines.addStretch(1)

    def _act(self, line: PreflightLine) -> None:
        if line.action is LineAction.LOWER_BITRATE:
            self.bitrate_wanted.emit(line.kbps)
        else:
            self.mend.emit(line.endpoint_id)

    def show_lines(
        self, lines: Iterable[PreflightLine], summary: str = "", *, is_looking: bool = False
    ) -> None:
        """Show lines in place of those that were there.

        Args:
            lines: in their order.
            summary: below them.
            is_looking: more are to come.
        """
        self._again.setEnabled(not is_looking)
        self._summary.show_text(summary)
        self._lines.show_lines(lines)

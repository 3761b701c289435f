"""One destination: light, name, status, its last ninety seconds, what it takes now; below it what troubles it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import light_of, tone_of
from powerstream_desktop.desktop.kit.spark_line import SparkLine
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.destinations.announcing import announce
from powerstream_desktop.desktop.studio.destinations.cause_box import CauseBox
from powerstream_desktop.desktop.studio.destinations.phrases import announcement, spoken, status_line
from powerstream_desktop.desktop.studio.destinations.standing import Plight, Standing
from powerstream_desktop.desktop.studio.fitting import fit_to

_GAP_PX: Final = 10
_LINE_PX: Final = 84
_WIDEST_KBPS: Final = 60_000


class DestinationRow(QFrame):
    """A row. It stays the same widget for as long as its destination is shown, so that nothing flickers and the focus stays.

    The keyboard reaches it as one thing, which says all it shows; Up and Down lead to its neighbours.
    """

    retry_wanted = Signal(str)  # key of the standing
    key_wanted = Signal(str)
    page_wanted = Signal(str)
    neighbour_wanted = Signal(str, int)  # -1 for the one above, 1 for the one below

    def __init__(self, row: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._light = Light()
        self._name = Label("", bold=True, elide=True)
        self._status = Label("", letters=Letters.SMALL, wrap=True)
        self._line = SparkLine()
        self._line.setFixedWidth(_LINE_PX)
        self._rate = Label("")
        self._unit = Label("kbit/s", Tone.FAINT, letters=Letters.TINY)
        self._box: CauseBox | None = None  # most rows never need one
        self._below = QHBoxLayout()
        self._lay_out()
        self._fit()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("box", "row")
        self._render()

    @property
    def standing(self) -> Standing:
        """What it shows."""
        return self._row

    def show_standing(self, row: Standing) -> None:
        """Show how it stands now; a change of its state is announced to who cannot see it."""
        before, self._row = self._row, row
        if row != before:
            self._render()
        if row.plight is not before.plight:
            announce(self, announcement(row))

    def show_points(self, points: tuple[float, ...]) -> None:
        """Show what it took lately."""
        self._line.show_points(points, light_of(self._row.light))

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``: larger letters need wider columns."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def retranslate(self) -> None:
        """Say the same in another language."""
        self._render()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """See ``QWidget``: figures of now for who hears the row."""
        self.setAccessibleName(spoken(self._row))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See ``QWidget``."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See ``QWidget``: a ring shows where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look().palette.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 2, -3, -3), 6, 6)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``: Up and Down lead to the neighbours."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.neighbour_wanted.emit(self._row.key, step)

    def _lay_out(self) -> None:
        words, rate = QVBoxLayout(), QVBoxLayout()
        for column, parts in ((words, (self._name, self._status)), (rate, (self._rate, self._unit))):
            column.setSpacing(1)
            for part in parts:
                column.addWidget(part)
        rate.addStretch(1)
        for part in (self._rate, self._unit):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line, column = QHBoxLayout(), QVBoxLayout(self)
        line.setSpacing(_GAP_PX)
        line.addWidget(self._light)
        line.addLayout(words, 1)
        line.addWidget(self._line)
        line.addLayout(rate)
        self._below.setContentsMargins(self._light.sizeHint().width() + _GAP_PX, 0, 0, 0)
        column.setContentsMargins(14, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(self._below)

    def _fit(self) -> None:
        fit_to(self._rate, figures.count(_WIDEST_KBPS))
        self._unit.setFixedWidth(max(self._rate.width(), self._unit.sizeHint().width()))

    def _render(self) -> None:
        row, kind = self._row, light_of(self._row.light)
        is_quiet = row.kbps is None
        status = status_line(row)
        cause = said(row.cause.code, row.cause.message) if row.cause is not None else ""
        self._light.show_light(kind, cause, word=status)
        self._name.show_text(row.name, Tone.MUTED if row.plight is Plight.LEFT_OUT else Tone.PLAIN)
        self._status.show_text(status, Tone.FAINT if is_quiet else tone_of(kind))
        self._line.setVisible(not is_quiet)
        self._rate.show_text("" if row.kbps is None else figures.count(row.kbps))
        self._unit.setVisible(not is_quiet)
        if self._box is None and (row.cause is not None or row.wants_key):
            self._box = self._make_box()
        if self._box is not None:
            self._box.show_standing(row)
        if not self.hasFocus():  # what is read out is not exchanged each second
            self.setAccessibleName(spoken(row))

    def _make_box(self) -> CauseBox:
        box = CauseBox(self)
        box.retry_wanted.connect(lambda: self.retry_wanted.emit(self._row.key))
        box.key_wanted.connect(lambda: self.key_wanted.emit(self._row.key))
        box.page_wanted.connect(lambda: self.page_wanted.emit(self._row.key))
        self._below.addWidget(box)
        return box

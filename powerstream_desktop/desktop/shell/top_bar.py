"""The bar at the top: which station, whether on air, how it goes, and the one button that matters."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.shell.figure_row import FigureRow
from powerstream_desktop.desktop.shell.on_air import AirState, OnAir
from powerstream_desktop.desktop.shell.state_pill import StatePill
from powerstream_desktop.desktop.shell.station_picker import StationPicker

HEIGHT_PX: Final = 52


class TopBar(QFrame):
    """Shows what the window must never hide.

    Args:
        picker: of stations.
        parent: the window.

    Attributes:
        wants_live: somebody wants to go live.
        wants_end: somebody wants the broadcast to end, and was asked.
    """

    wants_live = Signal()
    wants_end = Signal()

    def __init__(self, picker: StationPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(HEIGHT_PX)
        self.pill = StatePill()
        self.figures = FigureRow()
        self._state = AirState()
        self._is_going = False
        self._go = Button(self.tr("Go live"), Role.GO)
        self._go.clicked.connect(self.wants_live)
        self._end = AskOnceButton(self.tr("End stream"), self.tr("End it now?"))
        self._end.confirmed.connect(self.wants_end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 14, 0)
        layout.setSpacing(16)
        layout.addWidget(_brand())
        layout.addWidget(picker)
        layout.addWidget(self.pill)
        layout.addStretch(1)
        layout.addWidget(self.figures)
        layout.addWidget(self._go)
        layout.addWidget(self._end)
        self.show_state(self._state)

    def show_state(self, state: AirState) -> None:
        """Show how far on air we are, and offer what can be done about it."""
        self._state = state
        self.pill.show_state(state)
        loses_go = self._has_keyboard(self._go) and state.on_air is not OnAir.OFF
        if loses_go or (self._has_keyboard(self._end) and not state.is_running):
            # The keyboard stays here, until there is something to press again: else it is handed to any page's next control.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go.setVisible(state.on_air is OnAir.OFF)
        self._end.setVisible(state.on_air is not OnAir.OFF)
        self._end.setEnabled(state.is_running)
        self._allow_going()
        if self._has_keyboard(self) and state.on_air is OnAir.OFF and self._go.isEnabled():
            self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_going(self, *, is_going: bool) -> None:
        """Show that somebody is about to go live, by the sheet that is open for it: once is enough."""
        self._is_going = is_going
        self._allow_going()

    def _has_keyboard(self, widget: QWidget) -> bool:
        """Whether the window's keyboard is there, also while another window is in front."""
        return self.window().focusWidget() is widget

    def _allow_going(self) -> None:
        self._go.setEnabled(self._state.is_known and not self._is_going)


def _brand() -> QWidget:
    brand = QWidget()
    layout = QHBoxLayout(brand)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(Label("Power", bold=True, letters=Letters.LARGE))
    layout.addWidget(Label("Stream", Tone.ACCENT, bold=True, letters=Letters.LARGE))
    return brand

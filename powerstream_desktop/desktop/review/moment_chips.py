"""Markers, what platforms missed, and breaks of the recording, as chips in the order of time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.golive.flow_layout import FlowLayout
from powerstream_desktop.desktop.review.jump_chip import JumpChip
from powerstream_desktop.desktop.review.moments import Moment


class MomentChips(QWidget):
    """Rows of chips.

    Args:
        parent: its place.
    """

    chosen = Signal(object)  # int: go to this moment, in microseconds
    removal_wanted = Signal(str)  # of the marker with this id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()
        self._flow = FlowLayout(self, gap_px=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Moments"))

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these instead."""
        if tuple(moments) == self._moments:
            return
        self._moments = tuple(moments)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for moment in self._moments:
            chip = JumpChip(moment, self)
            chip.clicked.connect(self._choose)
            chip.removal_wanted.connect(self.removal_wanted)
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(self._moments))
        self.updateGeometry()

    def _choose(self) -> None:
        chip = self.sender()
        if isinstance(chip, JumpChip):
            self.chosen.emit(chip.moment.start_us)

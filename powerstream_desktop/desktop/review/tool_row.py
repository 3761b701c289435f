"""The row below the transport: where a clip begins and ends, marking, and how loud it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.review.folding_row import FoldingRow, side_by_side
from powerstream_desktop.desktop.review.transport import Transport

VOLUME_STEP: Final = 5
_VOLUME_WIDTH_PX: Final = 72


class ToolRow(QWidget):
    """Says what is wanted; does nothing itself, but knows how loud it shall be.

    Args:
        parent: its place.
    """

    in_wanted = Signal()
    out_wanted = Signal()
    none_wanted = Signal()  # no selection
    mark_wanted = Signal()
    volume_wanted = Signal(float)  # 0 to 1
    mute_wanted = Signal(bool)
    full_screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_muted = False
        self.begin = Button(self.tr("In"), Role.SMALL)
        self.end = Button(self.tr("Out"), Role.SMALL)
        self.clear = IconButton("close", self.tr("Select nothing"))
        self.mark = Button(self.tr("Mark"), Role.SMALL)
        self.mute = IconButton("speaker", self.tr("Mute"))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.full = IconButton("screen", self.tr("Full screen"))
        self._dress()
        self._arrange()
        self._listen()
        self.show_transport(Transport())

    @property
    def is_muted(self) -> bool:
        """Nothing shall be heard."""
        return self._is_muted

    def show_transport(self, transport: Transport) -> None:
        """Offer to forget the selection where there is one."""
        self.clear.setVisible(transport.selection is not None)

    def enable(self, *, is_usable: bool) -> None:
        """Offer what can be done, or nothing."""
        for each in (self.begin, self.end, self.mark, self.clear):
            each.setEnabled(is_usable)

    def louder(self, steps: int) -> None:
        """Turn the volume up by so many steps, or down."""
        self.volume.setValue(self.volume.value() + steps * VOLUME_STEP)

    def toggle_mute(self) -> None:
        """Mute, or be heard again."""
        self._is_muted = not self._is_muted
        muted, heard = ("speaker_off", self.tr("Unmute")), ("speaker", self.tr("Mute"))
        self.mute.show_icon(*(muted if self._is_muted else heard))
        self.mute_wanted.emit(self._is_muted)

    def _dress(self) -> None:
        self.begin.setToolTip(plain_tip(self.tr("A clip begins with this picture (I)")))
        self.end.setToolTip(plain_tip(self.tr("A clip ends with this picture (O)")))
        self.mark.setToolTip(plain_tip(self.tr("Mark this moment (M); with a name: Shift+M")))
        self.volume.setRange(0, 100)
        self.volume.setValue(100)
        self.volume.setPageStep(2 * VOLUME_STEP)
        self.volume.setFixedWidth(_VOLUME_WIDTH_PX)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume"))

    def _arrange(self) -> None:
        left = side_by_side(self.begin, self.end, self.clear, self.mark, gap_px=6, stretch_at=4)
        right = side_by_side(self.mute, self.volume, self.full, gap_px=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(FoldingRow((left, right), right))

    def _listen(self) -> None:
        self.begin.clicked.connect(self.in_wanted)
        self.end.clicked.connect(self.out_wanted)
        self.clear.clicked.connect(self.none_wanted)
        self.mark.clicked.connect(self.mark_wanted)
        self.mute.clicked.connect(self.toggle_mute)
        self.volume.valueChanged.connect(lambda value: self.volume_wanted.emit(value / 100))
        self.full.clicked.connect(self.full_screen_wanted)

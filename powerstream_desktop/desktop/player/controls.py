"""The row below the picture: play, position, speed, sound, full screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import short_duration
from powerstream_desktop.desktop.player.playback import PlaybackState, has_media, wants_play
from powerstream_desktop.desktop.player.seek_bar import SeekBar

SPEEDS: Final = (0.5, 1.0, 1.25, 1.5, 2.0)
VOLUME_STEP: Final = 5
_VOLUME_WIDTH_PX: Final = 84


class Controls(QWidget):
    """What can be done with what is played. Says what is wanted; does nothing itself.

    Args:
        parent: its place.
    """

    play_wanted = Signal()  # or pause: whatever is not the case
    seek_wanted = Signal(int)
    speed_wanted = Signal(float)
    volume_wanted = Signal(float)  # 0 to 1
    mute_wanted = Signal(bool)
    edge_wanted = Signal()
    full_screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_muted = False
        self._length_ms = 0
        self.play = IconButton("play", self.tr("Play"))
        self.seek = SeekBar()
        self._time = Label("", Tone.MUTED)
        self._edge = Button(self.tr("Jump to live"), Role.SMALL)
        self._speed = QComboBox()
        self._mute = IconButton("speaker", self.tr("Mute"))
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._full = IconButton("screen", self.tr("Full screen"))
        self._dress()
        self._arrange()
        self._listen()
        self.show_state(PlaybackState.EMPTY)
        self.show_live(is_live=False)
        self.show_length(0)

    def show_state(self, state: PlaybackState) -> None:
        """Offer what can be done now."""
        plays = has_media(state) and not wants_play(state)
        self.play.show_icon(*(("pause", self.tr("Pause")) if plays else ("play", self.tr("Play"))))
        self.play.setEnabled(has_media(state) or wants_play(state))
        self.seek.setEnabled(has_media(state))
        self._edge.setEnabled(has_media(state))

    def show_live(self, *, is_live: bool) -> None:
        """Offer what a broadcast has, or what a film has."""
        self.seek.setVisible(not is_live)
        self._speed.setVisible(not is_live)
        self._edge.setVisible(is_live)

    def show_length(self, length_ms: int) -> None:
        """Show how long it lasts."""
        self._length_ms = length_ms
        self.seek.setRange(0, length_ms)
        self.show_position(self.seek.value())

    def show_position(self, position_ms: int) -> None:
        """Show where it is."""
        self.seek.show_position(position_ms)
        now = short_duration(position_ms / 1000)
        self._time.show_text(f"{now} / {short_duration(self._length_ms / 1000)}" if self._length_ms else now)

    def louder(self, steps: int) -> None:
        """Turn the volume up by so many steps, or down."""
        self._volume.setValue(self._volume.value() + steps * VOLUME_STEP)

    @property
    def is_muted(self) -> bool:
        """Nothing shall be heard."""
        return self._is_muted

    @property
    def volume(self) -> float:
        """How loud it shall be, 0 to 1."""
        return self._volume.value() / 100

    def toggle_mute(self) -> None:
        """Mute, or be heard again."""
        self._is_muted = not self._is_muted
        muted, heard = ("speaker_off", self.tr("Unmute")), ("speaker", self.tr("Mute"))
        self._mute.show_icon(*(muted if self._is_muted else heard))
        self.mute_wanted.emit(self._is_muted)

    def set_normal_speed(self) -> None:
        """As fast as it was; without telling anybody."""
        with QSignalBlocker(self._speed):
            self._speed.setCurrentIndex(SPEEDS.index(1.0))

    def _dress(self) -> None:
        for speed in SPEEDS:
            self._speed.addItem(f"{self.locale().toString(speed, 'g', 3)}×", speed)
        self._speed.setCurrentIndex(SPEEDS.index(1.0))
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("Speed"))
        self._volume.setRange(0, 100)
        self._volume.setValue(100)
        self._volume.setPageStep(2 * VOLUME_STEP)
        self._volume.setFixedWidth(_VOLUME_WIDTH_PX)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setToolTip(self.tr("Volume"))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 6)
        column.setSpacing(0)
        column.addWidget(self.seek)
        row = QHBoxLayout()
        row.setSpacing(6)
        column.addLayout(row)
        row.addWidget(self.play)
        row.addWidget(self._time)
        row.addStretch(1)
        for each in (self._edge, self._speed, self._mute, self._volume, self._full):
            row.addWidget(each)

    def _listen(self) -> None:
        self.play.clicked.connect(self.play_wanted)
        self.seek.sought.connect(self.seek_wanted)
        self._speed.currentIndexChanged.connect(lambda index: self.speed_wanted.emit(SPEEDS[index]))
        self._mute.clicked.connect(self.toggle_mute)
        self._volume.valueChanged.connect(lambda value: self.volume_wanted.emit(value / 100))
        self._edge.clicked.connect(self.edge_wanted)
        self._full.clicked.connect(self.full_screen_wanted)

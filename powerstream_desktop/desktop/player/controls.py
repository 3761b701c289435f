"""The row below the picture: play, for how long it was watched, the live edge, sound, full screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import short_duration
from powerstream_desktop.desktop.player.playback import PlaybackState, has_media, wants_play

VOLUME_STEP: Final = 5
_VOLUME_WIDTH_PX: Final = 84


class Controls(QWidget):
    """What can be done with what is played. Says what is wanted; does nothing itself.

    Args:
        parent: its place.
    """

    play_wanted = Signal()  # or pause: whatever is not the case
    volume_wanted = Signal(float)  # 0 to 1
    mute_wanted = Signal(bool)
    edge_wanted = Signal()
    full_screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_muted = False
        self.play = IconButton("play", self.tr("Play"))
        self._time = Label("", Tone.MUTED)
        self._edge = Button(self.tr("Jump to live"), Role.SMALL)
        self._mute = IconButton("speaker", self.tr("Mute"))
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._full = IconButton("screen", self.tr("Full screen"))
        self._dress()
        self._arrange()
        self._listen()
        self.show_state(PlaybackState.EMPTY)
        self.show_position(0)

    def show_state(self, state: PlaybackState) -> None:
        """Offer what can be done now."""
        plays = has_media(state) and not wants_play(state)
        self.play.show_icon(*(("pause", self.tr("Pause")) if plays else ("play", self.tr("Play"))))
        self.play.setEnabled(has_media(state) or wants_play(state))
        self._edge.setEnabled(has_media(state))

    def show_position(self, position_ms: int) -> None:
        """Show where it is."""
        self._time.show_text(short_duration(position_ms / 1000))

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

    def _dress(self) -> None:
        self._volume.setRange(0, 100)
        self._volume.setValue(100)
        self._volume.setPageStep(2 * VOLUME_STEP)
        self._volume.setFixedWidth(_VOLUME_WIDTH_PX)
        self._volume.setAccessibleName(self.tr("Volume"))
        self._volume.setToolTip(self.tr("Volume"))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.play)
        row.addWidget(self._time)
        row.addStretch(1)
        for each in (self._edge, self._mute, self._volume, self._full):
            row.addWidget(each)

    def _listen(self) -> None:
        self.play.clicked.connect(self.play_wanted)
        self._mute.clicked.connect(self.toggle_mute)
        self._volume.valueChanged.connect(lambda value: self.volume_wanted.emit(value / 100))
        self._edge.clicked.connect(self.edge_wanted)
        self._full.clicked.connect(self.full_screen_wanted)

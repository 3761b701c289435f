"""One channel of the mixer: name and device, meter above fader, its gain, mute, and what leads to the rest."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from powerstream_desktop.client.studio import Channel
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.channel_edits import MICROPHONE
from powerstream_desktop.desktop.studio.audio.channel_hand import ChannelHand
from powerstream_desktop.desktop.studio.audio.channel_lines import kind_of_channel
from powerstream_desktop.desktop.studio.audio.fader import Fader
from powerstream_desktop.desktop.studio.audio.meter import LevelMeter
from powerstream_desktop.desktop.studio.audio.readings import ChannelReading
from powerstream_desktop.desktop.studio.fitting import fit_to

_NAME_LETTERS: Final = "Noise-free micro"
"""As wide as this is the column of names."""
_WIDEST_GAIN_DB: Final = -60.0


class ChannelStrip(QFrame):
    """A strip. It stays the same widget for as long as its channel is there.

    Args:
        surroundings: what the window lends.
        channel: what it shows at first.
        clock: monotonic seconds.
        parent: where it is shown.
    """

    settings_wanted = Signal(str)  # id of the channel

    def __init__(
        self, surroundings: Surroundings, channel: Channel, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._channel = channel
        self._device = ""
        self._problem = ""
        self._hand = ChannelHand(surroundings, channel.id, self, clock)
        self._name = Label("", bold=True, elide=True)
        self._below = Label("", Tone.FAINT, elide=True, letters=Letters.TINY)
        self.meter = LevelMeter()
        self.fader = Fader(channel.name)
        self._gain = Label("", Tone.MUTED)
        self.talk = IconButton("hold", "")
        self.mute = IconButton("speaker", "")
        self.more = IconButton("more", "")
        self.setProperty("box", "row")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._connect()
        self._fit()
        self.show_channel(channel, "")

    def show_channel(self, channel: Channel, device: str) -> None:
        """Show how the engine says it is.

        Args:
            channel: the same one as ever.
            device: whose sound it is.
        """
        self._channel, self._device = channel, device
        self._hand.told_gain(channel.gain_db)
        self._name.show_text(channel.name)
        self.fader.rename(channel.name)
        self._show_buttons()
        self._show_gain()
        self._show_below()

    def hear(self, reading: ChannelReading, now: float) -> None:
        """Take the newest reading of its meter; ``meter.show_moment`` shows it."""
        self.meter.hear(reading.meter, now)
        if reading.problem != self._problem:
            self._problem = reading.problem
            self._show_below()

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``: larger letters need wider columns."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def retranslate(self) -> None:
        """Say the same in another language."""
        self._fit()
        self.show_channel(self._channel, self._device)

    def _lay_out(self) -> None:
        names, levels = QWidget(), QVBoxLayout()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._name)
        column.addWidget(self._below)
        levels.setSpacing(1)
        levels.addWidget(self.meter)
        levels.addWidget(self.fader)
        self._gain.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 7)
        line.setSpacing(10)
        line.addWidget(names)
        line.addLayout(levels, 1)
        line.addWidget(self._gain)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.talk, self.mute, self.more):
            buttons.addWidget(button)
        line.addLayout(buttons)

    def _fit(self) -> None:
        fit_to(self._name, _NAME_LETTERS)
        self._below.setFixedWidth(self._name.width())
        fit_to(self._gain, figures.decibels(_WIDEST_GAIN_DB), self.tr("Muted"))

    def _connect(self) -> None:
        self.fader.valueChanged.connect(self._moved)
        self._hand.gain_changed.connect(self._show_gain)
        self.mute.clicked.connect(lambda: self._hand.mute(not self._channel.is_muted))
        self.talk.pressed.connect(lambda: self._hand.talk(is_held=True))
        self.talk.released.connect(lambda: self._hand.talk(is_held=False))
        self.more.clicked.connect(lambda: self.settings_wanted.emit(self._channel.id))

    def _moved(self) -> None:
        self._hand.move_to(self.fader.gain_db)
        self._show_gain_words()

    def _show_gain(self) -> None:
        self.fader.show_gain(self._hand.gain_db)
        self._show_gain_words()

    def _show_gain_words(self) -> None:
        if self._channel.is_muted:
            self._gain.show_text(self.tr("Muted"), Tone.ERR)
        else:
            self._gain.show_text(figures.decibels(self.fader.gain_db), Tone.MUTED)

    def _show_below(self) -> None:
        if self._problem:
            self._below.show_text(said("", self._problem), Tone.ERR)
        else:
            self._below.show_text(self._device, Tone.FAINT)

    def _show_buttons(self) -> None:
        channel = self._channel
        on, off = (
            ("mic", "mic_off") if kind_of_channel(channel.words) == MICROPHONE else ("speaker", "speaker_off")
        )
        if channel.is_muted:
            self.mute.show_icon(off, self.tr("Let {channel} be heard again").format(channel=channel.name))
        else:
            self.mute.show_icon(on, self.tr("Mute {channel}").format(channel=channel.name))
        self.more.show_icon("more", self.tr("Settings and filters of {channel}").format(channel=channel.name))
        self.talk.show_icon("hold", self.tr("Hold to talk: {channel}").format(channel=channel.name))
        self.talk.setVisible(channel.is_push_to_talk)

"""The studio's card of the mixer: a strip per channel, how loud the program is, and a warning nobody should miss."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.studio import Channel, StudioStatus
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.add_channel_sheet import AddChannelSheet
from powerstream_desktop.desktop.studio.audio.channel_edits import MICROPHONE
from powerstream_desktop.desktop.studio.audio.channel_lines import device_line, kind_of_channel
from powerstream_desktop.desktop.studio.audio.channel_sheet import ChannelSheet
from powerstream_desktop.desktop.studio.audio.levels_watch import LevelsWatch
from powerstream_desktop.desktop.studio.audio.loudness_chip import LoudnessChip
from powerstream_desktop.desktop.studio.audio.meter_pulse import MeterPulse
from powerstream_desktop.desktop.studio.audio.readings import (
    NO_SOUND,
    ChannelReading,
    SoundReading,
    read_levels,
)
from powerstream_desktop.desktop.studio.audio.silence import SilenceWatch
from powerstream_desktop.desktop.studio.audio.strip import ChannelStrip

MAX_STRIPS_SHOWN: Final = 4
"""More can be scrolled to: the picture needs the room."""
LOOK_MS: Final = 1000
_RUNNING: Final = "running"
_NOTHING_HEARD: Final = ChannelReading()


class AudioCard(Card):
    """The card. The meters are told only while it is seen.

    Args:
        surroundings: what the window lends.
        parent: where it is shown.
        clock: monotonic seconds.
    """

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, *, clock: Clock = monotonic
    ) -> None:
        super().__init__("", parent)
        self._surroundings = surroundings
        self._clock = clock
        self._status: StudioStatus | None = None
        self._devices: Devices | None = None
        self._reading = NO_SOUND
        self._is_watching = False
        self._strips: dict[str, ChannelStrip] = {}
        self._silence = SilenceWatch()
        self._silent_chip = Chip("", Tone.WARN)
        self._loudness = LoudnessChip()
        self._add = Button("", Role.SMALL)
        self._filler = Filler()
        self._area = Scroll()
        self._watch = LevelsWatch(surroundings, self)
        self._pulse = MeterPulse(self._move_meters, self, clock)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(LOOK_MS)
        self._look_timer.timeout.connect(self._look_for_silence)
        self._lay_out()
        self._follow()
        self._retranslate()

    @property
    def strips(self) -> tuple[ChannelStrip, ...]:
        """The strips, in the mixer's order."""
        return tuple(self._strips.values())

    def watch(self) -> None:
        """Somebody looks: have the meters told, and move them. Harmless when repeated."""
        self._is_watching = True
        self._watch.start()
        self._look_timer.start()
        self._pulse.beat()

    def rest(self) -> None:
        """Nobody looks, also where the card is not hidden: a minimised window. Harmless when repeated."""
        self._is_watching = False
        self._watch.stop()
        self._look_timer.stop()
        self._pulse.rest()

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``: somebody looks at the meters."""
        super().showEvent(event)
        self.watch()
        self._ask_for_devices()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``QWidget``: nobody does."""
        super().hideEvent(event)
        self.rest()

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _lay_out(self) -> None:
        self.add_beside_title(self._silent_chip)
        self.add_to_header(self._loudness)
        self.add_to_header(self._add)
        self._silent_chip.hide()
        self._area.body.setSpacing(0)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self._area)
        self.body.addWidget(self._filler)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _follow(self) -> None:
        feed = self._surroundings.feed
        feed.studio_changed.connect(self._studio_changed)
        feed.levels_changed.connect(self._levels_changed)
        feed.engine_changed.connect(self._engine_changed)
        feed.service_changed.connect(self._engine_changed)
        self._add.clicked.connect(self._open_add_sheet)
        self._studio_changed(feed.now.studio)
        self._levels_changed(feed.now.levels)

    def _studio_changed(self, status: StudioStatus | None) -> None:
        had_channels = bool(self._channels())
        self._status = status
        self._show_channels()
        if not had_channels and self.isVisible():
            self._ask_for_devices()

    def _levels_changed(self, words: Words | None) -> None:
        self._hear(read_levels(words))

    def _engine_changed(self, _: object) -> None:
        """An engine that does not run is heard by nobody, and says so to nobody."""
        now = self._surroundings.feed.now
        is_heard = now.service is ServiceState.THERE and (now.engine is None or now.engine.state == _RUNNING)
        if not is_heard:
            self._hear(NO_SOUND)

    def _hear(self, reading: SoundReading) -> None:
        self._reading = reading
        now = self._clock()
        for channel_id, strip in self._strips.items():
            strip.hear(reading.channels.get(channel_id, _NOTHING_HEARD), now)
        self._loudness.show_loudness(reading.short_term_lufs, now)
        if self._is_watching:
            self._pulse.beat()

    def _move_meters(self, now: float) -> bool:
        are_moving = [strip.meter.show_moment(now) for strip in self._strips.values()]
        return any(are_moving)

    def _channels(self) -> tuple[Channel, ...]:
        sound = self._status.sound if self._status is not None else None
        return sound.channels if sound is not None else ()

    def _show_channels(self) -> None:
        channels = self._channels()
        for gone in self._strips.keys() - {each.id for each in channels}:
            strip = self._strips.pop(gone)
            self._area.body.removeWidget(strip)
            strip.deleteLater()
        for place, channel in enumerate(channels):
            self._show_channel(channel, place)
        self._strips = {each.id: self._strips[each.id] for each in channels}
        self._show_room()

    def _show_channel(self, channel: Channel, place: int) -> None:
        strip = self._strips.get(channel.id)
        if strip is None:
            strip = self._strips[channel.id] = ChannelStrip(self._surroundings, channel, self._clock)
            strip.settings_wanted.connect(self._open_settings)
        if self._area.body.indexOf(strip) != place:
            self._area.body.removeWidget(strip)
            self._area.body.insertWidget(place, strip)
            strip.show()
        scenery = self._status.studio if self._status is not None else None
        strip.show_channel(channel, device_line(channel.words, self._devices, scenery))

    def _show_room(self) -> None:
        """Be as high as four strips at most, or as the sentence that stands for them."""
        heights = [strip.sizeHint().height() for strip in self._strips.values()]
        self._area.setMaximumHeight(sum(heights[:MAX_STRIPS_SHOWN]))
        self._area.setVisible(bool(heights))
        self._filler.setVisible(not heights)
        if heights:
            return
        if self._status is None or self._status.sound is None:
            self._filler.loading(self.tr("The mixer is starting…"))
        else:
            self._filler.empty(
                self.tr("Nothing is heard."), self.tr("Add a microphone or what this computer plays.")
            )

    def _look_for_silence(self) -> None:
        live = self._surroundings.feed.now.live
        microphones = {
            each.id: each.name
            for each in self._channels()
            if live is not None and live.is_live and kind_of_channel(each.words) == MICROPHONE
        }
        silent = self._silence.look(microphones.keys(), self._reading.channels, self._clock())
        names = [name for each, name in microphones.items() if each in silent]
        if names:
            self._silent_chip.show_text(
                self.tr("{channel} is silent").format(channel=", ".join(names)), Tone.WARN
            )
        self._silent_chip.setVisible(bool(names))

    def _ask_for_devices(self) -> None:
        """Ask for the devices' names; only once an engine has told its sound, for the question starts one."""
        if self._channels() and self._surroundings.feed.now.service is ServiceState.THERE:
            self._surroundings.desk.ask(
                lambda client: client.computer.devices(),
                self._devices_told,
                otherwise=_leave_it,
                owner=self,
            )

    def _devices_told(self, devices: Devices) -> None:
        self._devices = devices
        self._show_channels()

    def _open_settings(self, channel_id: str) -> None:
        channel = next((each for each in self._channels() if each.id == channel_id), None)
        if channel is not None:
            sheet = ChannelSheet(self._surroundings, channel, self._devices, clock=self._clock)
            self._surroundings.ways.open_sheet(sheet)

    def _open_add_sheet(self) -> None:
        self._surroundings.ways.open_sheet(AddChannelSheet(self._surroundings))

    def _retranslate(self) -> None:
        self.show_title(self.tr("Audio"))
        self._add.setText(self.tr("+ Channel"))
        self._add.setAccessibleName(self.tr("Add a channel"))
        self._loudness.retranslate()
        for strip in self._strips.values():
            strip.retranslate()
        self._show_channels()


def _leave_it(error: PowerStreamError) -> None:
    """Without the list the strips say what kind of sound they are."""
    del error

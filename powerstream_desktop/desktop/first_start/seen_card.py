"""What the audience would see and hear right now: the program's picture, and a line for each device."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.first_start.sense_line import SenseLine
from powerstream_desktop.desktop.first_start.senses import (
    Sense,
    camera_sense,
    microphone_reading,
    microphone_sense,
    screen_sense,
)
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.levels_watch import LevelsWatch
from powerstream_desktop.desktop.studio.audio.meter import LevelMeter
from powerstream_desktop.desktop.studio.audio.meter_pulse import MeterPulse
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView

_GAP_PX: Final = 12


class SeenCard(Card):
    """Watches while it is seen.

    Args:
        surroundings: what the window lends.
        parent: the page.
        clock: monotonic seconds.
    """

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, *, clock: Clock = monotonic
    ) -> None:
        super().__init__("", parent)
        self.show_title(self.tr("What your audience would see and hear now"))
        self._surroundings = surroundings
        self._clock = clock
        self._devices: Devices | None = None
        self._scene = Chip("", Tone.OK)
        self._scene.hide()
        self._again = Button(self.tr("Look again"), Role.SMALL)
        self._screen = SenseLine(self.tr("Looking for screens…"))
        self._camera = SenseLine(self.tr("Looking for cameras…"))
        self._microphone = SenseLine(self.tr("Listening for a microphone…"))
        self._meter = LevelMeter()
        self._watch = LevelsWatch(surroundings, self)
        self._pulse = MeterPulse(self._meter.show_moment, self, clock)
        self._lay_out(PreviewView(surroundings))
        self._again.clicked.connect(self.look)
        surroundings.feed.levels_changed.connect(self._hear)
        surroundings.feed.studio_changed.connect(self._show_scene)
        self._show_scene()

    def look(self) -> None:
        """Have the devices listed."""
        self._again.setEnabled(False)
        self._surroundings.desk.ask(
            lambda client: client.computer.devices(), self._know, otherwise=self._not_known, owner=self
        )

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``: somebody looks."""
        super().showEvent(event)
        self._watch.start()
        self._pulse.beat()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``QWidget``: nobody does."""
        super().hideEvent(event)
        self._watch.stop()
        self._pulse.rest()

    def _know(self, devices: Devices) -> None:
        self._again.setEnabled(True)
        self._devices = devices
        self._screen.show_sense(screen_sense(devices))
        self._camera.show_sense(camera_sense(devices))
        self._hear()

    def _not_known(self, error: PowerStreamError) -> None:
        self._again.setEnabled(True)
        self._screen.show_sense(Sense(light=LightKind.BAD, name=refusal_words(error)))

    def _hear(self, _: object = None) -> None:
        studio, levels = self._surroundings.feed.now.studio, self._surroundings.feed.now.levels
        reading = microphone_reading(None if studio is None else studio.sound, levels)
        if reading is not None:
            self._meter.hear(reading, self._clock())
            self._pulse.beat()
        if self._devices is not None:
            self._microphone.show_sense(microphone_sense(self._devices, reading))

    def _show_scene(self, _: object = None) -> None:
        studio = self._surroundings.feed.now.studio
        scenery = None if studio is None else studio.studio
        scenes = () if scenery is None else scenery.scenes
        name = next((each.name for each in scenes if scenery is not None and each.id == scenery.current), "")
        self._scene.show_text(self.tr("“{scene}” is ready").format(scene=name), Tone.OK)
        self._scene.setVisible(bool(name))

    def _lay_out(self, preview: QWidget) -> None:
        self.add_beside_title(self._scene)
        self.add_to_header(self._again)
        self.body.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        self.body.setSpacing(_GAP_PX)
        self.body.addWidget(preview, stretch=1)
        sound = QVBoxLayout()
        sound.setSpacing(6)
        sound.addWidget(self._microphone)
        sound.addWidget(self._meter)
        lines = QGridLayout()
        lines.setHorizontalSpacing(2 * _GAP_PX)
        lines.addWidget(self._screen, 0, 0)
        lines.addWidget(self._camera, 0, 1)
        lines.addLayout(sound, 0, 2)
        for column in range(3):
            lines.setColumnStretch(column, 1)
        self.body.addLayout(lines)

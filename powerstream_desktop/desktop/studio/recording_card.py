"""The studio's card of the recording: what it is doing, how much there is, and how much of it nothing can take away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.live import RunningRecording
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind, tone_of
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.outlook.recording_standing import (
    RecordingPlight,
    RecordingStanding,
    recording_standing,
)
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.room_label import RoomLabel

TICK_MS: Final = 1000
_LIGHTS: Final = {
    RecordingPlight.NONE: LightKind.OFF,
    RecordingPlight.LEFT_OUT: LightKind.OFF,
    RecordingPlight.OPENING: LightKind.WORKING,
    RecordingPlight.RECORDING: LightKind.LIVE,
    RecordingPlight.PAUSED: LightKind.OFF,
    RecordingPlight.STUCK: LightKind.BAD,
    RecordingPlight.FINISHING: LightKind.WORKING,
    RecordingPlight.FINISHED: LightKind.LIVE,
    RecordingPlight.FAILED: LightKind.BAD,
    RecordingPlight.UNHEARD: LightKind.OFF,
}
_WITH_FIGURES: Final = frozenset(
    {
        RecordingPlight.RECORDING,
        RecordingPlight.PAUSED,
        RecordingPlight.STUCK,
        RecordingPlight.FINISHING,
        RecordingPlight.FINISHED,
        RecordingPlight.FAILED,
        RecordingPlight.UNHEARD,
    }
)


class RecordingCard(Card):
    """The card.

    Args:
        surroundings: what the window lends.
        parent: where it is shown.
        clock: monotonic seconds.
    """

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, *, clock: Clock = monotonic
    ) -> None:
        super().__init__("", parent)
        self._desk = surroundings.desk
        self._feed = surroundings.feed
        self._clock = clock
        self._recording: RunningRecording | None = None
        self._heard_at_s = clock()
        self._light = Light()
        self._word = Label("")
        self._time = Label("", bold=True)
        self._size = Label("", Tone.MUTED)
        self._safe = Label("", Tone.MUTED, letters=Letters.SMALL, elide=True)
        self._room = RoomLabel(surroundings)
        self._split = Button(self.tr("Split"), Role.SMALL)
        self._pause = Button(self.tr("Pause"), Role.SMALL)
        self._split.clicked.connect(self._split_recording)
        self._pause.clicked.connect(self._pause_or_resume)
        self._warning = Label("", Tone.WARN, letters=Letters.SMALL, wrap=True)
        self._error = Label("", Tone.ERR, letters=Letters.SMALL, wrap=True)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show)
        self._lay_out()
        self._feed.recording_changed.connect(self._recording_changed)
        self._feed.broadcast_changed.connect(self._show)
        self._feed.notices_changed.connect(self._show)
        self._name_buttons()
        self._recording_changed(self._feed.now.recording)
        self.show_title(self.tr("Recording"))

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``."""
        super().showEvent(event)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``QWidget``: no clock is seen any more."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_title(self.tr("Recording"))
            self._room.retranslate()
            self._name_buttons()
            self._show()

    def _lay_out(self) -> None:
        self.add_to_header(self._room)
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self._light, self._word, self._time):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._size)
        column = QVBoxLayout()
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        below = QHBoxLayout()
        below.setContentsMargins(self._light.sizeHint().width() + line.spacing(), 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self._safe, 1)
        below.addWidget(self._split)
        below.addWidget(self._pause)
        column.addLayout(line)
        column.addLayout(below)
        column.addWidget(self._warning)
        column.addWidget(self._error)
        self.body.addLayout(column)

    def _recording_changed(self, recording: RunningRecording | None) -> None:
        self._recording, self._heard_at_s = recording, self._clock()
        self._show()

    def _show(self) -> None:
        now = self._feed.now
        standing = recording_standing(
            self._recording, now.broadcast, now.notices, self._clock() - self._heard_at_s
        )
        kind = _LIGHTS[standing.plight]
        word = self._word_of(standing.plight)
        self._light.show_light(kind, said("recording", standing.error), word=word)
        self._word.show_text(word, tone_of(kind))
        self._time.show_text(figures.duration(standing.for_s))
        self._size.show_text(figures.size(standing.size_bytes))
        self._safe.show_text(self._safe_text(standing))
        for part in (self._time, self._size, self._safe):
            part.setVisible(standing.plight in _WITH_FIGURES)
        self._show_buttons(standing)
        self._show_warning(standing)
        self._show_error(standing)
        needs_tick = self.isVisible() and standing.plight is RecordingPlight.RECORDING
        if needs_tick != self._timer.isActive():
            self._timer.start() if needs_tick else self._timer.stop()

    def _safe_text(self, standing: RecordingStanding) -> str:
        safe_to = figures.duration(standing.safe_s)
        if standing.files > 1:
            return self.tr("Safe on disk to {time} · file {number}").format(
                time=safe_to, number=standing.files
            )
        return self.tr("Safe on disk to {time}").format(time=safe_to)

    def _show_buttons(self, standing: RecordingStanding) -> None:
        is_paused = standing.plight is RecordingPlight.PAUSED
        is_running = standing.plight is RecordingPlight.RECORDING
        self._split.setVisible(is_running)
        self._pause.setVisible(is_running or is_paused)
        self._pause.setText(self.tr("Resume") if is_paused else self.tr("Pause"))
        self._pause.setAccessibleName(
            self.tr("Resume the recording") if is_paused else self.tr("Pause the recording")
        )

    def _name_buttons(self) -> None:
        self._split.setText(self.tr("Split"))
        self._split.setAccessibleName(self.tr("Split the recording"))
        self._split.setToolTip(plain_tip(self.tr("Begin a new file, without losing a frame")))

    def _split_recording(self) -> None:
        self._desk.ask(_split, owner=self)

    def _pause_or_resume(self) -> None:
        is_paused = self._recording is not None and self._recording.is_paused
        self._desk.ask(_resume if is_paused else _pause, owner=self)

    def _show_warning(self, standing: RecordingStanding) -> None:
        has_warning = standing.warning is not None and not standing.error
        texts = standing.warning if standing.warning is not None else ()
        self._warning.show_text(
            " ".join(said("recording", text) for text in texts),
            Tone.ERR if standing.plight is RecordingPlight.STUCK else Tone.WARN,
        )
        self._warning.setVisible(has_warning)

    def _show_error(self, standing: RecordingStanding) -> None:
        parts = (said("recording", standing.error), said("recording", standing.remedy))
        self._error.show_text(" ".join(filter(None, parts)))
        self._error.setVisible(bool(standing.error))

    def _word_of(self, plight: RecordingPlight) -> str:
        match plight:
            case RecordingPlight.NONE:
                return self.tr("Begins when you go live")
            case RecordingPlight.LEFT_OUT:
                return self.tr("This stream is not recorded")
            case RecordingPlight.OPENING:
                return self.tr("Waiting for the first picture")
            case RecordingPlight.RECORDING:
                return self.tr("Recording")
            case RecordingPlight.PAUSED:
                return self.tr("Paused: the stream goes on")
            case RecordingPlight.STUCK:
                return self.tr("NOT RECORDING")
            case RecordingPlight.FINISHING:
                return self.tr("Finishing")
            case RecordingPlight.FINISHED:
                return self.tr("Kept")
            case RecordingPlight.FAILED:
                return self.tr("Stopped")
            case RecordingPlight.UNHEARD:
                return self.tr("Not known now")


def _split(client: Client) -> None:
    client.live.split_recording()


def _pause(client: Client) -> None:
    client.live.pause_recording()


def _resume(client: Client) -> None:
    client.live.resume_recording()

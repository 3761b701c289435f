"""The studio's card of the recording: what it is doing, how much there is, and how much of it nothing can take away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.live import RunningRecording
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind, tone_of
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.recording_standing import (
    RecordingPlight,
    RecordingStanding,
    recording_standing,
)
from powerstream_desktop.desktop.studio.room_label import RoomLabel

TICK_MS: Final = 1000
_LIGHTS: Final = {
    RecordingPlight.NONE: LightKind.OFF,
    RecordingPlight.LEFT_OUT: LightKind.OFF,
    RecordingPlight.OPENING: LightKind.WORKING,
    RecordingPlight.RECORDING: LightKind.LIVE,
    RecordingPlight.FINISHING: LightKind.WORKING,
    RecordingPlight.FINISHED: LightKind.LIVE,
    RecordingPlight.FAILED: LightKind.BAD,
}
_WITH_FIGURES: Final = frozenset(
    {
        RecordingPlight.RECORDING,
        RecordingPlight.FINISHING,
        RecordingPlight.FINISHED,
        RecordingPlight.FAILED,
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
        self._error = Label("", Tone.ERR, letters=Letters.SMALL, wrap=True)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show)
        self._lay_out()
        self._feed.recording_changed.connect(self._recording_changed)
        self._feed.broadcast_changed.connect(self._show)
        self._feed.notices_changed.connect(self._show)
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
        below.addWidget(self._safe)
        column.addLayout(line)
        column.addLayout(below)
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
        safe_to = figures.duration(standing.safe_s)
        self._safe.show_text(self.tr("Safe on disk to {time}").format(time=safe_to))
        for part in (self._time, self._size, self._safe):
            part.setVisible(standing.plight in _WITH_FIGURES)
        self._show_error(standing)
        needs_tick = self.isVisible() and standing.plight is RecordingPlight.RECORDING
        if needs_tick != self._timer.isActive():
            self._timer.start() if needs_tick else self._timer.stop()

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
            case RecordingPlight.FINISHING:
                return self.tr("Finishing")
            case RecordingPlight.FINISHED:
                return self.tr("Kept")
            case RecordingPlight.FAILED:
                return self.tr("Stopped")

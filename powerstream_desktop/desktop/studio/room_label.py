"""Says how much the disk of the recordings has room for, and keeps that up to date while it is seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.room_left import RoomLeft, Scarcity, read_room

ASK_EVERY_MS: Final = 15_000
_WHOLE_FROM_HOURS: Final = 10
_TONES: Final = {Scarcity.PLENTY: Tone.FAINT, Scarcity.SCARCE: Tone.WARN, Scarcity.ALMOST_NONE: Tone.ERR}


class RoomLabel(Label):
    """The label; it says nothing while nothing is known.

    Args:
        surroundings: what the window lends.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("", Tone.FAINT, letters=Letters.SMALL)
        self._surroundings = surroundings
        self._room: RoomLeft | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)
        surroundings.feed.service_changed.connect(self._service_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``."""
        super().showEvent(event)
        self._timer.start()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``QWidget``."""
        super().hideEvent(event)
        self._timer.stop()

    def retranslate(self) -> None:
        """Say it in the window's language."""
        room = self._room
        if room is None:
            self.show_text("")
            return
        said = self.tr("{size} free · {time} left").format(
            size=figures.size(room.free_bytes), time=self._time(room)
        )
        self.show_text(said, _TONES[room.scarcity])
        self.setToolTip(self.tr("Room for recordings on their disk"))

    def _time(self, room: RoomLeft) -> str:
        if room.scarcity is not Scarcity.PLENTY:
            return self.tr("{minutes} min").format(minutes=figures.count(round(room.hours * 60)))
        if room.hours >= _WHOLE_FROM_HOURS:
            return self.tr("{hours} h").format(hours=figures.count(round(room.hours)))
        return self.tr("{hours} h").format(hours=figures.decimal(room.hours))

    def _service_changed(self, state: ServiceState) -> None:
        if state is ServiceState.THERE and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        if self._surroundings.feed.now.service is ServiceState.THERE:
            self._surroundings.desk.ask(
                lambda client: client.computer.stats(), self._told, otherwise=_leave_it, owner=self
            )

    def _told(self, stats: Words) -> None:
        self._room = read_room(stats)
        self.retranslate()


def _leave_it(error: PowerStreamError) -> None:
    """It is asked again; a service that does not answer is said by the window's banner."""
    del error

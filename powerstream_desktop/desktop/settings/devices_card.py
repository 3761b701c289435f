"""Devices that were let in, and letting one in by a code that stands here for two minutes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.access import OpenPairing, PairedDevice, PairingStatus
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.moments import moment
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.settings.calm_boxes import CalmComboBox
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_LOOK_MS: Final = 1000
_READ, _CONTROL = "read", "control"


class DevicesCard(Card):
    """The list, and the way in.

    Args:
        surroundings: takes the errands.
        clock: gives the time.
    """

    def __init__(self, surroundings: Surroundings, *, clock: Clock = monotonic) -> None:
        super().__init__()
        self.show_title(self.tr("Paired devices"))
        self._desk = surroundings.desk
        self._pairing = PairingBox(clock)
        self._pairing.wanted.connect(self._open)
        self._pairing.stopped.connect(self._stop)
        self._pairing.looked.connect(self._look)
        self.body.addWidget(self._pairing)
        self._sentence = Label(tone=Tone.MUTED, wrap=True)
        self._sentence.setContentsMargins(16, 10, 14, 12)
        self.body.addWidget(self._sentence)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def came_up(self) -> None:
        """Ask who was let in."""
        self._desk.ask(lambda client: client.access.devices(), self._show, otherwise=self._refuse, owner=self)

    def went_down(self) -> None:
        """A code that nobody sees any more lets nobody in."""
        if self._pairing.is_open:
            self._stop()

    def _open(self, scope: str) -> None:
        self._desk.ask(
            lambda client: client.access.open_pairing(scope),
            self._pairing.show_code,
            otherwise=self._refuse,
            owner=self,
        )

    def _stop(self) -> None:
        self._pairing.show_closed("")
        self._desk.ask(lambda client: client.access.close_pairing(), owner=self)

    def _look(self) -> None:
        self._desk.ask(
            lambda client: client.access.pairing(), self._follow, otherwise=lambda _: None, owner=self
        )

    def _follow(self, status: PairingStatus) -> None:
        if not self._pairing.is_open or status.state == "open":
            return
        ends = {
            "paired": self.tr("The device has been let in."),
            "spent": self.tr("A wrong code was tried three times; nobody was let in."),
        }
        self._pairing.show_closed(ends.get(status.state, self.tr("The time is over; nobody was let in.")))
        self.came_up()

    def _refuse(self, error: PowerStreamError) -> None:
        self._sentence.show_text(said(getattr(error, "code", ""), error.title), Tone.ERR)
        self._sentence.show()

    def _show(self, devices: tuple[PairedDevice, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for device in devices:
            self._rows.addWidget(self._row(device))
        self._sentence.show_text(self.tr("No other device has been let in."), Tone.MUTED)
        self._sentence.setVisible(not devices)

    def _row(self, device: PairedDevice) -> QWidget:
        row = QFrame()
        row.setProperty("box", "row")
        line = QHBoxLayout(row)
        line.setContentsMargins(16, 9, 14, 9)
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(device.name, bold=True, elide=True))
        may = self.tr("may look") if device.scope == _READ else self.tr("may look and drive")
        now = datetime.now(UTC).astimezone()
        since = self.tr("{may} · paired {paired} · until {until}").format(
            may=may, paired=moment(device.paired_at, now), until=moment(device.expires_at, now)
        )
        words.addWidget(Label(since, Tone.MUTED, letters=Letters.SMALL, elide=True))
        line.addLayout(words, 1)
        out = AskOnceButton(self.tr("Put out"), self.tr("Put it out now?"), small=True)
        out.setAccessibleName(self.tr("Put out: {name}").format(name=device.name))
        out.confirmed.connect(lambda: self._put_out(device.id))
        line.addWidget(out)
        return row

    def _put_out(self, device_id: str) -> None:
        self._desk.ask(
            lambda client: client.access.put_out(device_id),
            lambda _: self.came_up(),
            otherwise=self._refuse,
            owner=self,
        )


class PairingBox(QFrame):
    """Opens pairing, and shows its code with the time that is left.

    Args:
        clock: gives the time.
    """

    wanted = Signal(str)
    """Let a device in, with this scope."""
    stopped = Signal()
    """Let nobody in."""
    looked = Signal()
    """A second has gone: see how it stands."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("box", "row")
        self._clock = clock
        self._ends_at = 0.0
        self._scope = CalmComboBox(self.tr("What the device may do"))
        self._scope.addItem(self.tr("It may look and drive"), _CONTROL)
        self._scope.addItem(self.tr("It may only look"), _READ)
        self._pair = Button(self.tr("Pair a device"), Role.PRIMARY)
        self._pair.clicked.connect(lambda: self.wanted.emit(self._scope.currentData()))
        self._stop = Button(self.tr("Stop"))
        self._stop.clicked.connect(self.stopped)
        self._code = Label(bold=True, letters=Letters.TITLE)
        self._words = Label(tone=Tone.MUTED, wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 14, 12)
        line.setSpacing(12)
        line.addWidget(self._code)
        line.addWidget(self._words, 1)
        for widget in (self._scope, self._pair, self._stop):
            line.addWidget(widget)
        self._tick = QTimer(self, interval=_LOOK_MS)
        self._tick.timeout.connect(self._count)
        self.show_closed("")

    @property
    def is_open(self) -> bool:
        """Whether a code stands here."""
        return self._tick.isActive()

    def show_code(self, opened: OpenPairing) -> None:
        """Show the code."""
        code = opened.code.reveal()
        self._code.show_text(f"{code[:3]} {code[3:]}")
        self._code.setAccessibleName(self.tr("Pairing code {code}").format(code=" ".join(code)))
        self._ends_at = self._clock() + opened.seconds_left
        self._arrange(is_open=True)
        self._tick.start()
        self._show_time()

    def show_closed(self, sentence: str) -> None:
        """Show no code any more, and say how it ended."""
        self._tick.stop()
        self._code.show_text("")
        self._code.setAccessibleName("")
        offer = self.tr(
            "Let a phone, a tablet or another computer on your network look at and drive PowerStream."
        )
        self._words.show_text(sentence or offer)
        self._arrange(is_open=False)

    def _arrange(self, *, is_open: bool) -> None:
        self._code.setVisible(is_open)
        self._stop.setVisible(is_open)
        self._pair.setVisible(not is_open)
        self._scope.setVisible(not is_open)

    def _count(self) -> None:
        self._show_time()
        self.looked.emit()

    def _show_time(self) -> None:
        left = max(0, round(self._ends_at - self._clock()))
        self._words.show_text(self.tr("Type this code on the other device. %n second(s) left.", "", left))

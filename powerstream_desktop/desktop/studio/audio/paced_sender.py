"""Sends what somebody moves to the engine, at the pace of ``PacedValue``. Lives on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.paced_value import WORD_COMES_WITHIN_S, PacedValue

ValueT = TypeVar("ValueT")


class PacedSender(Generic[ValueT]):
    """One control's way to the engine. What is refused is said in a banner, and shown no more.

    Args:
        surroundings: what the window lends.
        value: what is shown and sent.
        send: the errand that sends one.
        owner: whose it is; when it is gone, nobody is told any more.
        on_settled: called when something else may be shown than what the user wanted.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        value: PacedValue[ValueT],
        send: Callable[[Client, ValueT], None],
        *,
        owner: QObject,
        on_settled: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._surroundings = surroundings
        self._value = value
        self._send = send
        self._owner = owner
        self._on_settled = on_settled
        self._clock = clock
        self._next = self._timer(self._send_due)
        self._settling = self._timer(on_settled)

    @property
    def shown(self) -> ValueT:
        """What the control shows now."""
        return self._value.shown(self._clock())

    def told(self, value: ValueT) -> None:
        """The engine says what is."""
        self._value.told(value)

    def want(self, value: ValueT) -> None:
        """The user wants something else: it is sent as soon as its turn has come."""
        self._settling.stop()
        self._value.want(value)
        self._send_due()

    def _timer(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self._owner)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer

    def _send_due(self) -> None:
        now = self._clock()
        value = self._value.due(now)
        if value is not None:
            self._surroundings.desk.ask(
                lambda client: self._send(client, value),
                lambda _: self._answered(is_refused=False),
                otherwise=self._refused,
                owner=self._owner,
            )
        elif (wait_s := self._value.wait_s(now)) is not None:
            self._next.start(round(wait_s * 1000) + 1)

    def _refused(self, error: PowerStreamError) -> None:
        self._surroundings.ways.say(error.title, error.hint)
        self._answered(is_refused=True)
        self._on_settled()

    def _answered(self, *, is_refused: bool) -> None:
        self._value.answered(self._clock(), is_refused=is_refused)
        if self._value.wait_s(self._clock()) is None:
            self._settling.start(round(WORD_COMES_WITHIN_S * 1000) + 1)
        self._send_due()

"""The window's hand at one channel: fader, mute, the key of push to talk."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.paced_sender import PacedSender
from powerstream_desktop.desktop.studio.audio.paced_value import PacedValue

TALK_RENEW_MS: Final = 1000
TALK_HELD_FOR_S: Final = 2.5
"""The engine lets go of a key by itself after so long: a window that dies while it is held leaves no microphone open."""
_SAME_DB: Final = 0.05


class ChannelHand(QObject):
    """Sends what becomes of one channel. What the engine refuses is said in a banner.

    Args:
        surroundings: what the window lends.
        channel_id: which one.
        parent: when it is gone, nobody is told any more.
        clock: monotonic seconds.
    """

    gain_changed = Signal()
    """The fader stands elsewhere: the engine has said so, or refused."""

    def __init__(self, surroundings: Surroundings, channel_id: str, parent: QObject, clock: Clock) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._channel_id = channel_id
        self._gain = PacedSender(
            surroundings,
            PacedValue(0.0, lambda wanted_db, told_db: abs(wanted_db - told_db) < _SAME_DB),
            self._send_gain,
            owner=self,
            on_settled=self.gain_changed.emit,
            clock=clock,
        )
        self._talk_timer = QTimer(self)
        self._talk_timer.setInterval(TALK_RENEW_MS)
        self._talk_timer.timeout.connect(self._say_held)

    @property
    def gain_db(self) -> float:
        """Where the fader stands: where the user put it, until the engine has said where it is."""
        return self._gain.shown

    def told_gain(self, gain_db: float) -> None:
        """The engine says where the fader is."""
        self._gain.told(gain_db)

    def move_to(self, gain_db: float) -> None:
        """Move the fader: the newest place is sent, twenty times a second at most, and the last one always."""
        self._gain.want(gain_db)

    def mute(self, is_muted: bool) -> None:
        """Mute, or let it be heard again."""
        self._surroundings.desk.ask(
            lambda client: client.studio.change_audio(self._channel_id, is_muted=is_muted), owner=self
        )

    def talk(self, is_held: bool) -> None:
        """The key of push to talk is held, or not any more; it is said again each second for as long as it is."""
        if is_held:
            self._talk_timer.start()
            self._say_held()
        else:
            self._talk_timer.stop()
            self._surroundings.desk.ask(
                lambda client: client.studio.hold_to_talk(self._channel_id, is_held=False), owner=self
            )

    def _say_held(self) -> None:
        self._surroundings.desk.ask(
            lambda client: client.studio.hold_to_talk(self._channel_id, is_held=True, for_s=TALK_HELD_FOR_S),
            owner=self,
        )

    def _send_gain(self, client: Client, gain_db: float) -> None:
        client.studio.change_audio(self._channel_id, gain_db=gain_db)

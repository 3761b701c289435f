"""From a key to the service. Lives on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from powerstream_desktop.client.live import Marker
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.hotkeys import errands
from powerstream_desktop.desktop.hotkeys.action import SCENES, HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import KeyEvent
from powerstream_desktop.desktop.hotkeys.end_guard import EndGuard, GuardState
from powerstream_desktop.desktop.hotkeys.live_clips import LiveClips
from powerstream_desktop.desktop.language.figures import short_duration
from powerstream_desktop.desktop.shell.surroundings import Surroundings

if TYPE_CHECKING:
    from powerstream_desktop.client.client import Client

RENEW_TALK_MS: Final = 1000
"""Well below ``errands.TALK_LEASE_S``."""
PANIC_S: Final = 1.0
"""Whoever hides in a hurry presses twice; only a press after this time shows again."""


_PLAIN_ERRANDS: Final[Mapping[HotkeyAction, Callable[[Client], None]]] = {
    HotkeyAction.MUTE_MICROPHONE: errands.toggle_microphones,
    HotkeyAction.SPLIT: errands.split,
}
"""What needs nothing but the key; the studio shows that it was done."""


class Dispatcher(QObject):
    """Has done what each key is for.

    Args:
        surroundings: takes the errands, and knows what is on air.
        clock: gives the time.
        parent: whose it is.
    """

    def __init__(
        self, surroundings: Surroundings, *, clock: Clock = monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._clock = clock
        self._clips = LiveClips(surroundings, self)
        self._guard = EndGuard()
        self._meant: Callable[[Client], None] = errands.go_live
        self._look_again = QTimer(self, singleShot=True)
        self._look_again.timeout.connect(self._look)
        self._talking: tuple[str, ...] = ()
        self._is_talk_held = False
        self._renew = QTimer(self, interval=RENEW_TALK_MS)
        self._renew.timeout.connect(self._renew_talk)
        self._private_at: float | None = None

    def heard(self, event: KeyEvent) -> None:
        """Do what a key's movement is for."""
        match event.action:
            case HotkeyAction.GO_LIVE_OR_END:
                self._guarded(event)
            case HotkeyAction.PUSH_TO_TALK:
                self._talk(is_held=event.is_pressed)
            case HotkeyAction.MARK if event.is_pressed:
                self._surroundings.desk.ask(errands.mark, self._say_marked, owner=self)
            case HotkeyAction.CLIP if event.is_pressed:
                self._clips.save()
            case _ if event.is_pressed:
                self._do(self._errand_of(event.action))

    def _errand_of(self, action: HotkeyAction) -> Callable[[Client], None]:
        if action in SCENES:
            return partial(errands.switch_scene, number=SCENES[action])
        if action is HotkeyAction.PRIVACY:
            before, self._private_at = self._private_at, self._clock()
            may_show = before is None or self._private_at - before >= PANIC_S
            return partial(errands.show_or_hide, may_show=may_show)
        return _PLAIN_ERRANDS[action]

    def _guarded(self, event: KeyEvent) -> None:
        now = self._clock()
        if self._guard.state is GuardState.REST and event.is_pressed:
            self._choose()
        is_meant = self._guard.press(now) if event.is_pressed else self._guard.release(now)
        self._after(is_meant=is_meant)

    def _look(self) -> None:
        self._after(is_meant=self._guard.look(self._clock()))

    def _after(self, *, is_meant: bool) -> None:
        if is_meant:
            self._do(self._meant)
        if (due_at := self._guard.due_at) is None:
            self._look_again.stop()
        else:
            self._look_again.start(max(0, round((due_at - self._clock()) * 1000)))

    def _choose(self) -> None:
        """What the first press was for stays so: a broadcast that ends meanwhile by itself is not begun anew by the second."""
        live = self._surroundings.feed.now.live
        session_id = None if live is None else live.session_id
        self._meant = errands.go_live if session_id is None else partial(errands.end, session_id=session_id)
        self._surroundings.ways.say(_once_more(is_live=session_id is not None))

    def _talk(self, *, is_held: bool) -> None:
        self._is_talk_held = is_held
        if is_held:
            self._surroundings.desk.ask(errands.talking_channels, self._talk_on, owner=self)
            return
        self._renew.stop()
        talking, self._talking = self._talking, ()
        if talking:
            self._do(partial(errands.hold_to_talk, channels=talking, is_held=False))

    def _talk_on(self, channels: tuple[str, ...]) -> None:
        if not self._is_talk_held:  # let go before the service had answered
            return
        self._talking = channels
        self._renew_talk()
        self._renew.start()

    def _renew_talk(self) -> None:
        self._do(partial(errands.hold_to_talk, channels=self._talking, is_held=True))

    def _say_marked(self, marker: Marker) -> None:
        sentence = QCoreApplication.translate("Hotkeys", "Marked at {time}.")
        self._surroundings.ways.tell(sentence.format(time=short_duration(marker.offset_ms / 1000)))

    def _do(self, errand: Callable[[Client], None]) -> None:
        self._surroundings.desk.ask(errand, owner=self)


def _once_more(*, is_live: bool) -> str:
    if is_live:
        return QCoreApplication.translate(
            "Hotkeys", "Press the shortcut once more, or hold it, to end the broadcast."
        )
    return QCoreApplication.translate("Hotkeys", "Press the shortcut once more, or hold it, to go live.")

"""Which hotkeys are down, seen through a keyboard that repeats. Pure: told the time, in monotonic seconds.

X11 shows a held key as release and press, again and again, with the same time stamp. So a release waits for a moment; a press of the
same key with the same stamp takes it back. Another press does not, however late both are seen: the stamps are the keyboard's.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import KeyEvent

WAIT_S: Final = 0.02
REPEAT_MS: Final = 1
"""Between the stamps of a release and a press that no finger made."""
KeyT = TypeVar("KeyT")


class HeldKeys(Generic[KeyT]):
    """The keys of one keyboard, by whatever the system calls them."""

    def __init__(self) -> None:
        self._held: dict[KeyT, HotkeyAction] = {}
        self._let_go_at: dict[KeyT, float] = {}
        self._stamps_ms: dict[KeyT, int] = {}

    @property
    def due_at(self) -> float | None:
        """When to look again; ``None`` for not before another event."""
        return min(self._let_go_at.values(), default=None)

    def press(self, key: KeyT, action: HotkeyAction | None, stamp_ms: int) -> tuple[KeyEvent, ...]:
        """A key went down, or repeats.

        Args:
            key: which.
            action: what it is for; None for one that is only known while it is held, as its modifiers were let go first.
            stamp_ms: the keyboard's own time.
        """
        was_let_go = key in self._let_go_at and stamp_ms - self._stamps_ms[key] > REPEAT_MS
        before = (self._up(key),) if was_let_go else ()
        self._let_go_at.pop(key, None)
        if action is None or key in self._held:
            return before
        self._held[key] = action
        return (*before, KeyEvent(action=action, is_pressed=True))

    def release(self, key: KeyT, stamp_ms: int, now: float) -> None:
        """A key went up, or repeats.

        Args:
            key: which.
            stamp_ms: the keyboard's own time.
            now: ours.
        """
        if key in self._held:
            self._let_go_at.setdefault(key, now + WAIT_S)
            self._stamps_ms[key] = stamp_ms

    def look(self, now: float) -> tuple[KeyEvent, ...]:
        """Return what is up for good."""
        up = [key for key, due_at in self._let_go_at.items() if now >= due_at]
        return tuple(self._up(key) for key in up)

    def let_all_go(self) -> tuple[KeyEvent, ...]:
        """Nothing is listened for any more."""
        return tuple(self._up(key) for key in tuple(self._held))

    def _up(self, key: KeyT) -> KeyEvent:
        self._let_go_at.pop(key, None)
        return KeyEvent(action=self._held.pop(key), is_pressed=False)

"""The keyboard of an X server, as this program may grab it. Used on one thread only; python-xlib is known here and nowhere else here.

NumLock and CapsLock count as modifiers for X11: a key grabbed without them would be deaf while one of them is on. So each combination is
grabbed in all four variants, and fails as a whole if another program has one of them.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.key_combination import KeyCombination, Modifier
from powerstream_desktop.desktop.hotkeys import sentences
from powerstream_desktop.desktop.hotkeys.keysyms import keysym_name

logger = logging.getLogger(__name__)

_SHIFT, _LOCK, _CONTROL, _MOD_1, _MOD_4 = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 6
_MASKS: Final[Mapping[Modifier, int]] = {
    Modifier.CTRL: _CONTROL,
    Modifier.ALT: _MOD_1,
    Modifier.SHIFT: _SHIFT,
    Modifier.META: _MOD_4,
}
_ALL_MASKS: Final = _SHIFT | _CONTROL | _MOD_1 | _MOD_4

Place: TypeAlias = tuple[int, int]
"""A key's code, and the modifiers that are held beside it."""


class X11Keyboard:
    """Grabs keys on the root window.

    Args:
        display: such as ``:0``; None for the session's.

    Raises:
        SystemFault: there is no X server, or it turns us away.
    """

    def __init__(self, display: str | None) -> None:
        from Xlib import display as xlib  # type: ignore[import-untyped]

        with _lost():
            self._display: Any = xlib.Display(display)
            self._display.set_error_handler(_note)
            self._root: Any = self._display.screen().root
        self._num_lock = 0
        self._grabbed: list[Place] = []

    def fileno(self) -> int:
        """Return the socket, to wait for."""
        number: int = self._display.fileno()
        return number

    def places(self, combination: KeyCombination) -> tuple[Place, ...]:
        """Return where a combination lies on this keyboard: nowhere, if it has no such key."""
        from Xlib import XK

        keysym = XK.string_to_keysym(keysym_name(combination.key))
        held = sum(_MASKS[modifier] for modifier in combination.modifiers)
        return tuple(sorted({(code, held) for code, _ in self._display.keysym_to_keycodes(keysym)}))

    def grab(self, places: tuple[Place, ...]) -> bool:
        """Grab a combination wherever it lies; return whether it is ours.

        Raises:
            SystemFault: the server is gone.
        """
        with _lost():
            is_ours = all(self._grab_one(code, held) for code, held in places)
        if not is_ours:
            self._let_go(places)
        return is_ours

    def let_all_go(self) -> None:
        """Grab nothing any more; SystemFault if the server is gone."""
        self._let_go(tuple({(code, held & _ALL_MASKS) for code, held in self._grabbed}))

    def learn(self) -> bool:
        """Learn which modifier NumLock is; return whether it is another one. SystemFault if the server is gone."""
        from Xlib import XK

        with _lost():
            code = self._display.keysym_to_keycode(XK.string_to_keysym("Num_Lock"))
            rows = self._display.get_modifier_mapping()
        before = self._num_lock
        self._num_lock = next((1 << row for row, codes in enumerate(rows) if code and code in codes), 0)
        return self._num_lock != before

    def events(self) -> Iterator[tuple[str, Place, int]]:
        """Give what has come: ``press`` or ``release`` with place and the server's time in ms, or ``mapping``.

        Raises:
            SystemFault: the server is gone.
        """
        from Xlib import X

        with _lost():
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    yield "press", (event.detail, event.state & _ALL_MASKS), event.time
                elif event.type == X.KeyRelease:
                    yield "release", (event.detail, event.state & _ALL_MASKS), event.time
                elif event.type == X.MappingNotify:
                    self._display.refresh_keyboard_mapping(event)
                    yield "mapping", (0, 0), 0

    def close(self) -> None:
        """Hang up: the server lets all keys go."""
        with contextlib.suppress(SystemFault), _lost():
            self._display.close()

    def _grab_one(self, code: int, held: int) -> bool:
        from Xlib import X
        from Xlib.error import BadAccess, CatchError  # type: ignore[import-untyped]

        refusal = CatchError(BadAccess)
        for lock in self._locks():
            self._root.grab_key(
                code,
                held | lock,
                0,
                X.GrabModeAsync,
                X.GrabModeAsync,
                onerror=refusal,
            )
            self._grabbed.append((code, held | lock))
        self._display.sync()
        return refusal.get_error() is None

    def _let_go(self, places: tuple[Place, ...]) -> None:
        with _lost():
            for code, held in self._grabbed:
                if (code, held & _ALL_MASKS) in places:
                    self._root.ungrab_key(code, held)
            self._display.sync()
        self._grabbed = [each for each in self._grabbed if (each[0], each[1] & _ALL_MASKS) not in places]

    def _locks(self) -> tuple[int, ...]:
        return tuple(sorted({0, _LOCK, self._num_lock, _LOCK | self._num_lock}))


@contextlib.contextmanager
def _lost() -> Iterator[None]:
    """The one place where python-xlib's errors become ours."""
    from Xlib.error import ConnectionClosedError, DisplayError, XauthError, XError

    try:
        yield
    except (ConnectionClosedError, DisplayError, XauthError, XError, OSError) as error:
        raise SystemFault(sentences.X_SERVER_LOST, detail=repr(error)) from error


def _note(error: object, _request: object) -> None:
    logger.debug("The X server complains: %r", error)

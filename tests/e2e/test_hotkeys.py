"""Hotkeys during a broadcast while another program's window has the focus: pressed on the keyboard, seen in the service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from Xlib import XK, X, display  # type: ignore[import-untyped]
from Xlib.error import BadAccess, CatchError  # type: ignore[import-untyped]
from Xlib.ext import xtest  # type: ignore[import-untyped]

from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.xvfb import Screen

pytestmark = pytest.mark.e2e

READY_S: Final = 60.0
SOON_S: Final = 20.0
FINGER_MS: Final = 30
_BESIDE: Final = ("Control_L", "Alt_L")


class OtherProgram:
    """A window that has the focus, and a hand on the keyboard.

    Args:
        name: of the display.
    """

    def __init__(self, name: str) -> None:
        self._connection: Any = display.Display(name)
        self._root: Any = self._connection.screen().root
        self._window: Any = self._root.create_window(
            0, 0, 200, 100, 0, X.CopyFromParent, event_mask=X.KeyPressMask
        )
        self._window.map()
        self._connection.sync()

    def take_focus(self) -> None:
        """Come to the front."""
        self._window.configure(stack_mode=X.Above)
        self._window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self._connection.sync()

    def has_focus(self) -> bool:
        """Whether keys go to this window."""
        return bool(self._connection.get_input_focus().focus == self._window)

    def is_taken(self, key: str) -> bool:
        """Whether another program listens for Ctrl+Alt and this key; nobody finds it taken by this look."""
        refusal = CatchError(BadAccess)
        code = self._code(key)
        held = X.ControlMask | X.Mod1Mask
        self._connection.grab_server()
        try:
            self._root.grab_key(code, held, 0, X.GrabModeAsync, X.GrabModeAsync, onerror=refusal)
            self._connection.sync()
            if refusal.get_error() is None:
                self._root.ungrab_key(code, held)
        finally:
            self._connection.ungrab_server()
            self._connection.sync()
        return refusal.get_error() is not None

    def tap(self, key: str) -> None:
        """Press and release Ctrl+Alt and this key, as fast as a finger."""
        codes = [self._code(name) for name in (*_BESIDE, key)]
        for code in codes:
            xtest.fake_input(self._connection, X.KeyPress, code, time=FINGER_MS)
        for code in reversed(codes):
            xtest.fake_input(self._connection, X.KeyRelease, code, time=FINGER_MS)
        self._connection.sync()

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    def _code(self, name: str) -> int:
        code: int = self._connection.keysym_to_keycode(XK.string_to_keysym(name))
        return code


@pytest.fixture
def screen(stage: Stage) -> Iterator[Screen]:
    with Screen(stage.folder, moving_fps=0) as made:
        yield made


@pytest.fixture
def other(screen: Screen) -> Iterator[OtherProgram]:
    made = OtherProgram(screen.display)
    yield made
    made.close()


def markers(served: Served, session_id: str) -> int:
    _, answer = served.ask("GET", f"/api/multistream/sessions/{session_id}")
    return len(answer["session"]["markers"])


def is_private(served: Served) -> bool:
    _, answer = served.ask("GET", "/api/studio")
    return answer["isPrivate"] is True


def is_live(served: Served) -> bool:
    _, answer = served.ask("GET", "/api/live/status")
    return answer["isLive"] is True


def test_keys_mark_hide_and_end_a_broadcast_while_another_program_has_the_focus(
    stage: Stage, screen: Screen, other: OtherProgram
) -> None:
    served = Served(stage)
    served.wait_until_ready()
    served.show(TestPictureContent())
    session_id = served.go_live(title="Keys", useMultistream=False, recordingEnabled=False, source="studio")
    wait_until(lambda: is_live(served), what="the broadcast", timeout_s=READY_S)
    window_environment = {**environment(served.home), "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    stage.process(POWERSTREAM, name="window", env=window_environment)
    wait_until(lambda: other.is_taken("m"), what="the window to listen for keys", timeout_s=READY_S)
    other.take_focus()
    wait_until(other.has_focus, what="the other program's focus", timeout_s=SOON_S)

    other.tap("m")
    wait_until(lambda: markers(served, session_id) == 1, what="the marker", timeout_s=SOON_S)
    other.tap("p")
    wait_until(lambda: is_private(served), what="privacy", timeout_s=SOON_S)
    other.tap("l")
    other.tap("l")
    wait_until(lambda: not is_live(served), what="the end of the broadcast", timeout_s=SOON_S)
    assert other.has_focus()

"""Hotkeys on a real X server, pressed by XTEST while another window has the focus."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

if sys.platform != "linux" or shutil.which("Xvfb") is None:
    pytest.skip("X servers run on Linux", allow_module_level=True)

from Xlib import XK, X, display  # type: ignore[import-untyped]
from Xlib.error import ConnectionClosedError  # type: ignore[import-untyped]
from Xlib.ext import xtest  # type: ignore[import-untyped]

from powerstream_desktop.common.key_combination import KeyCombination, Modifier
from powerstream_desktop.desktop.hotkeys.backend import BackendState
from powerstream_desktop.desktop.hotkeys.keysyms import keysym_name
from powerstream_desktop.desktop.hotkeys.x11_backend import X11Backend
from tests.e2e.support.waiting import wait_until
from tests.unit.desktop.hotkeys import contract
from tests.unit.desktop.hotkeys.contract import KEYS, MARK, TALK, Ear

HELD_MS: Final = 1000
"""A server begins to repeat after two thirds of a second."""
_KEYSYMS: Final = {
    Modifier.CTRL: "Control_L",
    Modifier.ALT: "Alt_L",
    Modifier.SHIFT: "Shift_L",
    Modifier.META: "Super_L",
}


class Server:
    """An X server without hardware."""

    def __init__(self) -> None:
        told, telling = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(telling),
            "-screen",
            "0",
            "320x240x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        self._process = subprocess.Popen(command, pass_fds=(telling,), stderr=subprocess.DEVNULL)
        os.close(telling)
        with os.fdopen(told) as numbers:
            self.display = f":{numbers.readline().strip()}"

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class X11Rig:
    """A way of listening on a server, and a hand on its keyboard; another window has the focus."""

    def __init__(self, server: Server) -> None:
        self.backend = X11Backend(server.display)
        self.connection: Any = display.Display(server.display)
        self.window: Any = self.connection.screen().root.create_window(
            0, 0, 50, 50, 0, X.CopyFromParent, event_mask=X.KeyPressMask | X.ExposureMask
        )
        self.window.map()
        self.connection.sync()
        wait_until(
            lambda: self.window.get_attributes().map_state == X.IsViewable,
            what="the window",
            timeout_s=contract.SOON_S,
        )
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.connection.sync()

    def press(self, combination: KeyCombination) -> None:
        for code in self.codes(combination):
            self._key(X.KeyPress, code)
        self.connection.sync()

    def hold(self, combination: KeyCombination, for_ms: int) -> None:
        """Press it, and let it go after a time; the server repeats it meanwhile as a keyboard does."""
        for code in self.codes(combination):
            self._key(X.KeyPress, code)
        for code in reversed(self.codes(combination)):
            xtest.fake_input(self.connection, X.KeyRelease, code, time=for_ms)
            for_ms = 0
        self.connection.sync()

    def release(self, combination: KeyCombination) -> None:
        for code in self.codes(combination):  # the modifiers first, as hands do
            self._key(X.KeyRelease, code)
        self.connection.sync()

    def tap(self, keysym: str) -> None:
        code = self.connection.keysym_to_keycode(XK.string_to_keysym(keysym))
        self._key(X.KeyPress, code)
        self._key(X.KeyRelease, code)
        self.connection.sync()

    def seen_by_the_window(self) -> list[int]:
        self.connection.sync()
        events = [self.connection.next_event() for _ in range(self.connection.pending_events())]
        return [event.detail for event in events if event.type == X.KeyPress]

    def codes(self, combination: KeyCombination) -> list[int]:
        names = [_KEYSYMS[modifier] for modifier in Modifier if modifier in combination.modifiers]
        names.append(keysym_name(combination.key))
        return [self.connection.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]

    def close(self) -> None:
        self.backend.close()
        with contextlib.suppress(ConnectionClosedError):
            self.connection.close()

    def _key(self, kind: int, code: int) -> None:
        xtest.fake_input(self.connection, kind, code)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def rig(server: Server) -> Iterator[X11Rig]:
    made = X11Rig(server)
    yield made
    made.close()


@pytest.mark.parametrize("promise", contract.PROMISES)
def test_it_keeps_the_promises_of_all(rig: X11Rig, promise: Callable[[contract.Rig], None]) -> None:
    promise(rig)


def test_the_window_with_the_focus_does_not_see_the_key_and_sees_all_others(rig: X11Rig) -> None:
    ear, _ = contract.begun(rig)
    rig.press(KEYS[MARK])
    rig.release(KEYS[MARK])
    ear.wait_for_events(contract.down(MARK), contract.up(MARK))
    rig.tap("x")
    seen = rig.seen_by_the_window()
    assert rig.codes(KEYS[MARK])[-1] not in seen
    assert rig.connection.keysym_to_keycode(XK.string_to_keysym("x")) in seen


def test_a_key_that_the_server_repeats_is_told_once(rig: X11Rig) -> None:
    ear, _ = contract.begun(rig)
    rig.hold(KEYS[TALK], HELD_MS)
    ear.wait_for_events(contract.down(TALK), contract.up(TALK))
    rig.press(KEYS[MARK])
    ear.wait_for_events(contract.down(TALK), contract.up(TALK), contract.down(MARK))


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_it_hears_with_a_lock_on(rig: X11Rig, lock: str) -> None:
    ear, _ = contract.begun(rig)
    rig.tap(lock)
    assert rig.connection.screen().root.query_pointer().mask & ~X.Button1Mask
    rig.press(KEYS[MARK])
    ear.wait_for_events(contract.down(MARK))
    rig.release(KEYS[MARK])
    rig.tap(lock)


def test_a_key_that_another_program_has_is_refused_and_the_others_work(rig: X11Rig) -> None:
    code = rig.codes(KEYS[MARK])[-1]
    root = rig.connection.screen().root
    root.grab_key(code, X.ControlMask | X.Mod1Mask, 0, X.GrabModeAsync, X.GrabModeAsync)
    rig.connection.sync()
    ear, _ = contract.begun(rig)
    bindings = ear.statuses[-1].bindings
    assert (bindings[MARK].is_bound, bindings[MARK].sentence) == (False, "Another program has this shortcut.")
    assert bindings[TALK].is_bound
    rig.press(KEYS[TALK])
    ear.wait_for_events(contract.down(TALK))


def test_a_key_that_the_keyboard_has_not_is_refused(rig: X11Rig) -> None:
    ear = Ear()
    rig.backend.start(ear)
    code = rig.codes(KEYS[MARK])[-1]
    rig.connection.change_keyboard_mapping(code, [(0, 0)])
    rig.connection.sync()
    rig.backend.bind({MARK: KEYS[MARK]})
    ear.wait_for(lambda: bool(ear.statuses), "a status")
    ear.wait_for(lambda: not ear.statuses[-1].bindings[MARK].is_bound, "a refusal")
    assert ear.statuses[-1].bindings[MARK].sentence == "This keyboard has no such key."


def test_it_follows_the_keys_to_another_layout(rig: X11Rig) -> None:
    ear, number = contract.begun(rig)
    old = rig.codes(KEYS[MARK])[-1]
    other = rig.connection.keysym_to_keycode(XK.string_to_keysym("q"))
    m, q = XK.string_to_keysym("m"), XK.string_to_keysym("q")
    rig.connection.change_keyboard_mapping(old, [(q, q)])
    rig.connection.change_keyboard_mapping(other, [(m, m)])
    rig.connection.sync()
    ear.wait_for_statuses(number + 1)
    held = rig.codes(KEYS[MARK])[:-1]

    def press_and_hear() -> bool:
        for code in (*held, other):
            xtest.fake_input(rig.connection, X.KeyPress, code)
        for code in (other, *held):
            xtest.fake_input(rig.connection, X.KeyRelease, code)
        rig.connection.sync()
        return bool(ear.events)

    # The server tells of both changes one after the other: pressed until the second is obeyed too.
    wait_until(press_and_hear, what="the key", timeout_s=contract.SOON_S)
    assert ear.events[:1] == [contract.down(MARK)]


def test_a_server_that_dies_is_said_and_held_keys_are_let_go(server: Server) -> None:
    rig = X11Rig(server)
    ear, _ = contract.begun(rig)
    rig.press(KEYS[TALK])
    ear.wait_for_events(contract.down(TALK))
    server.close()
    ear.wait_for(lambda: ear.statuses[-1].state is BackendState.GONE, "its loss")
    assert ear.statuses[-1].sentence == "The X server is gone; no key is heard any more."
    ear.wait_for_events(contract.down(TALK), contract.up(TALK))
    rig.backend.bind(KEYS)
    rig.close()


def test_a_display_that_is_none_is_said() -> None:
    backend, ear = X11Backend("no display"), Ear()
    backend.start(ear)
    assert ear.wait_for_statuses(1).state is BackendState.GONE
    backend.close()

"""A key that repeats is told once."""

from __future__ import annotations

from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import KeyEvent
from powerstream_desktop.desktop.hotkeys.held_keys import WAIT_S, HeldKeys

TALK = HotkeyAction.PUSH_TO_TALK
DOWN, UP = KeyEvent(action=TALK, is_pressed=True), KeyEvent(action=TALK, is_pressed=False)


def test_a_repeating_key_is_down_once_and_up_once() -> None:
    held: HeldKeys[int] = HeldKeys()
    assert held.press(65, TALK, 0) == (DOWN,)
    for moment in range(10):
        held.release(65, 1000 * moment + 500, float(moment))
        assert held.look(moment + WAIT_S / 2) == ()
        assert held.press(65, TALK, 1000 * moment + 500) == ()
    held.release(65, 20_000, 20.0)
    assert held.due_at == 20.0 + WAIT_S
    assert held.look(20.0 + WAIT_S) == (UP,)
    assert held.look(30.0) == ()


def test_a_repeat_is_known_though_its_modifiers_were_let_go() -> None:
    held: HeldKeys[int] = HeldKeys()
    held.press(65, TALK, 0)
    held.release(65, 500, 0.0)
    assert held.press(65, None, 500) == ()
    assert held.look(1.0) == ()


def test_a_key_of_nobody_is_not_told() -> None:
    held: HeldKeys[int] = HeldKeys()
    assert held.press(30, None, 0) == ()
    held.release(30, 10, 0.0)
    assert held.look(1.0) == ()


def test_letting_all_go_tells_of_each() -> None:
    held: HeldKeys[int] = HeldKeys()
    held.press(65, TALK, 0)
    held.press(66, HotkeyAction.MARK, 1)
    assert held.let_all_go() == (UP, KeyEvent(action=HotkeyAction.MARK, is_pressed=False))
    assert held.let_all_go() == ()


def test_two_presses_that_are_seen_late_and_together_are_two() -> None:
    held: HeldKeys[int] = HeldKeys()
    held.press(65, TALK, 0)
    held.release(65, 80, 5.0)
    assert held.press(65, TALK, 160) == (UP, DOWN)
    held.release(65, 240, 5.0)
    assert held.press(65, None, 320) == (UP,)
    assert held.look(9.0) == ()

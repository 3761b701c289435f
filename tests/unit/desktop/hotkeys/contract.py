"""What every way of listening promises; each is put through it with a keyboard that the test can press."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import BackendState, BackendStatus, HotkeyBackend, KeyEvent

SOON_S = 10.0
MARK, TALK = HotkeyAction.MARK, HotkeyAction.PUSH_TO_TALK
KEYS = {MARK: KeyCombination.of("Ctrl+Alt+M"), TALK: KeyCombination.of("Ctrl+Alt+Space")}


def down(action: HotkeyAction) -> KeyEvent:
    return KeyEvent(action=action, is_pressed=True)


def up(action: HotkeyAction) -> KeyEvent:
    return KeyEvent(action=action, is_pressed=False)


class Ear:
    """A listener that a test can wait for."""

    def __init__(self) -> None:
        self.events: list[KeyEvent] = []
        self.statuses: list[BackendStatus] = []
        self._changed = threading.Condition()

    def heard(self, event: KeyEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def stands(self, status: BackendStatus) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, SOON_S), f"{what}: {self.events} {self.statuses}"

    def wait_for_events(self, *events: KeyEvent) -> None:
        self.wait_for(lambda: len(self.events) >= len(events), f"{len(events)} events")
        assert self.events == list(events)

    def wait_for_statuses(self, number: int) -> BackendStatus:
        self.wait_for(lambda: len(self.statuses) >= number, f"{number} statuses")
        return self.statuses[number - 1]


class Rig(Protocol):
    """A way of listening, and a hand on the keyboard."""

    @property
    def backend(self) -> HotkeyBackend:
        """What listens."""
        ...

    def press(self, combination: KeyCombination) -> None:
        """Put a combination down; where the system leaves repeats to the program, more than once."""
        ...

    def release(self, combination: KeyCombination) -> None:
        """Let it go."""
        ...


def begun(rig: Rig) -> tuple[Ear, int]:
    """Return a listener that has bound ``KEYS``, and how many statuses it was told by then."""
    ear = Ear()
    rig.backend.start(ear)
    rig.backend.bind(KEYS, is_wish=True)
    ear.wait_for(lambda: bool(ear.statuses and ear.statuses[-1].bindings), "a status with bindings")
    return ear, len(ear.statuses)


def says_what_became_of_each_wish(rig: Rig) -> None:
    ear, number = begun(rig)
    status = ear.statuses[number - 1]
    assert status.state is BackendState.WORKING
    assert {action: binding.is_bound for action, binding in status.bindings.items()} == {
        MARK: True,
        TALK: True,
    }
    assert all(binding.sentence == "" for binding in status.bindings.values())
    assert status.name


def tells_press_and_release_once_though_the_keyboard_repeats(rig: Rig) -> None:
    ear, _ = begun(rig)
    rig.press(KEYS[TALK])
    ear.wait_for_events(down(TALK))
    rig.release(KEYS[TALK])
    ear.wait_for_events(down(TALK), up(TALK))
    rig.press(KEYS[MARK])
    rig.release(KEYS[MARK])
    ear.wait_for_events(down(TALK), up(TALK), down(MARK), up(MARK))


def lets_a_held_key_go_when_keys_are_set_anew(rig: Rig) -> None:
    ear, number = begun(rig)
    rig.press(KEYS[TALK])
    ear.wait_for_events(down(TALK))
    rig.backend.bind({MARK: KEYS[MARK]}, is_wish=True)
    ear.wait_for_events(down(TALK), up(TALK))
    status = ear.wait_for_statuses(number + 1)
    assert set(status.bindings) == {MARK}
    rig.release(KEYS[TALK])
    rig.press(KEYS[TALK])
    rig.release(KEYS[TALK])
    rig.press(KEYS[MARK])
    ear.wait_for_events(down(TALK), up(TALK), down(MARK))


def ends_with_every_key_let_go_and_may_be_ended_twice(rig: Rig) -> None:
    ear, _ = begun(rig)
    rig.press(KEYS[TALK])
    ear.wait_for_events(down(TALK))
    rig.backend.close()
    rig.backend.close()
    assert ear.events == [down(TALK), up(TALK)]


PROMISES = [
    says_what_became_of_each_wish,
    tells_press_and_release_once_though_the_keyboard_repeats,
    lets_a_held_key_go_when_keys_are_set_anew,
    ends_with_every_key_let_go_and_may_be_ended_twice,
]

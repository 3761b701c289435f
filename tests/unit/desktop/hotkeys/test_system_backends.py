"""Windows and macOS, each with a keyboard of the test's own in the place of the system's."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator

import pytest

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.backend import BackendState
from powerstream_desktop.desktop.hotkeys.macos_backend import MacOSBackend
from powerstream_desktop.desktop.hotkeys.macos_keyboard import key_code
from powerstream_desktop.desktop.hotkeys.macos_keyboard import modifiers_of as mac_modifiers
from powerstream_desktop.desktop.hotkeys.windows_backend import WindowsBackend
from powerstream_desktop.desktop.hotkeys.windows_keyboard import modifiers_of, virtual_key
from tests.unit.desktop.hotkeys import contract
from tests.unit.desktop.hotkeys.contract import KEYS, MARK, TALK, Ear


class WindowsRig:
    """Plays the part of Windows that ``WindowsKeyboard`` names, and the hand."""

    def __init__(self) -> None:
        self.taken_by_others: set[tuple[int, int]] = set()
        self._numbers: dict[int, tuple[int, int]] = {}
        self._down: set[int] = set()
        self._messages: queue.Queue[int | None] = queue.Queue()
        self.backend = WindowsBackend(self)

    def press(self, combination: KeyCombination) -> None:
        wanted = (modifiers_of(combination), virtual_key(combination))
        self._down.add(virtual_key(combination))
        for number, place in tuple(self._numbers.items()):
            if place == wanted:
                self._messages.put(number)
                self._messages.put(number)

    def release(self, combination: KeyCombination) -> None:
        self._messages.join()
        self._down.discard(virtual_key(combination))

    def begin(self) -> None:
        pass

    def register(self, number: int, modifiers: int, key: int) -> bool:
        if (modifiers, key) in self.taken_by_others:
            return False
        self._numbers[number] = (modifiers, key)
        return True

    def unregister(self, number: int) -> None:
        del self._numbers[number]

    def next_hotkey(self, timeout_ms: int | None) -> int | None:
        try:
            number = self._messages.get(timeout=None if timeout_ms is None else timeout_ms / 1000)
        except queue.Empty:
            return None
        self._messages.task_done()
        return number

    def is_down(self, key: int) -> bool:
        return key in self._down

    def wake(self) -> None:
        self._messages.put(None)


class MacRig:
    """Plays the part of macOS that ``MacKeyboard`` names, and the hand."""

    def __init__(self) -> None:
        self.taken_by_others: set[tuple[int, int]] = set()
        self.can_begin = True
        self._numbers: dict[int, tuple[int, int]] = {}
        self._told: Callable[[int, bool], None] | None = None
        self.backend = MacOSBackend(self)

    def press(self, combination: KeyCombination) -> None:
        self._tell(combination, is_down=True)
        self._tell(combination, is_down=True)

    def release(self, combination: KeyCombination) -> None:
        self._tell(combination, is_down=False)

    def _tell(self, combination: KeyCombination, *, is_down: bool) -> None:
        code = key_code(combination)
        for number, place in tuple(self._numbers.items()):
            if place == (mac_modifiers(combination), code) and self._told is not None:
                self._told(number, is_down)

    def begin(self, told: Callable[[int, bool], None]) -> bool:
        self._told = told
        return self.can_begin

    def register(self, number: int, modifiers: int, code: int) -> bool:
        if (modifiers, code) in self.taken_by_others:
            return False
        self._numbers[number] = (modifiers, code)
        return True

    def unregister(self, number: int) -> None:
        del self._numbers[number]

    def end(self) -> None:
        self._told = None


@pytest.fixture(params=[WindowsRig, MacRig])
def rig(request: pytest.FixtureRequest) -> Iterator[WindowsRig | MacRig]:
    made: WindowsRig | MacRig = request.param()
    yield made
    made.backend.close()


@pytest.mark.parametrize("promise", contract.PROMISES)
def test_each_keeps_the_promises_of_all(
    rig: WindowsRig | MacRig, promise: Callable[[contract.Rig], None]
) -> None:
    promise(rig)


def test_a_key_that_another_program_has_is_refused_and_the_others_work(rig: WindowsRig | MacRig) -> None:
    mark = KEYS[MARK]
    rig.taken_by_others = {
        (modifiers_of(mark), virtual_key(mark)),
        (mac_modifiers(mark), key_code(mark) or 0),
    }
    ear, _ = contract.begun(rig)
    bindings = ear.statuses[-1].bindings
    assert (bindings[MARK].is_bound, bindings[MARK].sentence) == (False, "Another program has this shortcut.")
    assert bindings[TALK].is_bound
    rig.press(KEYS[TALK])
    ear.wait_for_events(contract.down(TALK))


def test_a_key_that_no_mac_has_is_refused() -> None:
    rig, ear = MacRig(), Ear()
    rig.backend.start(ear)
    rig.backend.bind({MARK: KeyCombination.of("Ctrl+Pause")})
    assert ear.statuses[-1].bindings[MARK].sentence == "This keyboard has no such key."


def test_a_mac_that_refuses_says_so_and_is_not_asked_again() -> None:
    rig, ear = MacRig(), Ear()
    rig.can_begin = False
    rig.backend.start(ear)
    rig.backend.bind(KEYS)
    assert [status.state for status in ear.statuses] == [BackendState.GONE]

"""The window's hotkeys as a whole, with a way of listening of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from powerstream_desktop.client.live import Marker
from powerstream_desktop.client.settings import Value
from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import (
    BackendState,
    BackendStatus,
    Binding,
    KeyEvent,
    Listener,
)
from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys, HotkeysStatus
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState
from tests.unit.desktop import driver
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.hotkeys.moments import marker
from tests.unit.desktop.hotkeys.test_keymap import settings

A = HotkeyAction
M = KeyCombination.of("Ctrl+Alt+M")
KEYS = settings(mark="Ctrl+Alt+M", scene_1="Ctrl+Alt+M")


class Backend:
    """Binds what it is told; the test presses."""

    def __init__(self, *, is_chosen_by_system: bool = False) -> None:
        self.asked: list[tuple[dict[HotkeyAction, KeyCombination], bool]] = []
        self.listener: Listener | None = None
        self.is_closed = False
        self._is_chosen_by_system = is_chosen_by_system

    def start(self, listener: Listener) -> None:
        self.listener = listener

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:
        self.asked.append((dict(keys), is_wish))
        assert self.listener is not None
        self.listener.stands(
            BackendStatus(
                name="Test",
                state=BackendState.WORKING,
                bindings={action: Binding(is_bound=True) for action in keys},
                is_chosen_by_system=self._is_chosen_by_system,
            )
        )

    def close(self) -> None:
        self.is_closed = True

    def press(self, action: HotkeyAction) -> None:
        """Press on another thread, as ways of listening do."""
        assert self.listener is not None
        event = KeyEvent(action=action, is_pressed=True)
        thread = threading.Thread(target=self.listener.heard, args=(event,))
        thread.start()
        thread.join()


class Live:
    def __init__(self) -> None:
        self.marks: list[threading.Thread] = []

    def mark(self) -> Marker:
        self.marks.append(threading.current_thread())
        return marker()


class Rooms:
    """``client.live``."""

    def __init__(self) -> None:
        self.live = Live()


class Stage:
    def __init__(self, backend: Backend) -> None:
        self.backend, self.rooms = backend, Rooms()
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.rooms)
        self.hotkeys = Hotkeys(surroundings, backend=backend)
        self.statuses: list[HotkeysStatus] = []
        self.hotkeys.status_changed.connect(self.statuses.append)

    def tell(self, values: dict[str, Value]) -> None:
        self.feed.replace(Outlook(service=ServiceState.THERE, settings=values))

    def begin(self) -> None:
        self.hotkeys.start()
        self.tell(KEYS)
        driver.wait_for(lambda: self.hotkeys.status.backend.state is BackendState.WORKING)


@pytest.fixture
def stage() -> Stage:
    return Stage(Backend())


def test_keys_are_listened_for_once_the_service_has_said_which(stage: Stage) -> None:
    stage.hotkeys.start()
    stage.feed.replace(Outlook(service=ServiceState.THERE))
    assert stage.backend.asked == []
    stage.tell(KEYS)
    driver.wait_for(lambda: stage.hotkeys.status.backend.state is BackendState.WORKING)
    assert stage.backend.asked == [({A.MARK: M}, False)]
    assert A.SCENE_1 in stage.hotkeys.status.clashes
    assert stage.hotkeys.status.backend.bindings[A.MARK].is_bound


def test_a_key_on_another_thread_is_obeyed_on_the_windows(stage: Stage) -> None:
    stage.begin()
    pressed: list[HotkeyAction] = []
    stage.hotkeys.pressed.connect(pressed.append)
    stage.backend.press(A.MARK)
    assert stage.rooms.live.marks == []
    driver.wait_for(lambda: bool(stage.rooms.live.marks))
    assert stage.rooms.live.marks == [threading.current_thread()]
    assert pressed == [A.MARK]


def test_settings_that_say_the_same_bind_nothing_anew(stage: Stage) -> None:
    stage.begin()
    stage.tell({**KEYS, "video.fps": 60})
    assert len(stage.backend.asked) == 1
    stage.tell(settings(enabled=False, mark="Ctrl+Alt+M"))
    assert stage.backend.asked[1:] == [({}, False)]


def test_a_key_that_was_changed_elsewhere_is_listened_for_at_once(stage: Stage) -> None:
    stage.begin()
    stage.tell(settings(mark="Ctrl+Alt+F9"))
    assert stage.backend.asked[1:] == [({A.MARK: KeyCombination.of("Ctrl+Alt+F9")}, False)]


def test_settings_that_were_told_before_it_listens_are_obeyed() -> None:
    stage = Stage(Backend())
    stage.tell(KEYS)
    assert stage.backend.asked == []
    stage.hotkeys.start()
    assert stage.backend.asked == [({A.MARK: M}, False)]


def test_while_a_key_is_chosen_nothing_is_listened_for_nor_obeyed(stage: Stage) -> None:
    stage.begin()
    stage.hotkeys.pause()
    stage.backend.press(A.MARK)
    stage.tell(settings(mark="Ctrl+Alt+F9"))
    driver.wait_for(lambda: stage.statuses[-1].keymap.keys[A.MARK] == KeyCombination.of("Ctrl+Alt+F9"))
    assert stage.hotkeys.status.backend.bindings[A.MARK].is_bound
    stage.hotkeys.go_on()
    assert stage.rooms.live.marks == []
    assert [keys for keys, _ in stage.backend.asked[1:]] == [{}, {A.MARK: KeyCombination.of("Ctrl+Alt+F9")}]


def test_where_the_desktop_chooses_the_dialog_opens_on_the_users_wish_alone() -> None:
    stage = Stage(Backend(is_chosen_by_system=True))
    stage.begin()
    stage.hotkeys.pause()
    stage.hotkeys.go_on()
    assert [is_wish for _, is_wish in stage.backend.asked] == [False]
    stage.hotkeys.set_up()
    assert stage.backend.asked[1:] == [({A.MARK: M}, True)]


def test_closing_ends_the_way_of_listening(stage: Stage) -> None:
    stage.begin()
    stage.hotkeys.close()
    assert stage.backend.is_closed

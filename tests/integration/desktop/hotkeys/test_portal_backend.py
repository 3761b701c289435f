"""The desktop portal on a bus of the test's own, where jeepney plays the portal and the test its user."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.backend import BackendState
from powerstream_desktop.desktop.hotkeys.portal_backend import PortalBackend
from tests.e2e.support.session_bus import PROGRAM, SessionBus
from tests.e2e.support.waiting import wait_until
from tests.integration.desktop.hotkeys.fake_portal import SOON_S, FakePortal
from tests.unit.desktop.hotkeys import contract
from tests.unit.desktop.hotkeys.contract import KEYS, MARK, TALK, Ear

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which(PROGRAM) is None, reason="portals exist on Linux"
)
BEFORE = {"mark": "Ctrl+F9"}


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with SessionBus() as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        yield made


class PortalRig:
    """A way of listening, and a hand that the portal watches: it tells only of keys that are bound."""

    def __init__(self, bus: SessionBus, **portal: Any) -> None:
        self.portal = FakePortal(bus.address, **portal)
        self.backend = PortalBackend()

    def press(self, combination: KeyCombination) -> None:
        self._tell(combination, is_pressed=True)
        self._tell(combination, is_pressed=True)

    def release(self, combination: KeyCombination) -> None:
        self._tell(combination, is_pressed=False)

    def _tell(self, combination: KeyCombination, *, is_pressed: bool) -> None:
        for action, each in KEYS.items():
            if each == combination and action.value in self.portal.bound:
                self.portal.move_key(action.value, is_pressed=is_pressed)

    def close(self) -> None:
        self.backend.close()
        self.portal.close()


@pytest.fixture
def rig(bus: SessionBus) -> Iterator[PortalRig]:
    made = PortalRig(bus)
    yield made
    made.close()


@pytest.mark.parametrize("promise", contract.PROMISES)
def test_it_keeps_the_promises_of_all(rig: PortalRig, promise: Callable[[contract.Rig], None]) -> None:
    promise(rig)


def test_at_the_start_no_dialog_opens_and_nothing_is_claimed(rig: PortalRig) -> None:
    ear = Ear()
    rig.backend.start(ear)
    status = ear.wait_for_statuses(1)
    assert (status.state, status.bindings, status.is_chosen_by_system) == (BackendState.ASKS_FIRST, {}, True)
    assert rig.portal.names() == ["Register", "CreateSession", "ListShortcuts"]
    rig.backend.bind(KEYS)
    rig.backend.close()
    assert "BindShortcuts" not in rig.portal.names()


def test_what_was_set_earlier_is_heard_without_a_dialog(bus: SessionBus) -> None:
    rig, ear = PortalRig(bus, bound=BEFORE), Ear()
    rig.backend.start(ear)
    status = ear.wait_for_statuses(1)
    assert status.state is BackendState.WORKING
    assert status.bindings[MARK].trigger == "Ctrl+F9"
    rig.portal.move_key("mark", is_pressed=True)
    ear.wait_for_events(contract.down(MARK))
    rig.close()


def test_the_dialog_is_told_names_and_wishes_and_each_wish_has_a_session_of_its_own(rig: PortalRig) -> None:
    ear, number = contract.begun(rig)
    [asked] = [body for name, body in rig.portal.calls if name == "BindShortcuts"]
    assert [(name, told["preferred_trigger"][1]) for name, told in asked[1]] == [
        ("mark", "CTRL+ALT+m"),
        ("push_to_talk", "CTRL+ALT+space"),
    ]
    assert asked[1][0][1]["description"][1] == "Mark a moment"
    rig.backend.bind({MARK: KEYS[MARK]}, is_wish=True)
    ear.wait_for_statuses(number + 1)
    sessions = [body[0] for name, body in rig.portal.calls if name == "BindShortcuts"]
    assert len(set(sessions)) == 2
    assert "Close" in rig.portal.names()


def test_a_dialog_that_is_closed_binds_nothing_and_says_so(bus: SessionBus) -> None:
    rig, ear = PortalRig(bus, answer=1), Ear()
    rig.backend.start(ear)
    number = len(ear.statuses) + 1
    ear.wait_for_statuses(number)
    rig.backend.bind(KEYS, is_wish=True)
    ear.wait_for(lambda: "closed without" in ear.statuses[-1].sentence, "the refusal")
    assert ear.statuses[-1].state is BackendState.ASKS_FIRST
    rig.close()


def test_keys_that_are_changed_in_the_desktop_are_shown(rig: PortalRig) -> None:
    ear, number = contract.begun(rig)
    rig.portal.change({"push_to_talk": "Pause"})
    status = ear.wait_for_statuses(number + 1)
    assert {action: each.trigger for action, each in status.bindings.items()} == {TALK: "Pause"}


def test_keys_of_another_session_or_of_no_action_are_not_heard(rig: PortalRig) -> None:
    ear, _ = contract.begun(rig)
    rig.portal.move_key("mark", is_pressed=True, session="/somebody/else")
    rig.portal.move_key("format_disk", is_pressed=True)
    rig.portal.move_key("push_to_talk", is_pressed=True)
    ear.wait_for_events(contract.down(TALK))


def test_who_is_not_the_portal_is_not_heard(bus: SessionBus, rig: PortalRig) -> None:
    from jeepney import DBusAddress, HeaderFields, new_signal
    from jeepney.io.blocking import open_dbus_connection

    ear, _ = contract.begun(rig)
    with open_dbus_connection(bus.address) as stranger:
        address = DBusAddress(
            "/org/freedesktop/portal/desktop", interface="org.freedesktop.portal.GlobalShortcuts"
        )
        signal = new_signal(address, "Activated", "osta{sv}", (rig.portal.session, "mark", 7, {}))
        for name in ("1", "2", "3", "4"):
            signal.header.fields[HeaderFields.destination] = f":1.{name}"
            stranger.send(signal)
    rig.portal.move_key("push_to_talk", is_pressed=True)
    ear.wait_for_events(contract.down(TALK))


def test_a_portal_that_ends_is_said_and_one_that_comes_back_is_heard(bus: SessionBus) -> None:
    rig = PortalRig(bus)
    ear, _ = contract.begun(rig)
    rig.press(KEYS[TALK])
    ear.wait_for_events(contract.down(TALK))
    rig.portal.close()
    ear.wait_for(lambda: ear.statuses[-1].state is BackendState.GONE, "its end")
    ear.wait_for_events(contract.down(TALK), contract.up(TALK))
    again = FakePortal(bus.address, bound=BEFORE)
    ear.wait_for(lambda: ear.statuses[-1].state is BackendState.WORKING, "its return")
    again.move_key("mark", is_pressed=True)
    ear.wait_for_events(contract.down(TALK), contract.up(TALK), contract.down(MARK))
    rig.backend.close()
    again.close()


def test_a_portal_without_shortcuts_is_said(bus: SessionBus) -> None:
    rig, ear = PortalRig(bus, has_shortcuts=False), Ear()
    rig.backend.start(ear)
    status = ear.wait_for_statuses(1)
    assert status.state is BackendState.GONE
    assert "powerstream ctl" in status.sentence
    rig.close()


def test_a_desktop_without_a_portal_is_said(bus: SessionBus) -> None:
    backend, ear = PortalBackend(), Ear()
    backend.start(ear)
    assert ear.wait_for_statuses(1).state is BackendState.GONE
    backend.close()


def test_a_session_without_a_bus_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    backend, ear = PortalBackend(), Ear()
    backend.start(ear)
    assert ear.wait_for_statuses(1).state is BackendState.GONE
    backend.close()


def test_a_bus_that_goes_is_said(bus: SessionBus, rig: PortalRig) -> None:
    ear, _ = contract.begun(rig)
    bus.close()
    ear.wait_for(lambda: ear.statuses[-1].state is BackendState.GONE, "its end")
    wait_until(lambda: ear.statuses[-1].bindings == {}, what="nothing to be claimed", timeout_s=SOON_S)

"""Staying awake on a bus of the test's own, where jeepney plays who manages the session."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.stay_awake import macos, windows
from powerstream_desktop.service.stay_awake.wakefulness import system_hold
from tests.e2e.support.session_bus import SessionBus
from tests.e2e.support.waiting import wait_until
from tests.integration.service.bus_peer import SOON_S, BusPeer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus manages sessions on Linux")


class SessionMaster(BusPeer):
    """Answers ``Inhibit``; logind's answer is the writing end of a pipe.

    Args:
        address: of the bus.
        name: what it is called there.
        gives_descriptor: as logind does.
    """

    def __init__(self, address: str, name: str, *, gives_descriptor: bool = False) -> None:
        super().__init__(address, name)
        self._gives_descriptor = gives_descriptor
        self._held = -1

    def __exit__(self, *reason: object) -> None:
        super().__exit__(*reason)
        if self._held >= 0:
            os.close(self._held)

    @property
    def is_held(self) -> bool:
        """Whoever asked still holds the descriptor that it was given: logind's own rule."""
        os.set_blocking(self._held, False)
        try:
            return os.read(self._held, 1) != b""
        except BlockingIOError:
            return True

    def reply(self, call: Any) -> None:
        from jeepney import new_method_return

        if self._gives_descriptor:
            self._held, given = os.pipe()
            self.send(new_method_return(call, "h", (given,)))
            os.close(given)
        else:
            self.send(new_method_return(call, "u", (7,)))


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with SessionBus() as made:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", made.address)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        yield made


def test_logind_is_asked_for_sleep_and_idleness_and_gets_its_descriptor_back(bus: SessionBus) -> None:
    with SessionMaster(bus.address, "org.freedesktop.login1", gives_descriptor=True) as logind:
        hold = system_hold()
        assert hold.way == "systemd-logind"
        assert logind.asked == [("Inhibit", "sleep:idle", "PowerStream", "A broadcast is live.", "block")]
        assert logind.is_held
        hold.release()
        wait_until(lambda: not logind.is_held, what="logind to be let go", timeout_s=SOON_S)


@pytest.mark.parametrize(
    ("name", "way", "asked"),
    [
        (
            "org.freedesktop.ScreenSaver",
            "the screen saver",
            ("Inhibit", "PowerStream", "A broadcast is live."),
        ),
        (
            "org.gnome.SessionManager",
            "GNOME's session manager",
            ("Inhibit", "PowerStream", 0, "A broadcast is live.", 12),
        ),
    ],
)
def test_without_logind_the_desktop_is_asked_and_held_by_the_connection(
    bus: SessionBus, name: str, way: str, asked: tuple[Any, ...]
) -> None:
    with SessionMaster(bus.address, name) as desktop:
        hold = system_hold()
        assert (hold.way, desktop.asked) == (way, [asked])
        hold.release()


def test_a_bus_on_which_nobody_can_is_a_fault_that_names_all_who_were_asked(bus: SessionBus) -> None:
    with pytest.raises(SystemFault) as raised:
        system_hold()
    assert all(way in raised.value.detail for way in ("logind", "screen_saver", "gnome"))


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "rubbish"])
def test_no_bus_at_all_is_a_fault_and_nothing_worse(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(SystemFault):
        system_hold()


def test_no_address_of_a_session_bus_is_a_fault_and_nothing_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    with pytest.raises(SystemFault):
        system_hold()


def test_macos_way_is_a_program_that_ends_when_it_is_let_go(tmp_path: Path) -> None:
    """With another program in its place, as far as can be tried here."""
    program = tmp_path / "caffeinate"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path / "asked"}\nexec sleep 60\n')
    program.chmod(0o755)
    hold = macos.take_hold(str(program))
    asked = tmp_path / "asked"
    wait_until(lambda: asked.exists() and asked.read_text(), what="the program", timeout_s=SOON_S)
    assert asked.read_text() == f"-i -s -w {os.getpid()}\n"
    hold.release()


def test_another_systems_way_is_a_fault_here() -> None:
    for take in (macos.take_hold, windows.take_hold):
        with pytest.raises(SystemFault):
            take()

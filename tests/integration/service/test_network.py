"""NetworkManager on a bus of the test's own, played by jeepney; the kernel's routes are this computer's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from powerstream_desktop.service.network.network import system_network
from tests.e2e.support.session_bus import SessionBus
from tests.integration.service.bus_peer import BusPeer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NetworkManager is Linux's")


class NetworkManager(BusPeer):
    """Tells its one property.

    Args:
        address: of the bus.
        metered: an ``NMMetered``; None for a manager that knows no such property.
    """

    def __init__(self, address: str, metered: int | None) -> None:
        super().__init__(address, "org.freedesktop.NetworkManager")
        self._metered = metered

    def reply(self, call: Any) -> None:
        from jeepney import new_error, new_method_return

        if self._metered is None:
            self.send(new_error(call, "org.freedesktop.DBus.Error.InvalidArgs"))
        else:
            self.send(new_method_return(call, "v", (("u", self._metered),)))


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with SessionBus() as made:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", made.address)
        yield made


@pytest.mark.parametrize(
    ("metered", "is_metered"), [(0, False), (1, True), (2, False), (3, True), (4, False), (None, False)]
)
def test_a_network_is_metered_when_its_manager_knows_it_or_guesses_it(
    bus: SessionBus, metered: int | None, is_metered: bool
) -> None:
    with NetworkManager(bus.address, metered) as manager:
        assert system_network().is_metered is is_metered
        assert manager.asked == [("Get", "org.freedesktop.NetworkManager", "Metered")]


def test_without_a_manager_no_network_is_metered_and_none_is_started_for_the_question(
    bus: SessionBus,
) -> None:
    assert not system_network().is_metered


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "rubbish"])
def test_without_a_bus_no_network_is_metered(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    assert not system_network().is_metered

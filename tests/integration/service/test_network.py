"""NetworkManager on a bus of the test's own, played by jeepney; the kernel's routes are this computer's."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from typing import Self

import pytest

from powerstream_desktop.service.network.network import system_network
from tests.e2e.support.session_bus import SessionBus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NetworkManager is Linux's")
SOON_S = 10.0


class NetworkManager:
    """Owns its name on a bus and tells its one property, on a thread.

    Args:
        address: of the bus.
        metered: an ``NMMetered``; None for a manager that knows no such property.
    """

    def __init__(self, address: str, metered: int | None) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.asked: list[tuple[str, ...]] = []
        self._metered = metered
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.NetworkManager"))
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="network-manager", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join(SOON_S)
        self._connection.close()

    def _serve(self) -> None:
        from jeepney import MessageType, new_error, new_method_return

        while not self._is_over.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is not MessageType.method_call:
                continue
            self.asked.append(message.body)
            if self._metered is None:
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"))
            else:
                self._connection.send(new_method_return(message, "v", (("u", self._metered),)))


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
        assert manager.asked == [("org.freedesktop.NetworkManager", "Metered")]


def test_without_a_manager_no_network_is_metered_and_none_is_started_for_the_question(
    bus: SessionBus,
) -> None:
    assert not system_network().is_metered


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "rubbish"])
def test_without_a_bus_no_network_is_metered(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    assert not system_network().is_metered

"""Who answers on a bus of a test's own, played by jeepney."""

from __future__ import annotations

import threading
from typing import Any, Self

SOON_S = 10.0


class BusPeer:
    """Owns a name on a bus and answers every call, on a thread. What it says is its own: ``reply``.

    Args:
        address: of the bus.
        name: what it is called there.

    Attributes:
        asked: the calls: the method, then its arguments.
    """

    def __init__(self, address: str, name: str) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.asked: list[tuple[Any, ...]] = []
        self._connection = open_dbus_connection(address, enable_fds=True)
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join(SOON_S)
        self._connection.close()

    def reply(self, call: Any) -> None:
        """Send the answer to a call."""
        raise NotImplementedError

    def send(self, answer: Any) -> None:
        """Send it."""
        self._connection.send(answer)

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType

        while not self._is_over.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self.asked.append((message.header.fields[HeaderFields.member], *message.body))
                self.reply(message)

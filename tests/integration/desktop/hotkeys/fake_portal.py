"""A desktop portal whose user is the test."""

from __future__ import annotations

import threading
from typing import Any

from powerstream_desktop.desktop.hotkeys.portal_words import BUS_NAME, PATH, REQUEST, SHORTCUTS, request_path

SOON_S = 10.0


class FakePortal:
    """Answers as the portal does: first with a request's path, then with a signal of its outcome.

    Args:
        address: of the bus.
        bound: shortcuts that the user has set earlier, with their triggers.
        answer: what the user does with the dialog: 0 agrees, 1 closes it.
        has_shortcuts: the portal offers them at all.
    """

    def __init__(
        self,
        address: str,
        *,
        bound: dict[str, str] | None = None,
        answer: int = 0,
        has_shortcuts: bool = True,
    ) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.bound = dict(bound or {})
        self.answer = answer
        self.session = ""
        self._sessions = 0
        self._has_shortcuts = has_shortcuts
        self._client = ""
        self._sending = threading.Lock()
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(BUS_NAME))
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="portal", daemon=True)
        self._thread.start()

    def names(self) -> list[str]:
        """Return what was called, in its order."""
        return [name for name, _ in self.calls]

    def move_key(self, name: str, *, is_pressed: bool, session: str | None = None) -> None:
        """Press or release the key of a shortcut."""
        member = "Activated" if is_pressed else "Deactivated"
        self._emit(PATH, SHORTCUTS, member, "osta{sv}", (session or self.session, name, 7, {}))

    def change(self, bound: dict[str, str]) -> None:
        """Set other keys in the desktop's own settings."""
        self.bound = bound
        self._emit(PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, self._shortcuts()))

    def close(self) -> None:
        """End; the bus tells everybody."""
        self._is_over.set()
        self._thread.join(SOON_S)
        self._connection.close()

    def _serve(self) -> None:
        from jeepney import MessageType

        while not self._is_over.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except (TimeoutError, OSError):
                continue
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Any) -> None:
        from jeepney import HeaderFields, new_error, new_method_return

        fields = message.header.fields
        name, self._client = fields[HeaderFields.member], fields[HeaderFields.sender]
        self.calls.append((name, message.body))
        if name in {"Register", "Close"}:
            self._send(new_method_return(message))
            return
        if not self._has_shortcuts:
            self._send(
                new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("No such interface",))
            )
            return
        path = request_path(
            self._client, message.body[-1 if name != "CreateSession" else 0]["handle_token"][1]
        )
        self._send(new_method_return(message, "o", (path,)))
        code, results = self._outcome(name, message.body)
        self._emit(path, REQUEST, "Response", "ua{sv}", (code, results))

    def _outcome(self, name: str, body: tuple[Any, ...]) -> tuple[int, dict[str, tuple[str, Any]]]:
        if name == "CreateSession":
            self._sessions += 1
            self.session = f"{PATH}/session/{self._sessions}"
            return 0, {"session_handle": ("s", self.session)}
        if name == "BindShortcuts":
            if self.answer:
                return self.answer, {}
            self.bound = {each: told["preferred_trigger"][1] for each, told in body[1]}
        return 0, {"shortcuts": ("a(sa{sv})", self._shortcuts())}

    def _shortcuts(self) -> list[tuple[str, dict[str, tuple[str, Any]]]]:
        return [
            (name, {"description": ("s", name), "trigger_description": ("s", trigger)})
            for name, trigger in self.bound.items()
        ]

    def _emit(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        from jeepney import DBusAddress, HeaderFields, new_signal

        signal = new_signal(DBusAddress(path, interface=interface), member, signature, body)
        signal.header.fields[HeaderFields.destination] = self._client
        self._send(signal)

    def _send(self, message: Any) -> None:
        with self._sending:
            self._connection.send(message)

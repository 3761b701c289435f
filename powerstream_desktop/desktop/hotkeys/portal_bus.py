"""The session's D-Bus, as far as the portal needs it. Used on one thread; jeepney is known here alone."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.desktop.hotkeys.portal_words import BUS_NAME, PATH, SESSION, Body

_CALL_S: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A signal of the portal, or of the bus about it.

    Attributes:
        path: of the object that tells.
        member: the signal's name.
        body: its values.
    """

    path: str
    member: str
    body: Body


class PortalBus:
    """A connection to the session's bus.

    Raises:
        SystemFault: there is none.
    """

    def __init__(self) -> None:
        with _broken():
            self._connection: DBusConnection = open_dbus_connection("SESSION")
        self._signals: deque[Any] = deque()
        self._owner = ""
        with _broken():
            for rule in (
                MatchRule(type="signal", sender=BUS_NAME),
                MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged"),
            ):
                self._call(message_bus.AddMatch(rule))
            # Kept until ``told``: also what comes while a call waits for its answer.
            self._filter = self._connection.filter(MatchRule(type="signal"), queue=self._signals)
            self._filter.__enter__()

    @property
    def unique_name(self) -> str:
        """Our name on the bus."""
        name: str = self._connection.unique_name
        return name

    @property
    def owner(self) -> str:
        """The portal's own name on the bus; empty before it was found."""
        return self._owner

    def fileno(self) -> int:
        """Return the socket, to wait for."""
        number: int = self._connection.sock.fileno()
        return number

    def find_portal(self) -> None:
        """Learn who the portal is, which starts it where it can be; SystemFault if there is none."""
        with (
            contextlib.suppress(SystemFault),
            _broken(),
        ):  # refused where it runs, if nothing says how to start it
            self._call(message_bus.StartServiceByName(BUS_NAME))
        with _broken():
            [self._owner] = self._call(message_bus.GetNameOwner(BUS_NAME))

    def call(self, interface: str, method: str, signature: str, body: Body) -> Body:
        """Have the portal do something; SystemFault if it refuses."""
        address = DBusAddress(PATH, bus_name=BUS_NAME, interface=interface)
        with _broken():
            return self._call(new_method_call(address, method, signature, body))

    def close_session(self, session: str) -> None:
        """Give a session back; harmless when it is gone."""
        address = DBusAddress(session, bus_name=BUS_NAME, interface=SESSION)
        with contextlib.suppress(SystemFault), _broken():
            self._call(new_method_call(address, "Close"))

    def told(self) -> Iterator[Told]:
        """Give what the portal has told; who else sends us signals is not heard. SystemFault if the bus is gone."""
        while self._take_in():
            message = self._signals.popleft()
            fields = message.header.fields
            sender, member = fields.get(HeaderFields.sender), fields.get(HeaderFields.member, "")
            if sender == self._owner or (
                sender == "org.freedesktop.DBus" and message.body[:1] == (BUS_NAME,)
            ):
                yield Told(path=fields.get(HeaderFields.path, ""), member=member, body=message.body)

    def _take_in(self) -> bool:
        """Take in what has come; return whether something is to be told."""
        with contextlib.suppress(TimeoutError), _broken():
            while True:
                self._connection.recv_messages(timeout=0)
        return bool(self._signals)

    def close(self) -> None:
        """Hang up: the portal lets our keys go."""
        self._connection.close()

    def _call(self, message: Any) -> Body:
        reply = self._connection.send_and_get_reply(message, timeout=_CALL_S)
        if reply.header.message_type is MessageType.error:
            raise DBusErrorResponse(reply)
        body: Body = reply.body
        return body


@contextlib.contextmanager
def _broken() -> Iterator[None]:
    """The one place where errors of the bus become ours; that nothing came in time stays what it is."""
    try:
        yield
    except TimeoutError:
        raise
    # No bus at all: KeyError for its missing address, ValueError for an address that is none.
    except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse) as error:
        raise SystemFault("The desktop's portal does not answer.", detail=repr(error)) from error

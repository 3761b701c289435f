"""Linux: the kernel's routes tell whether there is a network, and NetworkManager, where it runs, whether it is metered.

NetworkManager's own "disconnected" is not asked for: it says so too where somebody else manages the network.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, MessageFlag, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from powerstream_desktop.service.network.network import Network

CALL_S: Final = 3.0
_MANAGER: Final = "org.freedesktop.NetworkManager"
_PROPERTIES: Final = DBusAddress(
    "/org/freedesktop/NetworkManager", bus_name=_MANAGER, interface="org.freedesktop.DBus.Properties"
)
_METERED: Final = frozenset({1, 3})
"""``NM_METERED_YES`` and ``NM_METERED_GUESS_YES``: a telephone that lends its connection says so."""
_ROUTES: Final = Path("/proc/net/route")
_ROUTES6: Final = Path("/proc/net/ipv6_route")
_INTERFACES: Final = Path("/sys/class/net")
_LOOPBACK: Final = "lo"
_UP: Final = 0x1
_NEAR: Final = ("fe8", "fe9", "fea", "feb", "ff", "0" * 31 + "1")
"""Link-local, multicast and this computer itself: routes that are there without any network."""


def look() -> Network:
    """Return how the network is; what cannot be read counts as a network that is there and costs nothing."""
    return Network(is_absent=not _is_anywhere(), is_metered=_is_metered())


def leads_anywhere(routes: str, routes6: str, is_up: Callable[[str], bool]) -> bool:
    """Return whether any route leads out of this computer.

    Args:
        routes: what ``/proc/net/route`` says, its heading first.
        routes6: what ``/proc/net/ipv6_route`` says.
        is_up: whether anything is at the other end of an interface; a bridge without anybody on it has a route all the same.
    """
    found: set[str] = set()
    for line in routes.splitlines()[1:]:
        words = line.split()
        if len(words) > 3 and int(words[3], 16) & _UP:
            found.add(words[0])
    for line in routes6.splitlines():
        words = line.split()
        if len(words) > 9 and int(words[8], 16) & _UP and not words[0].startswith(_NEAR):
            found.add(words[9])
    return any(name != _LOOPBACK and is_up(name) for name in found)


def _is_anywhere() -> bool:
    try:
        routes = _ROUTES.read_text(encoding="ascii")
        routes6 = _ROUTES6.read_text(encoding="ascii") if _ROUTES6.exists() else ""
        return leads_anywhere(routes, routes6, _is_up)
    except (OSError, ValueError):
        return True


def _is_up(interface: str) -> bool:
    """Many an interface that works, such as a tunnel, says "unknown": only "down" is one that does not."""
    try:
        return (_INTERFACES / interface / "operstate").read_text(encoding="ascii").strip() != "down"
    except OSError:
        return True


def _is_metered() -> bool:
    message = new_method_call(_PROPERTIES, "Get", "ss", (_MANAGER, "Metered"))
    message.header.flags |= MessageFlag.no_auto_start
    try:
        with contextlib.closing(open_dbus_connection("SYSTEM")) as connection:
            reply = connection.send_and_get_reply(message, timeout=CALL_S)
    # No bus at all: KeyError for its missing address, ValueError for an address that is none.
    except (OSError, KeyError, ValueError, RuntimeError):
        return False
    body: tuple[Any, ...] = reply.body
    return reply.header.message_type is MessageType.method_return and body[0][1] in _METERED

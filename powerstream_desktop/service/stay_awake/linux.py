"""Linux: asks who manages the session, over D-Bus; the first that answers.

systemd-logind gives a descriptor: as long as one is open, the computer neither sleeps nor counts as idle, and the system closes it when
this process ends. Desktops without it know ``org.freedesktop.ScreenSaver`` (KDE, Xfce, Cinnamon) or GNOME's session manager; those
hold for as long as our connection to the bus lasts.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, DBusErrorResponse, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.stay_awake.wakefulness import WHO, WHY, WakeHold

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

CALL_S: Final = 3.0
_LOGIND: Final = DBusAddress(
    "/org/freedesktop/login1",
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.login1.Manager",
)
_SCREEN_SAVER: Final = DBusAddress(
    "/org/freedesktop/ScreenSaver",
    bus_name="org.freedesktop.ScreenSaver",
    interface="org.freedesktop.ScreenSaver",
)
_GNOME: Final = DBusAddress(
    "/org/gnome/SessionManager",
    bus_name="org.gnome.SessionManager",
    interface="org.gnome.SessionManager",
)
_GNOME_SUSPEND_AND_IDLE: Final = 4 | 8


class Hold:
    """What was given.

    Args:
        way: by what.
        let_go: gives it back.
    """

    def __init__(self, way: str, let_go: Callable[[], None]) -> None:
        self._way = way
        self._let_go = let_go

    @property
    def way(self) -> str:
        """By what, for the log."""
        return self._way

    def release(self) -> None:
        """Give it back."""
        with contextlib.suppress(OSError):
            self._let_go()


def take_hold() -> WakeHold:
    """Hold this computer awake.

    Raises:
        SystemFault: there is no bus, or nobody on it who could.
    """
    refusals: list[str] = []
    for take in (_of_logind, _of_screen_saver, _of_gnome):
        try:
            return take()
        # No bus at all: KeyError for its missing address, ValueError for an address that is none.
        except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse) as error:
            refusals.append(f"{take.__name__}: {error!r}")
    raise SystemFault("Nothing on this system keeps it awake.", detail="; ".join(refusals))


def _of_logind() -> WakeHold:
    connection = open_dbus_connection("SYSTEM", enable_fds=True)
    with contextlib.closing(connection):
        asked = ("sleep:idle", WHO, WHY, "block")
        [given] = _call(connection, new_method_call(_LOGIND, "Inhibit", "ssss", asked))
        descriptor = given.to_raw_fd()
    return Hold("systemd-logind", lambda: os.close(descriptor))


def _of_screen_saver() -> WakeHold:
    return _of_session("the screen saver", new_method_call(_SCREEN_SAVER, "Inhibit", "ss", (WHO, WHY)))


def _of_gnome() -> WakeHold:
    asked = (WHO, 0, WHY, _GNOME_SUSPEND_AND_IDLE)
    return _of_session("GNOME's session manager", new_method_call(_GNOME, "Inhibit", "susu", asked))


def _of_session(way: str, message: Any) -> WakeHold:
    connection = open_dbus_connection("SESSION")
    try:
        _call(connection, message)
    except BaseException:
        connection.close()
        raise
    return Hold(way, connection.close)


def _call(connection: DBusConnection, message: Any) -> tuple[Any, ...]:
    reply = connection.send_and_get_reply(message, timeout=CALL_S)
    if reply.header.message_type is MessageType.error:
        raise DBusErrorResponse(reply)
    body: tuple[Any, ...] = reply.body
    return body

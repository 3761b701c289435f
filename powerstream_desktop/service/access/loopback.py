"""Where the API listens: on this computer and nowhere else, at its port or the next free one (DESIGN 7, S27)."""

from __future__ import annotations

import errno
import socket
import sys
from typing import Final

from powerstream_desktop.common.errors import SystemFault

FIRST_PORT: Final = 5001
PORTS_TRIED: Final = 50
NO_IPV6: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})


def listen_on_loopback(first_port: int = FIRST_PORT) -> tuple[socket.socket, ...]:
    """Return listening sockets of one port: ``127.0.0.1``, and ``::1`` where there is IPv6. Their owner closes them.

    Both must be ours: "localhost" leads to either, and a stranger on the other would be sent our token.

    Raises:
        SystemFault: none of ``PORTS_TRIED`` ports is free.
    """
    for port in range(first_port, min(first_port + PORTS_TRIED, 65536)):
        sockets = _listen(port)
        if sockets:
            return sockets
    raise SystemFault(
        f"No port between {first_port} and {first_port + PORTS_TRIED - 1} is free.",
        hint="End the programs that use them, or give another port.",
    )


def _listen(port: int) -> tuple[socket.socket, ...]:
    """Return the sockets of a port; none when somebody else has it."""
    sockets: list[socket.socket] = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            sockets.append(bound(family, host, port))
        except OSError as error:
            if family is socket.AF_INET6 and error.errno in NO_IPV6:
                break
            for each in sockets:
                each.close()
            return ()
    return tuple(sockets)


def bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    """Return a socket that listens at one address and no other, for an event loop; OSError if somebody else has it."""
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # there, others could listen beside us without it
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
        listener.listen()
        listener.settimeout(0)  # for an event loop
    except OSError:
        listener.close()
        raise
    return listener

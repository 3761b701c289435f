"""The port where encoders publish to: the usual one, or the next that is free."""

from __future__ import annotations

import os
import socket
from typing import Final

HOST: Final = "127.0.0.1"
USUAL_PORT: Final = 1935
PORTS_TRIED: Final = 20


def free_port(host: str, usual_port: int) -> int:
    """Return the first free port from ``usual_port`` on; the usual one if none of the next ``PORTS_TRIED`` is.

    The port is free when this returns; should it be taken before the relay listens, the relay says so.

    Args:
        host: address to listen on.
        usual_port: the one that encoders expect; 0 for any.
    """
    ports = range(usual_port, usual_port + PORTS_TRIED)
    return next((port for port in ports if _is_free(host, port)), usual_port)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":
            # As the relay itself will: a connection of an hour ago does not occupy the port, another listener does.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
        return True

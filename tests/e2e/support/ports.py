"""Loopback ports for servers that tests start."""

from __future__ import annotations

import errno
import random
import socket

LOOPBACK = "127.0.0.1"
_PORTS = range(20_000, 32_000)
"""No system gives these to a connection that asks for any port: a server that was killed finds its own still free."""
_TRIES = 100


def free_port() -> int:
    """Return a TCP port nobody listens on just now; the caller binds it soon, so a clash is unlikely."""
    # Two test runs side by side, of the same seed perhaps, must not choose the same.
    chance = random.SystemRandom()
    for _ in range(_TRIES):
        port = chance.choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                return port
    raise AssertionError(f"no free port among {_TRIES}")


def accepts(port: int) -> bool:
    """Say whether something accepts TCP connections on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0

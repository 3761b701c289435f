"""What the relay sets and reads on TCP sockets; each where the system has it (rtmp.md 1.18, 3.4, 3.7, 6.4)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from types import ModuleType

from powerstream_desktop.relay.push.round_trip import RoundTrip

fcntl: ModuleType | None = None
if sys.platform == "linux":
    import fcntl

QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
SEND_BUFFER_BYTES = 512 * 1024
INGEST_SEND_BUFFER_BYTES = 128 * 1024
"""Encoders get a few answers, players sit on this machine; left to itself, the kernel keeps 4 MiB for a peer that reads nothing."""
NOT_SENT_LOW_WATER_BYTES = 16 * 1024
"""What the kernel holds but has not sent cannot be dropped any more: at 1 Mbit/s even this is 0.13 s (ADR 0007)."""
USER_TIMEOUT_MS = 8_000
SIOCOUTQ = 0x5411
"""Linux: bytes in the send buffer that the peer has not acknowledged."""
TCP_INFO_BYTES = 152
RTT_OFFSET = 68
MIN_RTT_OFFSET = 148
"""Linux, ``struct tcp_info``: ``tcpi_rtt`` and ``tcpi_min_rtt``, microseconds."""


def quick_ack(sock: socket.socket) -> None:
    """Acknowledge at once: encoders with Nagle on wait 40 ms for it at every step of their opening. Not sticky: repeat."""
    if QUICK_ACK is not None:
        try:  # noqa: SIM105 - what contextlib needs for this costs more than the option, and publishers get it with every read
            sock.setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)
        except OSError:
            pass


def wake_for(sock: socket.socket, size_bytes: int) -> None:
    """Report the socket readable only once ``size_bytes`` wait, or at its end. Linux only: elsewhere nothing changes."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size_bytes)


def tune_for_ingest(sock: socket.socket) -> None:
    """Keep little in the kernel for a peer that does not read, whoever it is."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, INGEST_SEND_BUFFER_BYTES)


def tune_for_push(sock: socket.socket) -> None:
    """Keep the kernel's share of the queue small and visible, and notice a peer that is gone."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    options = {
        "TCP_NOTSENT_LOWAT": NOT_SENT_LOW_WATER_BYTES,
        "TCP_USER_TIMEOUT": USER_TIMEOUT_MS,
        "TCP_KEEPIDLE": 60,
        "TCP_KEEPINTVL": 15,
        "TCP_KEEPCNT": 4,
    }
    for name, value in options.items():
        option = getattr(socket, name, None)
        if option is not None:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_TCP, option, value)


def close_our_direction(transport: asyncio.WriteTransport) -> None:
    """Say that we have nothing more to say, and go on listening; TLS can only close altogether.

    A socket that is closed while the peer still sends answers with a reset, and the peer loses what it has not read yet.
    """
    if transport.can_write_eof():
        with contextlib.suppress(OSError):  # the peer is gone already
            transport.write_eof()
    else:
        transport.close()


def unacknowledged_bytes(sock: socket.socket) -> int:
    """Return the bytes the kernel holds until the peer acknowledges them; 0 where the system cannot tell."""
    if fcntl is None:
        return 0
    try:
        return int.from_bytes(fcntl.ioctl(sock.fileno(), SIOCOUTQ, b"\0\0\0\0"), sys.byteorder)
    except (OSError, ValueError):  # closed already, which under TLS is told a little later
        return 0


def round_trip(sock: socket.socket) -> RoundTrip | None:
    """Return the round trip that TCP measures on a connection; ``None`` where the system does not tell."""
    option = getattr(socket, "TCP_INFO", None)
    if sys.platform != "linux" or option is None:
        return None
    try:
        info = sock.getsockopt(socket.IPPROTO_TCP, option, TCP_INFO_BYTES)
    except OSError:
        return None
    if len(info) < TCP_INFO_BYTES:  # a kernel older than 4.6
        return None
    smoothed_us, shortest_us = (
        int.from_bytes(info[offset : offset + 4], sys.byteorder) for offset in (RTT_OFFSET, MIN_RTT_OFFSET)
    )
    return RoundTrip(smoothed_us / 1_000_000, shortest_us / 1_000_000)

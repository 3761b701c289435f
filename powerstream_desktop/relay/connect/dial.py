"""Makes a TCP connection to whichever address of a host answers first, and leaves nothing behind when it is called off.

A standard library's race (``happy_eyeballs_delay``) loses the winner's socket when it is cancelled in the wrong round of the
loop: the connection then stays open until the garbage collector comes by, and a platform sees a ghost (srs#4483 is the like).
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import socket
from collections.abc import Iterable

from powerstream_desktop.relay.connect.addresses import OF_THIS_PROCESS, Address, GoodAddresses

NEXT_ADDRESS_AFTER_S = 0.25
"""A later address gets its chance when an earlier one has failed, or has been silent for so long (RFC 8305)."""

CONNECT_TIMEOUT_S = 5.0
"""How long one address may be silent (F04)."""
DNS_TIMEOUT_S = 5.0
DNS_PATIENCE_S = 3.0
"""How long DNS may take where an address is known: with the connection, the retry and TLS that stays below 8 s (F07)."""

logger = logging.getLogger(__name__)


async def dial(host: str, port: int, known: GoodAddresses = OF_THIS_PROCESS) -> socket.socket:
    """Return a connected socket, not blocking; while DNS fails, to an address that was good before.

    Args:
        host: a name or an address.
        port: TCP port.
        known: the addresses that were good; the one that is connected to now is added.

    Raises:
        OSError: the name has no address, or no address could be connected to; if any was refused, that.
        ValueError: Python does not take the name for one.
    """
    loop = asyncio.get_running_loop()
    good = known.recall(host, port, loop.time())
    try:
        async with asyncio.timeout(DNS_PATIENCE_S if good else DNS_TIMEOUT_S):
            addresses = await look_up(host, port)
    except (socket.gaierror, TimeoutError) as error:
        if not good:
            raise _as_dns_error(error) from error
        logger.info("DNS fails for %s; its last good address is used", host)
        addresses = good
    sock = await dial_any(addresses)
    with contextlib.suppress(OSError):  # it is gone again; whoever uses the socket will notice
        known.note(host, port, (sock.family, sock.type, sock.proto, sock.getpeername()), loop.time())
    return sock


async def look_up(host: str, port: int) -> tuple[Address, ...]:
    """Return the addresses of a host in the system's order.

    Raises:
        OSError: the name has no address.
        ValueError: Python does not take the name for one.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple((family, kind, protocol, address) for family, kind, protocol, _, address in found)


async def dial_any(addresses: Iterable[Address]) -> socket.socket:
    """Return a socket, not blocking, that is connected to whichever address answers first.

    Raises:
        OSError: no address could be connected to; if any was refused, that.
    """
    waiting = _by_turns(addresses)
    errors: list[OSError] = []
    attempts: set[asyncio.Task[socket.socket]] = set()
    try:
        while waiting or attempts:
            if waiting:
                attempts.add(asyncio.create_task(_connect(waiting.pop(0))))
            ended, _ = await asyncio.wait(
                attempts,
                timeout=NEXT_ADDRESS_AFTER_S if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for attempt in ended:
                attempts.discard(attempt)
                try:
                    return attempt.result()
                except OSError as error:
                    errors.append(error)
        raise _most_telling(errors)
    finally:
        await _call_off(attempts)


async def _connect(address: Address) -> socket.socket:
    family, kind, protocol, socket_address = address
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(0)
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            await asyncio.get_running_loop().sock_connect(sock, socket_address)
    except BaseException:
        sock.close()
        raise
    return sock


async def _call_off(attempts: Iterable[asyncio.Task[socket.socket]]) -> None:
    for attempt in attempts:
        attempt.cancel()
    for outcome in await asyncio.gather(*attempts, return_exceptions=True):
        if isinstance(outcome, socket.socket):
            outcome.close()


def _by_turns(addresses: Iterable[Address]) -> list[Address]:
    """Return the addresses with the families taking turns, the first one's first: one of them may lead nowhere."""
    families: dict[int, list[Address]] = {}
    for address in addresses:
        families.setdefault(address[0], []).append(address)
    turns = itertools.zip_longest(*families.values())
    return [address for turn in turns for address in turn if address is not None]


def _most_telling(errors: list[OSError]) -> OSError:
    refusals = (error for error in errors if isinstance(error, ConnectionRefusedError))
    unknown = OSError("the name has no address")
    return next(refusals, errors[0] if errors else unknown)


def _as_dns_error(error: socket.gaierror | TimeoutError) -> socket.gaierror:
    if isinstance(error, socket.gaierror):
        return error
    return socket.gaierror(socket.EAI_AGAIN, "no name server answered")

"""TCP to whichever address answers first, and to the last good one while DNS is broken (reliability_security.md 2.5, F04-F09)."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from powerstream_desktop.relay.connect.addresses import GoodAddresses
from powerstream_desktop.relay.connect.dial import (
    DNS_PATIENCE_S,
    DNS_TIMEOUT_S,
    NEXT_ADDRESS_AFTER_S,
    _by_turns,
    _most_telling,
    dial,
)
from tests.integration.relay.swift_loop import swiftly

Addresses = Callable[..., None]


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> Addresses:
    """Let the running loop find these addresses for every name."""

    def answer(*found: tuple[str, int]) -> None:
        async def getaddrinfo(_host: str, _port: int, **_hints: object) -> list[object]:
            return [
                (
                    socket.AF_INET6 if ":" in host else socket.AF_INET,
                    socket.SOCK_STREAM,
                    6,
                    "",
                    (host, port),
                )
                for host, port in found
            ]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)

    return answer


@contextmanager
def listening() -> Iterator[int]:
    """A port that accepts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def silent() -> Iterator[int]:
    """A port whose queue is full, so that further calls are not answered."""
    with ExitStack() as stack, socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        for _ in range(2):
            caller = stack.enter_context(socket.socket())
            caller.settimeout(0)
            assert caller.connect_ex(("127.0.0.1", port)) in (0, errno.EINPROGRESS)
        yield port


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems answer with a full queue as well"
)


@swiftly
async def test_an_address_that_answers_is_connected_to() -> None:
    with listening() as port, await dial("127.0.0.1", port) as sock:
        assert sock.getpeername() == ("127.0.0.1", port)
        assert not sock.getblocking()


@swiftly
async def test_a_port_that_nobody_listens_on_is_refused() -> None:
    with pytest.raises(ConnectionRefusedError):
        await dial("127.0.0.1", closed_port())


def test_a_dead_address_is_left_for_the_next_at_once(addresses: Addresses) -> None:
    @swiftly
    async def connect() -> None:
        with listening() as port:
            addresses(("127.0.0.1", closed_port()), ("127.0.0.1", port))
            began = asyncio.get_running_loop().time()
            with await dial("ingest.invalid", 1, GoodAddresses()) as sock:
                assert sock.getpeername()[1] == port
            assert asyncio.get_running_loop().time() - began < NEXT_ADDRESS_AFTER_S

    connect()


@only_linux
def test_an_address_that_does_not_answer_is_raced_by_the_next(addresses: Addresses) -> None:
    @swiftly
    async def connect() -> None:
        with silent() as dead, listening() as port:
            addresses(("127.0.0.1", dead), ("127.0.0.1", port))
            began = asyncio.get_running_loop().time()
            with await dial("ingest.invalid", 1, GoodAddresses()) as sock:
                assert sock.getpeername()[1] == port
            waited_s = asyncio.get_running_loop().time() - began
            assert NEXT_ADDRESS_AFTER_S <= waited_s < 2 * NEXT_ADDRESS_AFTER_S

    connect()


@only_linux
def test_a_call_that_is_given_up_ends_at_once(addresses: Addresses) -> None:
    @swiftly
    async def connect() -> None:
        with silent() as dead:
            addresses(("127.0.0.1", dead), ("127.0.0.1", dead))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(10.0):
                    await dial("ingest.invalid", 1, GoodAddresses())

    connect()


def test_a_refusal_tells_more_than_an_address_that_cannot_be_used() -> None:
    refusal, unreachable = ConnectionRefusedError(), OSError(errno.ENETUNREACH, "unreachable")
    assert _most_telling([unreachable, refusal]) is refusal
    assert _most_telling([unreachable]) is unreachable


def test_the_families_take_turns() -> None:
    addresses = [(family, 1, 6, number) for number, family in enumerate((10, 10, 10, 2, 2))]
    assert [address[3] for address in _by_turns(addresses)] == [0, 3, 1, 4, 2]


async def fails(*_: object, **__: object) -> list[object]:
    """A name server that says no, one way or another."""
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


async def hangs(*_: object, **__: object) -> list[object]:
    """A name server that does not answer."""
    await asyncio.Event().wait()
    return []


def test_while_dns_fails_the_last_good_address_is_called(
    addresses: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    @swiftly
    async def connect() -> None:
        known = GoodAddresses()
        with listening() as port:
            addresses(("127.0.0.1", port))
            (await dial("ingest.invalid", 1, known)).close()
            monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", fails)
            with await dial("ingest.invalid", 1, known) as sock:
                assert sock.getpeername() == ("127.0.0.1", port)
            with pytest.raises(socket.gaierror):
                await dial("other.invalid", 1, known)

    connect()


def test_a_name_server_that_hangs_is_waited_for_no_longer_than_needed(
    addresses: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    @swiftly
    async def connect() -> None:
        loop = asyncio.get_running_loop()
        known = GoodAddresses()
        with listening() as port:
            addresses(("127.0.0.1", port))
            (await dial("ingest.invalid", 1, known)).close()
            monkeypatch.setattr(loop, "getaddrinfo", hangs)
            began = loop.time()
            (await dial("ingest.invalid", 1, known)).close()
            assert DNS_PATIENCE_S <= loop.time() - began < DNS_PATIENCE_S + 0.5
            began = loop.time()
            with pytest.raises(socket.gaierror):
                await dial("other.invalid", 1, known)
            assert DNS_TIMEOUT_S <= loop.time() - began < DNS_TIMEOUT_S + 0.5

    connect()


def test_a_new_answer_is_followed(addresses: Addresses) -> None:
    @swiftly
    async def connect() -> None:
        known = GoodAddresses()
        with listening() as old, listening() as new:
            for port in (old, new):
                addresses(("127.0.0.1", port))
                with await dial("ingest.invalid", 1, known) as sock:
                    assert sock.getpeername()[1] == port

    connect()


def test_a_name_without_addresses_is_an_error_of_the_system(addresses: Addresses) -> None:
    @swiftly
    async def connect() -> None:
        addresses()
        with pytest.raises(OSError, match="no address"):
            await dial("ingest.invalid", 1, GoodAddresses())

    connect()


@pytest.mark.parametrize("rounds", range(8))
def test_called_off_in_any_round_it_leaves_no_socket_open(rounds: int, addresses: Addresses) -> None:
    @swiftly
    async def connect() -> None:
        with listening() as port:
            addresses(("127.0.0.1", port), ("127.0.0.1", port))
            call = asyncio.create_task(dial("ingest.invalid", 1, GoodAddresses()))
            for _ in range(rounds):
                await asyncio.sleep(0)
            call.cancel()
            (outcome,) = await asyncio.gather(call, return_exceptions=True)
            if isinstance(outcome, socket.socket):
                outcome.close()
            else:
                assert isinstance(outcome, asyncio.CancelledError)

    connect()

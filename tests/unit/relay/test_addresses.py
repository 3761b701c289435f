"""The addresses that were good before."""

from __future__ import annotations

import socket

from powerstream_desktop.relay.connect.addresses import (
    GOOD_FOR_S,
    MAX_ADDRESSES,
    MAX_HOSTS,
    Address,
    GoodAddresses,
)


def address(number: int) -> Address:
    return (socket.AF_INET, socket.SOCK_STREAM, 6, (f"192.0.2.{number}", 1935))


def test_nothing_is_known_of_a_host_that_was_never_reached() -> None:
    known = GoodAddresses()
    known.note("a.example", 1935, address(1), 0.0)
    assert known.recall("b.example", 1935, 0.0) == ()
    assert known.recall("a.example", 443, 0.0) == ()


def test_the_newest_address_comes_first_and_each_only_once() -> None:
    known = GoodAddresses()
    for at, number in enumerate((1, 2, 1)):
        known.note("a.example", 1935, address(number), float(at))
    assert known.recall("a.example", 1935, 3.0) == (address(1), address(2))


def test_an_address_is_good_for_a_day() -> None:
    known = GoodAddresses()
    known.note("a.example", 1935, address(1), 100.0)
    assert known.recall("a.example", 1935, 100.0 + GOOD_FOR_S) == (address(1),)
    assert known.recall("a.example", 1935, 100.1 + GOOD_FOR_S) == ()


def test_the_memory_is_bounded_and_forgets_the_oldest() -> None:
    known = GoodAddresses()
    for number in range(MAX_ADDRESSES + 1):
        known.note("a.example", 1935, address(number), float(number))
    assert known.recall("a.example", 1935, 10.0) == tuple(
        address(number) for number in range(MAX_ADDRESSES, 0, -1)
    )
    for number in range(MAX_HOSTS):
        known.note(f"{number}.example", 1935, address(1), 20.0)
    assert known.recall("a.example", 1935, 20.0) == ()
    assert known.recall("0.example", 1935, 20.0) == (address(1),)

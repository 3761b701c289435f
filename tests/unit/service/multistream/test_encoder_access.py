"""Where an external encoder is told to publish to: an address that it can connect to."""

from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.service.lan.own_names import OwnNames
from powerstream_desktop.service.multistream.encoder_access import host_for_encoders

EVERYWHERE = "0.0.0.0"


def host(listens_at: str, *addresses: str) -> str:
    return asyncio.run(
        host_for_encoders(listens_at, lambda: OwnNames(names=("studio",), addresses=addresses))
    )


def test_a_relay_for_this_computer_is_reached_by_loopback() -> None:
    assert host("127.0.0.1", "192.168.1.20") == "127.0.0.1"


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (("192.168.1.20", "10.0.0.7"), "192.168.1.20"),
        (("fd00::2", "192.168.1.20"), "192.168.1.20"),
        (("fd00::2",), "127.0.0.1"),
        ((), "127.0.0.1"),
    ],
)
def test_a_relay_for_the_network_is_reached_by_an_address_of_the_network(
    addresses: tuple[str, ...], expected: str
) -> None:
    assert host(EVERYWHERE, *addresses) == expected

"""The kernel's routes, as Linux writes them."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "linux":
    from powerstream_desktop.service.network.linux import leads_anywhere

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="they are Linux's")

HEADING = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
ZEROS = "0" * 32


def route(interface: str, flags: str = "0003") -> str:
    return f"{interface}\t00000000\t0101A8C0\t{flags}\t0\t0\t100\t00000000\t0\t0\t0\n"


def route6(destination: str, interface: str, flags: str = "00000003") -> str:
    return f"{destination} 40 {ZEROS} 00 {ZEROS} 00000400 00000001 00000000 {flags} {interface}\n"


GLOBAL = "20010db8" + "0" * 24
ALL_UP: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("routes", "routes6", "down", "anywhere"),
    [
        (HEADING, "", ALL_UP, False),
        (HEADING + route("wlan0"), "", ALL_UP, True),
        (HEADING + route("wlan0", flags="0002"), "", ALL_UP, False),
        (HEADING + route("lo"), route6(ZEROS[:-1] + "1", "lo"), ALL_UP, False),
        (HEADING + route("docker0"), "", frozenset({"docker0"}), False),
        (HEADING, route6("fe80" + "0" * 28, "eth0") + route6("ff00" + "0" * 28, "eth0"), ALL_UP, False),
        (HEADING, route6(GLOBAL, "eth0"), ALL_UP, True),
        (HEADING, route6(ZEROS, "eth0"), ALL_UP, True),
        (HEADING, route6(ZEROS, "lo", flags="00200200"), ALL_UP, False),
        ("", "", ALL_UP, False),
    ],
)
def test_a_route_out_of_this_computer_is_a_network(
    routes: str, routes6: str, down: frozenset[str], anywhere: bool
) -> None:
    assert leads_anywhere(routes, routes6, lambda name: name not in down) is anywhere

"""What this computer is called in its network."""

from __future__ import annotations

import sys

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.lan.own_names import ipv6_addresses_of, is_reachable, names_for, own_names

TABLE = """fd000000000000000000000000000002 04 40 00 82     eth0
fe8000000000000000fc00fffe000001 04 40 20 80     eth0
00000000000000000000000000000001 01 80 10 80       lo
"""


@pytest.mark.parametrize(
    ("host_name", "names"),
    [
        ("Studio", ("studio", "studio.local")),
        ("studio.example.org.", ("studio.example.org",)),
        ("localhost", ()),
        ("localhost.localdomain", ()),
        ("", ()),
        ("my computer", ()),
        ("студия", ()),
        ("-x", ()),
    ],
)
def test_a_host_name_gives_the_names_that_others_use(host_name: str, names: tuple[str, ...]) -> None:
    assert names_for(host_name) == names


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("192.168.1.20", True),
        ("10.0.0.7", True),
        ("fd00::2", True),
        ("127.0.0.1", False),
        ("127.0.1.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("169.254.3.4", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("studio", False),
    ],
)
def test_only_what_other_computers_reach_counts(address: str, is_one: bool) -> None:
    assert is_reachable(address) is is_one


def test_the_kernels_table_of_ipv6_is_understood() -> None:
    assert ipv6_addresses_of(TABLE) == ["fd00::2", "fe80::fc:ff:fe00:1", "::1"]
    assert ipv6_addresses_of("") == []


def test_this_computers_own_names_hold_no_loopback() -> None:
    found = own_names()
    assert all(is_reachable(address) for address in found.addresses)
    assert found.all == (*found.names, *found.addresses)
    assert len(set(found.all)) == len(found.all)


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the system's look-up is asked, which needs no file"
)
def test_a_process_that_may_open_no_more_files_says_that_it_cannot_tell() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        with pytest.raises(SystemFault, match="addresses cannot be found out"):
            own_names()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

"""What this computer is called in its network: names and addresses that others may reach it by. Blocks for a moment."""

from __future__ import annotations

import ipaddress
import re
import socket
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault

_IF_INET6: Final = Path("/proc/net/if_inet6")
_SIOCGIFADDR: Final = 0x8915
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNames:
    """This computer in its network.

    Attributes:
        names: in small letters.
        addresses: of IPv4 and IPv6, without loopback and without those that are good on one cable only.
    """

    names: tuple[str, ...]
    addresses: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Names and addresses."""
        return (*self.names, *self.addresses)


def own_names() -> OwnNames:
    """Return them as they are now; nothing where there is no network.

    Raises:
        SystemFault: the system does not tell, because this process has too many files open.
    """
    name = socket.gethostname().lower()
    try:
        found = _linux_addresses() if sys.platform == "linux" else _looked_up_addresses(name)
    except OSError as error:
        raise SystemFault(
            "This computer's addresses cannot be found out.",
            hint="Close other programs, and try again.",
            detail=repr(error),
        ) from error
    return OwnNames(
        names=names_for(name), addresses=tuple(dict.fromkeys(each for each in found if is_reachable(each)))
    )


def names_for(host_name: str) -> tuple[str, ...]:
    """Return a computer's own name and the one that others find without a name server; nothing if it is no name."""
    name = host_name.lower().removesuffix(".")
    if _NAME.fullmatch(name) is None or name == "localhost" or name.startswith("localhost."):
        return ()
    return (name,) if "." in name else (name, f"{name}.local")


def is_reachable(address: str) -> bool:
    """Return whether another computer could reach an address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified or parsed.is_multicast)


def _looked_up_addresses(name: str) -> list[str]:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in found]


if sys.platform == "linux":
    import fcntl

    def _linux_addresses() -> list[str]:
        """Ask the kernel: a look-up of one's own name gives loopback on Debian."""
        return [*_ipv4_addresses(), *ipv6_addresses_of(_read(_IF_INET6))]

    def _ipv4_addresses() -> list[str]:
        found: list[str] = []
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            for _, interface in socket.if_nameindex():
                try:
                    answer = fcntl.ioctl(
                        asker.fileno(), _SIOCGIFADDR, struct.pack("256s", interface.encode()[:15])
                    )
                except OSError:
                    continue  # it has none
                found.append(socket.inet_ntoa(answer[20:24]))
        return found

    def _read(path: Path) -> str:
        try:
            return path.read_text()
        except OSError:
            return ""  # no IPv6 here

else:

    def _linux_addresses() -> list[str]:
        return []


def ipv6_addresses_of(table: str) -> list[str]:
    """Return the addresses of the kernel's table, ``/proc/net/if_inet6``."""
    digits = [line.split()[0] for line in table.splitlines() if line.strip()]
    return [str(ipaddress.IPv6Address(bytes.fromhex(each))) for each in digits]

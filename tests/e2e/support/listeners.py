"""Where processes listen, as ``ss -ltn`` tells it; Linux only."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_LISTENING = "0A"


@dataclass(frozen=True, order=True)
class Listener:
    """A TCP port that is open at an address."""

    address: str
    port: int

    @property
    def is_loopback(self) -> bool:
        return ipaddress.ip_address(self.address).is_loopback


def listeners_of(pids: Iterable[int]) -> set[Listener]:
    """Return everything that these processes listen at."""
    sockets = {inode for pid in pids for inode in _sockets(pid)}
    return {
        listener
        for table in ("tcp", "tcp6")
        for inode, listener in _table(Path("/proc/net", table))
        if inode in sockets
    }


def _sockets(pid: int) -> Iterator[str]:
    try:
        entries = list(Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return
    for entry in entries:
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            yield target[len("socket:[") : -1]


def _table(path: Path) -> Iterator[tuple[str, Listener]]:
    for line in path.read_text().splitlines()[1:]:
        fields = line.split()
        address, _, port = fields[1].partition(":")
        if fields[3] == _LISTENING:
            yield fields[9], Listener(_address(address), int(port, 16))


def _address(digits: str) -> str:
    """Return an address from the kernel's digits: words of four bytes, each in the machine's order."""
    words = [bytes.fromhex(digits[at : at + 8])[::-1] for at in range(0, len(digits), 8)]
    return str(ipaddress.ip_address(b"".join(words)))

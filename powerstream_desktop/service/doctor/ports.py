"""The ports this program likes to have, and who has them."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from powerstream_desktop.common.text import printable_text
from powerstream_desktop.service.doctor.check import Level, Verdict

HOST: Final = "127.0.0.1"
USUAL_PORTS: Final = ((1935, "external encoders"), (5001, "the window and scripts"))
_LISTENING: Final = "0A"
_TABLES: Final = ("tcp", "tcp6")


def look_at_ports(ports: Sequence[tuple[int, str]] = USUAL_PORTS) -> tuple[Verdict, ...]:
    """Look whether the ports are free.

    Args:
        ports: each with whom it is for.
    """
    return tuple(_verdict(port, use) for port, use in ports)


def _verdict(port: int, use: str) -> Verdict:
    if _is_free(port):
        return Verdict(sentence=f"Port {port} for {use} is free.")
    holder = holder_of(port)
    by = f"by {holder}" if holder else "by another program"
    return Verdict(
        level=Level.WARNING,
        sentence=f"Port {port} for {use} is taken {by}.",
        remedy="The next free port is used instead; end that program if you need this one.",
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would share the port with whoever has it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def holder_of(port: int) -> str:
    """Return the name and number of the process that listens on a port of this computer; empty if that cannot be known."""
    inodes = set(_listeners(port))
    if not inodes:
        return ""
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and _has_open(process, wanted):
            with contextlib.suppress(OSError):
                return f"{printable_text((process / 'comm').read_text().strip())} (process {process.name})"
    return ""


def _listeners(port: int) -> Iterator[str]:
    """Yield the inodes of the sockets that listen on a port, by Linux's tables; none elsewhere."""
    for table in _TABLES:
        try:
            lines = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]


def _has_open(process: Path, wanted: set[str]) -> bool:
    try:
        descriptors = list((process / "fd").iterdir())
    except OSError:  # gone meanwhile, or somebody else's
        return False
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            if str(descriptor.readlink()) in wanted:
                return True
    return False

"""The relay's computer in a network name space of its own: a cable to the encoder, and a way out through a ``Wan``.

The process that uses this must itself have been started in fresh name spaces (``in_fresh_name_spaces``): what it does to
interfaces, routes and the resolver's configuration ends with it, and no packet can leave the machine.

    encoder, platforms, name server  ── lan ──  the relay's computer
    (this process's name space)      ── wan ──  (name space of its own)
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Self

from tests.e2e.support.waiting import wait_until
from tests.faults.matrix import NotPossibleHere
from tests.faults.wan import TUN_DEVICE, Wan

UNSHARE = ("unshare", "--user", "--map-root-user", "--net", "--mount")
RESOLVER_FILE = Path("/etc/resolv.conf")
LAN_OUR_SIDE, LAN_RELAY_SIDE = "10.77.1.1", "10.77.1.2"
WAN_RELAY_SIDE, WAN_OTHER_ADDRESS = "10.77.2.2", "10.77.2.3"
WAN_NETWORK = "10.77.2.0/24"
WAN_RELAY_SIDE_6, WAN_NETWORK_6 = "2001:db8:2::2", "2001:db8:2::/64"
NAME_SERVER = "10.77.3.53"
PLATFORMS = tuple(f"10.77.3.{number}" for number in range(10, 30))
PLATFORM_6 = "2001:db8:3::10"
COMMAND_S = 10.0


@cache
def why_impossible() -> str:
    """Return why this machine does not permit name spaces and TUN interfaces; empty if it does."""
    missing = [tool for tool in ("unshare", "nsenter", "ip", "mount") if shutil.which(tool) is None]
    if missing:
        return f"there is no {missing[0]}"
    look = f"test -r {TUN_DEVICE} -a -w {TUN_DEVICE} && ip link add va type veth peer name vb"
    tried = subprocess.run(
        [*UNSHARE, "sh", "-c", look], capture_output=True, text=True, timeout=COMMAND_S, check=False
    )
    if tried.returncode == 0:
        return ""
    return tried.stderr.strip() or f"{TUN_DEVICE} may not be used"


def in_fresh_name_spaces(command: Sequence[str]) -> list[str]:
    """Return the command that runs ``command`` in network and mount name spaces of its own."""
    return [*UNSHARE, *command]


class HomeNetwork:
    """The relay's computer.

    Args:
        folder: existing folder for the resolver's configuration.

    Attributes:
        wan: its way to the platforms.
    """

    def __init__(self, folder: Path) -> None:
        self._holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        own = Path("/proc/self/ns/net").readlink()
        theirs = Path(f"/proc/{self._holder.pid}/ns/net")
        wait_until(lambda: theirs.readlink() != own, what="a network name space", timeout_s=COMMAND_S)
        self.wan = Wan("wan1", "wan0")
        try:
            self._connect()
            resolver = folder / "resolv.conf"
            resolver.write_text(f"nameserver {NAME_SERVER}\n")
            _run("mount", "--bind", str(resolver), str(RESOLVER_FILE))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def launcher(self) -> list[str]:
        """What stands before a command that shall run on the relay's computer."""
        return ["nsenter", "--target", str(self._holder.pid), "--net", "--"]

    def close(self) -> None:
        """Take everything down."""
        self.wan.close()
        self._holder.kill()
        self._holder.wait()

    def pull_the_plug(self) -> None:
        """Take the way out down; its address and routes are gone."""
        self._at_home("link", "set", "wan1", "down")
        self._at_home("addr", "flush", "dev", "wan1")

    def plug_in(self, address: str = WAN_RELAY_SIDE) -> float:
        """Bring the way out up with this address; return the time at which the link was up."""
        self._at_home("addr", "add", f"{address}/24", "dev", "wan1")
        self._at_home("link", "set", "wan1", "up")
        at_s = time.monotonic()
        self._at_home("route", "add", "default", "dev", "wan1")
        return at_s

    def _connect(self) -> None:
        holder = str(self._holder.pid)
        _ip("link", "set", "lo", "up")
        _ip("link", "add", "lan0", "type", "veth", "peer", "name", "lan1")
        for name in ("lan1", "wan1"):
            _ip("link", "set", name, "netns", holder)
        _ip("addr", "add", f"{LAN_OUR_SIDE}/24", "dev", "lan0")
        for address in (*PLATFORMS, NAME_SERVER):
            _ip("addr", "add", f"{address}/32", "dev", "lo")
        _ip("addr", "add", f"{PLATFORM_6}/128", "dev", "lo", "nodad")
        for name in ("lan0", "wan0"):
            _ip("link", "set", name, "up")
        _ip("route", "add", WAN_NETWORK, "dev", "wan0")
        _ip("-6", "route", "add", WAN_NETWORK_6, "dev", "wan0")
        self._at_home("link", "set", "lo", "up")
        self._at_home("addr", "add", f"{LAN_RELAY_SIDE}/24", "dev", "lan1")
        self._at_home("link", "set", "lan1", "up")
        self.plug_in()
        self._at_home("addr", "add", f"{WAN_RELAY_SIDE_6}/64", "dev", "wan1", "nodad")
        self._at_home("-6", "route", "add", "default", "dev", "wan1")

    def _at_home(self, *arguments: str) -> None:
        _run(*self.launcher, "ip", *arguments)


def _ip(*arguments: str) -> None:
    _run("ip", *arguments)


def _run(*command: str) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_S, check=False)
    if ran.returncode:
        raise NotPossibleHere(f"`{' '.join(command)}`: {ran.stderr.strip()}")

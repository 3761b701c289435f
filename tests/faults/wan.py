"""A wide-area network in a process: carries IP packets between two TUN interfaces, and loses or delays them on command.

Unlike a proxy it lets TCP itself feel the fault: what is lost was never acknowledged, what is late is acknowledged late.
"""

from __future__ import annotations

import asyncio
import fcntl
import ipaddress
import os
import struct
from collections import defaultdict, deque
from contextlib import suppress
from typing import NamedTuple, Self

from tests.e2e.support.loop_thread import LoopThread
from tests.faults.matrix import NotPossibleHere

TUN_DEVICE = "/dev/net/tun"
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x1001
LARGEST_PACKET = 65_536
PACKETS_AT_ONCE = 64
IPV6_HEADER = 40


class Packet(NamedTuple):
    """What the network has to know of a packet: the far end's address and, of TCP and UDP, the near end's port."""

    far: str
    near_port: int


class Wan:
    """Carries packets between the interfaces ``near`` and ``far``; both are created here, in this process's name space.

    Commands take effect on packets that come from then on, and may be called from any thread.

    Args:
        near, far: names of the interfaces.
    """

    def __init__(self, near: str, far: str) -> None:
        self._near, self._far = _open_tun(near), _open_tun(far)
        self._lost: set[str] = set()
        self._lost_flows: set[Packet] = set()
        self._flows: set[Packet] = set()
        self._delays_s: dict[str, float] = {}
        self._late: dict[tuple[str, int], deque[bytes]] = defaultdict(deque)
        self._due_s: dict[tuple[str, int], float] = {}
        self._thread = LoopThread("wan")
        self._thread.run(self._listen())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Carry nothing any more; the interfaces vanish."""
        self._thread.run(self._ignore())
        self._thread.close()
        os.close(self._near)
        os.close(self._far)

    def lose(self, far: str) -> None:
        """Lose every packet from and to a far address."""
        self._lost.add(far)

    def find_again(self, far: str) -> None:
        """Carry packets from and to that address again."""
        self._lost.discard(far)

    def forget_connections(self, far: str) -> None:
        """Lose every packet of the connections that stand now, as a router does that has been restarted; new ones pass."""
        self._lost_flows |= {flow for flow in tuple(self._flows) if flow.far == far}

    def delay(self, far: str, seconds: float) -> None:
        """Carry packets from and to an address so much later, in each direction; nothing overtakes."""
        self._delays_s[far] = seconds

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._near, self._carry, self._near, self._far)
        loop.add_reader(self._far, self._carry, self._far, self._near)

    async def _ignore(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._near)
        loop.remove_reader(self._far)

    def _carry(self, source: int, target: int) -> None:
        for _ in range(PACKETS_AT_ONCE):
            try:
                data = os.read(source, LARGEST_PACKET)
            except OSError:
                return  # nothing more, or the interface is down
            packet = _read_packet(data, outbound=source == self._near)
            if packet is None or packet.far in self._lost or packet in self._lost_flows:
                continue
            self._flows.add(packet)
            self._forward(packet.far, target, data)

    def _forward(self, far: str, target: int, data: bytes) -> None:
        way = (far, target)
        delay_s = self._delays_s.get(far, 0.0)
        if not delay_s and not self._late[way]:
            _put(target, data)
            return
        loop = asyncio.get_running_loop()
        self._due_s[way] = max(self._due_s.get(way, 0.0), loop.time() + delay_s)
        self._late[way].append(data)
        loop.call_at(self._due_s[way], self._deliver_next, way)

    def _deliver_next(self, way: tuple[str, int]) -> None:
        _put(way[1], self._late[way].popleft())


def _put(target: int, data: bytes) -> None:
    with suppress(OSError):  # the interface is down: then the packet is lost, as it would be
        os.write(target, data)


def _read_packet(data: bytes, *, outbound: bool) -> Packet | None:
    """Return what matters of an IP packet, None if it is neither IPv4 nor IPv6."""
    version = data[0] >> 4
    if version == 4:
        ends, ports_at = (data[12:16], data[16:20]), (data[0] & 0x0F) * 4
    elif version == 6:
        ends, ports_at = (data[8:24], data[24:40]), IPV6_HEADER
    else:
        return None
    ports = struct.unpack_from(">HH", data.ljust(ports_at + 4, b"\0"), ports_at)
    far = str(ipaddress.ip_address(ends[1] if outbound else ends[0]))
    return Packet(far, ports[0] if outbound else ports[1])


def _open_tun(name: str) -> int:
    try:
        device = os.open(TUN_DEVICE, os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        raise NotPossibleHere(f"{TUN_DEVICE}: {error.strerror}") from None
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN_NO_PI))
    return device

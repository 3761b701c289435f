"""Hostile clients at the relay's door: each is thrown out or served in time, takes little, and hurts nobody else.

What a script does and whence it comes stands in ``clients_*.py``.
"""

from __future__ import annotations

import asyncio
import socket

import pytest

from tests.hostile.arena import Arena, LastingArena, MemoryWatch
from tests.hostile.clients_commands import COMMANDS
from tests.hostile.clients_media import MEDIA
from tests.hostile.clients_opening import OPENING
from tests.hostile.peer import Peer
from tests.hostile.script import ClientScript, End, StopReading
from tests.integration.relay.swift_loop import eventually

SCRIPTS = (*OPENING, *COMMANDS, *MEDIA)


@pytest.mark.parametrize("script", [pytest.param(script, id=script.name) for script in SCRIPTS])
def test_a_hostile_client_hurts_nobody_and_takes_little(script: ClientScript, lasting: LastingArena) -> None:
    async def attack(arena: Arena) -> None:
        await act(script, arena)
        if script.may_take_memory:
            # Once more, for keeping account of the memory takes most of the time.
            with MemoryWatch() as watch, arena.without_a_clock():
                await act(script, arena)
            assert watch.peak_bytes < script.memory_bytes
        await arena.nobody_noticed()

    lasting.run(attack)


async def act(script: ClientScript, arena: Arena) -> None:
    """Let a client act its script out, and see it to its end."""
    loop = asyncio.get_running_loop()
    sock = socket.socket()
    if StopReading() in script.steps:
        # Or the kernel would take in megabytes that nobody reads.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect(("127.0.0.1", arena.port))
    _, peer = await loop.create_connection(lambda: Peer(script.steps, is_server=False), sock=sock)
    try:
        await eventually(lambda: peer.done or peer.closed)
        if script.end is End.THROWN_OUT:
            await peer.sees_the_end(within_s=script.within_s)
        elif script.end is End.SERVED:
            await eventually(lambda: peer.heard(script.answer), patience_s=script.within_s)
    finally:
        await peer.aclose()


def test_every_script_has_a_name_of_its_own() -> None:
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS)

"""Many hostile clients at once: the door is full, and then it is not (rtmp.md 4.1 row 16, S16; RS 6.2)."""

from __future__ import annotations

import asyncio
import itertools
import sys

import pytest

from powerstream_desktop.relay.ingest.server import MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS, OPENING_S
from tests.hostile.arena import Arena, MemoryWatch, in_an_arena
from tests.hostile.clients_opening import OPENING
from tests.hostile.peer import Peer
from tests.hostile.script import MEBIBYTE, End, Reset, Send, Steps
from tests.hostile.wire import CONNECT, OPEN, SHAKEN, control, header
from tests.integration.relay.swift_loop import eventually

needs_many_loopback_addresses = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8"
)
HANDSHAKE_S = 10.0
AT_ONCE = MAX_CONNECTIONS_PER_ADDRESS - 2
"""The honest encoder has a place of its own at this address, and so has whoever comes next."""
QUICK = [script.steps for script in OPENING if script.end is End.THROWN_OUT and script.within_s <= 1]
HOARDING: Steps = (*OPEN, Send(control(1, 0xFFFFFF) + header(6, MEBIBYTE - 1, 9) + bytes(MEBIBYTE - 1000)))
"""As much of an unfinished message as a stranger may send."""
RESETS: tuple[Steps, ...] = (
    (Reset(),),
    (Send(b"\x03" + bytes(700)), Reset()),
    (*SHAKEN, Reset()),
    (*SHAKEN, Send(CONNECT[:40]), Reset()),
    (*OPEN, Reset()),
)


async def comes(arena: Arena, steps: Steps, source: str = "127.0.0.1") -> Peer:
    """Let a hostile client come."""
    _, peer = await asyncio.get_running_loop().create_connection(
        lambda: Peer(steps, is_server=False), "127.0.0.1", arena.port, local_addr=(source, 0)
    )
    return peer


@needs_many_loopback_addresses
def test_strangers_that_say_nothing_fill_the_door_for_ten_seconds_and_no_longer() -> None:
    async def siege() -> None:
        async with Arena() as arena:
            addresses = [f"127.0.0.{number}" for number in range(2, 8)]
            crowd = [
                await comes(arena, (), source)
                for source in addresses
                for _ in range(MAX_CONNECTIONS_PER_ADDRESS + 2)
            ]
            await asyncio.sleep(HANDSHAKE_S - 1)
            patient = sum(not peer.closed for peer in crowd)
            assert MAX_CONNECTIONS / 2 < patient < MAX_CONNECTIONS, "with the honest encoder"
            await asyncio.sleep(2)
            assert [peer for peer in crowd if not peer.closed] == []
            for peer in crowd:
                await peer.aclose()
            await arena.nobody_noticed()

    in_an_arena(siege)


@needs_many_loopback_addresses
def test_an_encoder_gets_in_although_the_house_is_full_of_strangers() -> None:
    async def siege() -> None:
        async with Arena() as arena:
            addresses = [f"127.0.0.{number}" for number in range(1, 6)]
            crowd = [
                await comes(arena, (), source)
                for source in addresses
                for _ in range(MAX_CONNECTIONS_PER_ADDRESS)
            ]
            await asyncio.sleep(OPENING_S)
            full = sum(not peer.closed for peer in crowd)
            assert full == MAX_CONNECTIONS - 1, "with the honest encoder"
            await arena.nobody_noticed()
            assert sum(not peer.closed for peer in crowd) == full - 1
            for peer in crowd:
                await peer.aclose()

    in_an_arena(siege)


@needs_many_loopback_addresses
def test_half_finished_messages_of_a_full_house_stay_within_bounds() -> None:
    """RS 6.2: 64 MiB in a process. Each stranger may hold one."""

    async def siege() -> None:
        async with Arena() as arena:
            with MemoryWatch() as watch, arena.without_a_clock():
                crowd = [await comes(arena, HOARDING, f"127.0.0.{2 + number // 8}") for number in range(30)]
                await eventually(lambda: all(peer.done for peer in crowd))
            assert watch.peak_bytes < 64 * MEBIBYTE
            for peer in crowd:
                await peer.aclose()
            await arena.nobody_noticed()

    in_an_arena(siege)


@needs_many_loopback_addresses
@pytest.mark.parametrize(
    "flood", ["empty messages for ever", "one-byte chunks for ever", "one byte a message for ever"]
)
def test_a_full_house_that_floods_all_at_once_does_not_keep_the_loop_from_the_others(flood: str) -> None:
    async def siege() -> None:
        async with Arena() as arena:
            steps = next(script.steps for script in OPENING if script.name == flood)
            crowd = [await comes(arena, steps, f"127.0.0.{2 + number // 8}") for number in range(30)]
            await eventually(lambda: all(peer.closed for peer in crowd), patience_s=2)
            for peer in crowd:
                await peer.aclose()
            await arena.nobody_noticed()

    in_an_arena(siege)


def test_hundreds_that_reset_their_connections_leave_nothing_behind() -> None:
    async def siege() -> None:
        async with Arena() as arena:
            for steps in itertools.islice(itertools.cycle(RESETS), 300):
                peer = await comes(arena, steps)
                await peer.acts(at_most_s=5.0)
                await peer.aclose()
            await arena.nobody_noticed()

    in_an_arena(siege)


def test_hundreds_of_fools_at_once_are_thrown_out_one_by_one() -> None:
    async def siege() -> None:
        async with Arena() as arena:
            waiting = QUICK * 4
            while waiting:
                fools = [await comes(arena, steps) for steps in waiting[:AT_ONCE]]
                del waiting[:AT_ONCE]
                await eventually(lambda fools=fools: all(fool.closed for fool in fools), patience_s=12)  # type: ignore[misc]
                for fool in fools:
                    await fool.aclose()
            await arena.nobody_noticed()

    in_an_arena(siege)

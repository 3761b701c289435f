"""Hostile platforms: the light says what is wrong and nothing that could hurt, and nobody else notices.

What a script does and whence it comes stands in ``servers_*.py``.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.rtmp.url import RTMPURL
from tests.hostile.arena import Arena, LastingArena, MemoryWatch, in_an_arena
from tests.hostile.peer import Peer
from tests.hostile.script import MEBIBYTE, ServerScript, StopReading
from tests.hostile.servers_opening import OPENINGS
from tests.hostile.servers_words import PLATFORM_KEY, WORDS
from tests.hostile.wire import LIVE
from tests.integration.relay.peers import Platform

SCRIPTS = (*OPENINGS, *WORDS)
HOSTILE = "Hostile platform"
LONGEST_LIGHT = 2000
"""Characters of everything that a light shows, however much the platform said."""
LOOK_S = 0.2


@pytest.mark.parametrize("script", [pytest.param(script, id=script.name) for script in SCRIPTS])
def test_a_hostile_platform_hurts_nobody_and_its_light_says_why(
    script: ServerScript, lasting: LastingArena, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    async def attack(arena: Arena) -> None:
        async with hostile_platform(script, arena) as platform:
            await turns(script, arena)
            await asyncio.sleep(script.dwell_s)
            light = arena.stage.light(HOSTILE)
            assert platform.calls <= script.most_connections
            assert_harmless(light, caplog.text)
            if script.codes and not script.tls:
                await platform.repents()
                arena.stage.relay.retry_now(HOSTILE)
                await arena.stage.turns(DestinationState.LIVE, HOSTILE)
            else:
                assert light.state is script.state
        if script.may_take_memory:
            with MemoryWatch() as watch, arena.without_a_clock():
                async with hostile_platform(script, arena):
                    await turns(script, arena)
            assert watch.peak_bytes < script.memory_bytes
        await arena.nobody_noticed()

    lasting.run(attack)


def test_a_platform_that_reads_nothing_while_live_is_given_up_and_holds_little() -> None:
    """rtmp.md 4.1 row 14 (S14), RS 2.3: large pictures, and a platform that takes none of them."""
    script = ServerScript(
        name="deaf",
        source="S14",
        steps=(*LIVE, StopReading()),
        codes=frozenset({"stalled", "too-slow"}),
        within_s=60.0,
    )

    async def attack() -> None:
        with MemoryWatch() as watch:
            async with Arena(frame_bytes=60_000) as arena, hostile_platform(script, arena):
                with arena.without_a_clock():
                    await turns(script, arena)
                    await arena.nobody_noticed()
        assert watch.peak_bytes < 24 * MEBIBYTE

    in_an_arena(attack)


async def turns(script: ServerScript, arena: Arena) -> None:
    """Wait until the light shows what the script wants; a cause may be gone with the next try, so look often."""
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + script.within_s
    while not is_as_wanted(arena.stage.light(HOSTILE), script):
        assert loop.time() < give_up_at, (arena.stage.light(HOSTILE).state, arena.stage.light(HOSTILE).cause)
        await asyncio.sleep(LOOK_S)


def is_as_wanted(light: DestinationSnapshot, script: ServerScript) -> bool:
    """Tell whether the light shows the state and, where there is to be one, the cause."""
    has_state = script.state in (None, light.state)
    if not script.codes:
        return has_state
    return has_state and light.cause is not None and light.cause.code in script.codes


def assert_harmless(light: DestinationSnapshot, log: str) -> None:
    """Nothing that a platform says reaches a person with a key, an order to the terminal, or without end."""
    shown = [
        light.server_url,
        *((light.cause.sentence, light.cause.remedy, light.cause.detail) if light.cause else ()),
    ]
    assert all(text.isprintable() for text in shown)
    assert sum(map(len, shown)) < LONGEST_LIGHT
    for text in (*shown, repr(light), log):
        assert PLATFORM_KEY[:12] not in text
    assert "\x1b" not in log
    assert max(map(len, log.splitlines()), default=0) < LONGEST_LIGHT


class HostilePlatform:
    """Listens, and acts the script out on every connection until it repents."""

    def __init__(self, script: ServerScript) -> None:
        self._script = script
        self._peers: list[Peer] = []
        self._listener: asyncio.Server
        self._honest = Platform()
        self.port = 0

    @property
    def calls(self) -> int:
        """How often somebody connected."""
        return len(self._peers)

    async def start(self) -> None:
        """Listen, with a small window: what is not read is soon noticed."""
        sock = socket.create_server(("127.0.0.1", self.port))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
        self.port = sock.getsockname()[1]
        self._listener = await asyncio.get_running_loop().create_server(self._new_peer, sock=sock)

    async def repents(self) -> None:
        """Be an honest platform from now on."""
        await self.stop()
        self._honest.port = self.port
        await self._honest.start()

    async def stop(self) -> None:
        """Vanish."""
        self._listener.close()
        await self._honest.stop()
        for peer in self._peers:
            await peer.aclose()

    def _new_peer(self) -> Peer:
        self._peers.append(Peer(self._script.steps, is_server=True))
        return self._peers[-1]


@asynccontextmanager
async def hostile_platform(script: ServerScript, arena: Arena) -> AsyncIterator[HostilePlatform]:
    """A platform, and a destination of the running broadcast that is sent to it."""
    platform = HostilePlatform(script)
    await platform.start()
    arena.stage.relay.add(
        RTMPEndpoint(
            name=HOSTILE,
            platform="custom",
            server=RTMPURL(
                scheme="rtmps" if script.tls else "rtmp", host="127.0.0.1", port=platform.port, app="app"
            ),
            stream_key=Secret(PLATFORM_KEY),
        )
    )
    try:
        yield platform
    finally:
        await arena.stage.relay.remove(HOSTILE)
        await platform.stop()


def test_every_script_has_a_name_of_its_own() -> None:
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS)

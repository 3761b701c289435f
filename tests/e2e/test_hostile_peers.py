"""``powerstream relay`` as a process under attack: its memory, its files, its exit code, and a broadcast that loses nothing.

What hostile clients do in detail, and to which end they come, is told in ``tests/hostile``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.e2e.support.clients import FFMPEG, FFMPEG_PUBLISHES, Command, Publisher
from tests.e2e.support.films import H264, Films
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.media import differences, media_of
from tests.e2e.support.mutating_proxy import MutatingProxy
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.hostile.clients_commands import COMMANDS
from tests.hostile.clients_opening import OPENING
from tests.hostile.peer import Peer
from tests.hostile.script import ClientScript

KEY = "key-of-nginx"
STRANGERS = ("127.0.0.2", "127.0.0.3")
"""Addresses of the attackers: each may have eight connections, and the honest encoder's has to have one."""
AT_ONCE = 12
LONGEST_S = 1.0
MAX_GROWTH_BYTES = 32 * 1024 * 1024
ONE_IN = 1000
DAMAGED_PUBLISHES = 10
DAMAGED_S = 4.0


def test_a_broadcast_loses_nothing_while_a_hundred_clients_attack(stage: Stage, films: Films) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, Target("nginx", server.server_url, KEY))
    port = int(broadcast.url.rsplit(":", 1)[1].split("/")[0])
    film = films.film(H264, seconds=12.0)
    encoder = broadcast.start_publishing(FFMPEG_PUBLISHES, film)
    wait_until(lambda: server.recordings(KEY), what="the stream at nginx", timeout_s=15)
    files, memory = open_files(broadcast), memory_bytes(broadcast)
    attackers = LoopThread("attackers")
    try:
        attackers.run(
            attack([script for script in (*OPENING, *COMMANDS) if script.within_s <= 2.0][::2], port)
        )
        assert encoder.running, "the broadcast was over before the attacks were"
    finally:
        attackers.close()

    assert encoder.wait_for_exit(timeout_s=20) == 0
    assert memory_bytes(broadcast) - memory < MAX_GROWTH_BYTES
    wait_until(
        lambda: open_files(broadcast) <= files, what="the attackers' connections to be gone", timeout_s=15
    )
    wait_until(lambda: not server.streams(), what="the end of the stream at nginx", timeout_s=10)
    [path] = server.recordings(KEY)
    assert differences(media_of(film), media_of(path)) == []
    summary = broadcast.end()
    assert (summary["destinations"][0]["connects"], summary["destinations"][0]["droppedFrames"]) == (1, 0)


def test_a_relay_survives_publishers_whose_bytes_are_damaged_on_the_way(stage: Stage, films: Films) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, Target("nginx", server.server_url, KEY))
    proxy = stage.keep(
        MutatingProxy(int(broadcast.url.rsplit(":", 1)[1].split("/")[0]), one_in=ONE_IN, seed=1)
    )
    film = films.film(H264, seconds=12.0)
    damaged_url = f"rtmp://{LOOPBACK}:{proxy.port}/{broadcast.url.split('/', 3)[3]}"
    quickly = Publisher("quickly", _without_a_pace)
    memory = 0
    for number in range(DAMAGED_PUBLISHES):
        encoder = stage.process(quickly.command(film, damaged_url, Path()), name=f"damaged-{number}")
        with contextlib.suppress(TimedOutError):
            # It may be thrown out, come to its end, or wait for ever for an answer to what was damaged.
            encoder.wait_for_exit(timeout_s=DAMAGED_S)
        encoder.stop()
        assert broadcast.process.running
        memory = memory or memory_bytes(broadcast)
    assert proxy.damaged >= DAMAGED_PUBLISHES
    assert memory_bytes(broadcast) - memory < MAX_GROWTH_BYTES

    sent = broadcast.publish(FFMPEG_PUBLISHES, films.film(H264), name="unharmed")

    assert sent.tracks
    wait_until(lambda: broadcast.status["state"] != "live", what="the end of the broadcast", timeout_s=10)
    broadcast.end()


def _without_a_pace(film: Path, url: str, _copy: Path) -> Command:
    return [*FFMPEG, "-i", film, "-map", "0", "-c", "copy", "-f", "flv", url]


async def attack(scripts: Sequence[ClientScript], port: int) -> None:
    """Let scripts act, some at once; in this test nobody looks what becomes of them."""
    waiting = list(enumerate(scripts))

    async def attacker() -> None:
        while waiting:
            number, script = waiting.pop()
            _, peer = await asyncio.get_running_loop().create_connection(
                partial(Peer, script.steps, is_server=False),
                LOOPBACK,
                port,
                local_addr=(STRANGERS[number % len(STRANGERS)], 0),
            )
            await peer.acts(at_most_s=LONGEST_S)
            await peer.aclose()

    await asyncio.gather(*(attacker() for _ in range(AT_ONCE)))


def open_files(broadcast: RelayBroadcast) -> int:
    """How many files the relay has open."""
    return len(list(Path(f"/proc/{broadcast.process.pid}/fd").iterdir()))


def memory_bytes(broadcast: RelayBroadcast) -> int:
    """What the relay holds in memory."""
    pages = int(Path(f"/proc/{broadcast.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

"""A relay under attack, and everybody who must not notice: an honest encoder, its platform, and the loop that all of them share."""

from __future__ import annotations

import asyncio
import gc
import random
import socket
import time
import tracemalloc
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Self

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.relay import Relay
from powerstream_desktop.rtmp.chunks import AUDIO_CSID, VIDEO_CSID, ChunkReader
from powerstream_desktop.rtmp.events import PublishStarted
from tests.hostile.wire import HONEST_KEY, VICTIM_KEY
from tests.integration.relay.peers import SERVER_HANDSHAKE_BYTES, Encoder, Platform, PlatformConnection
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import SwiftLoop, eventually
from tests.unit.relay.packets import inter_frame, key_frame, sound

HONEST = "Honest platform"
LONGEST_ROUND_S = 0.100
"""Of the processor's time in one round of the loop, whoever's it is: longer, and every other destination waits."""
FRAME_S = 0.5
_GRACE_S = 0.001
_NO_GRACE_BELOW_S = 0.1
"""Minutes pass here in hundreds of tests. What the kernel takes its time for, a late acknowledgement say, gets it at longer jumps."""


class WatchedLoop(SwiftLoop):
    """Knows the longest time it has worked without looking at its sockets.

    It is the processor's time and not the wall's, for a busy machine is no finding.
    """

    def __init__(self) -> None:
        super().__init__(_GRACE_S, _NO_GRACE_BELOW_S)
        self.longest_round_s = 0.0

    async def getaddrinfo(self, host: Any, port: Any, **hints: Any) -> list[Any]:
        """Take addresses for what they are; there are no names here, and so no threads that look them up."""
        return socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST, **hints)

    def _run_once(self) -> None:
        began = time.thread_time()
        super()._run_once()  # type: ignore[misc]
        self.longest_round_s = max(self.longest_round_s, time.thread_time() - began)


class SteadyEncoder(Encoder):
    """Two pictures a second, a key frame every two seconds: enough to miss one, few enough to let minutes pass quickly."""

    gop = 4

    def send_frame(self, size: int = 200) -> None:
        number, make = self.sent, inter_frame if self.sent % self.gop else key_frame
        timestamp = round(number * FRAME_S * 1000)
        self.rtmp.send_message(9, timestamp, make(number, size), VIDEO_CSID)
        self.rtmp.send_message(8, timestamp, sound(number), AUDIO_CSID)
        self.flush()
        self.sent += 1


class HonestConnection(PlatformConnection):
    """Takes everything, counts the pictures and forgets them."""

    pictures_seen = 0
    pictures_lost = 0

    def on_media(self) -> None:
        for number in self.picture_numbers:
            self.pictures_lost += number - self.pictures_seen
            self.pictures_seen = number + 1
        self.events.clear()
        self.received.clear()


class Arena:
    """An honest broadcast on the running loop, and a second stream that hostile publishers have the key of.

    Args:
        hostile: endpoints of hostile platforms, which get the honest broadcast too.
        frame_bytes: of the honest encoder's pictures.
    """

    def __init__(self, *hostile: RTMPEndpoint, frame_bytes: int = 200) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WatchedLoop)
        self._loop = loop
        self._hostile = hostile
        self._frame_bytes = frame_bytes
        self._platform = Platform(HonestConnection)
        self._victim_platform = Platform()
        self.stage: Stage
        self._victim: Relay
        self._encoder: SteadyEncoder
        self._publishing: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        await self._platform.start()
        self.stage = Stage(self._platform.endpoint(HONEST), *self._hostile)
        await self.stage.__aenter__()
        await self._victim_platform.start()
        self._victim = Relay(
            self.stage.server,
            Secret(VICTIM_KEY),
            [self._victim_platform.endpoint("Platform of the attacked stream")],
            clock=asyncio.get_running_loop().time,
            rng=random.Random(2),
        )
        self._victim.start()
        self._encoder = await SteadyEncoder.connect(self.port, HONEST_KEY)
        await self._encoder.starts()
        self._publishing = asyncio.get_running_loop().create_task(self._publish())
        await self.stage.turns(DestinationState.LIVE, HONEST)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._publishing.cancel()
        await asyncio.wait({self._publishing})
        self._encoder.transport.abort()
        await self._victim.aclose()
        await self.stage.__aexit__()
        await self._platform.stop()
        await self._victim_platform.stop()

    @property
    def port(self) -> int:
        """Where the relay listens."""
        return self.stage.server.port

    @contextmanager
    def without_a_clock(self) -> Iterator[None]:
        """Do not hold it against anybody how long the rounds take that run meanwhile."""
        longest_s = self._loop.longest_round_s
        yield
        self._loop.longest_round_s = longest_s

    @property
    def _honest(self) -> HonestConnection:
        connection = self._platform.last
        assert isinstance(connection, HonestConnection)
        return connection

    async def nobody_noticed(self) -> None:
        """The honest broadcast has lost nothing, the loop was never busy for long, and the next client is served."""
        assert self._loop.longest_round_s < LONGEST_ROUND_S
        await asyncio.sleep(FRAME_S)
        sent = self._encoder.sent - 1
        await eventually(lambda: self._honest.pictures_seen >= sent, patience_s=5)
        assert self._honest.pictures_lost == 0
        light = self.stage.light(HONEST)
        assert (light.state, light.connects, light.frames_dropped) == (DestinationState.LIVE, 1, 0)
        assert len(self._platform.connections) == 1
        assert not self._encoder.closed
        for connection in self._victim_platform.connections:
            _times_never_go_back(bytes(connection.received[SERVER_HANDSHAKE_BYTES:]))
            if connection.lost:
                self._victim_platform.connections.remove(connection)
        await self._next_client_is_served()

    async def _next_client_is_served(self) -> None:
        newcomer = await Encoder.connect(self.port, VICTIM_KEY)
        await eventually(lambda: newcomer.heard(PublishStarted) or newcomer.closed, patience_s=3)
        assert newcomer.heard(PublishStarted)
        newcomer.say_goodbye()
        await eventually(lambda: newcomer.closed, patience_s=12)

    async def _publish(self) -> None:
        while True:
            self._encoder.send_frame(self._frame_bytes)
            await asyncio.sleep(FRAME_S)


def _times_never_go_back(wire: bytes) -> None:
    """What the attacked stream's platform got is RTMP, and in order."""
    reader = ChunkReader()
    ends_ms: dict[int, int] = {}
    for start in range(0, len(wire), 1000):
        reader.start_second()
        for message in reader.feed(wire[start : start + 1000]):
            assert message.timestamp >= ends_ms.get(message.type, 0)
            ends_ms[message.type] = message.timestamp


class LastingArena:
    """One arena on a loop of its own for many tests, one after the other; a test that fails in it gets the next one a new one."""

    def __init__(self) -> None:
        self._runner: asyncio.Runner | None = None
        self._arena: Arena

    def open(self) -> None:
        """Let everybody come.

        What pytest has gathered until now is left out of garbage collection: going through it would take a round of the loop
        longer than any attack.
        """
        gc.collect()
        gc.freeze()
        self._runner = asyncio.Runner(loop_factory=WatchedLoop)
        self._arena = self._runner.run(_opened())

    def run(self, test: Callable[[Arena], Coroutine[Any, Any, None]]) -> None:
        """Run a test."""
        if self._runner is None:
            self.open()
        assert self._runner is not None
        try:
            self._runner.run(test(self._arena))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let everybody go home."""
        runner, self._runner = self._runner, None
        if runner is not None:
            gc.unfreeze()
            with runner:
                runner.run(self._arena.__aexit__())


async def _opened() -> Arena:
    return await Arena().__aenter__()


def in_an_arena(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a test on a watched loop of its own."""
    with asyncio.Runner(loop_factory=WatchedLoop) as runner:
        runner.run(main())


class MemoryWatch:
    """Measures the most that was held at any moment of a ``with`` block, beyond what was held at its beginning."""

    peak_bytes = 0

    def __enter__(self) -> Self:
        tracemalloc.start()
        self._before = tracemalloc.get_traced_memory()[0]
        return self

    def __exit__(self, *_: object) -> None:
        self.peak_bytes = tracemalloc.get_traced_memory()[1] - self._before
        tracemalloc.stop()

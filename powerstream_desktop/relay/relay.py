"""The relay of one broadcast: one stream in, every destination out, and whoever else wants the packets.

Owner: the service or a command; one event loop runs all of it. ``snapshot`` must be called on that loop.
"""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
from collections.abc import Sequence

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.connector import Connector
from powerstream_desktop.relay.destination import Destination
from powerstream_desktop.relay.server import StreamingServer
from powerstream_desktop.relay.snapshot import RelaySnapshot
from powerstream_desktop.relay.stream import Consumer, Stream

logger = logging.getLogger(__name__)

WATCHFUL_TICK_S = 0.25
CALM_TICK_S = 1.25
"""While every light is steadily green; a little more than the second after which displays ask anyway."""


class Relay:
    """One stream to many destinations.

    Args:
        server: where the stream comes in; the relay adds its stream to it, the caller starts and closes it.
        stream_key: what the publisher has to show.
        endpoints: where the stream goes.
        clock: the loop's time.
        rng: randomness for the pauses between tries.
        tls: context for RTMPS instead of the system's.
    """

    def __init__(
        self,
        server: StreamingServer,
        stream_key: Secret,
        endpoints: Sequence[RTMPEndpoint],
        *,
        clock: Clock,
        rng: random.Random | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._server = server
        self.stream = Stream("program", clock)
        server.add_stream(self.stream.name, stream_key, self.stream)
        self._connector = Connector(clock, tls)
        self._rng = rng or random.Random()
        self._destinations: list[Destination] = []
        for endpoint in endpoints:
            self.add(endpoint)
        self._ticker: asyncio.TimerHandle | None = None

    def add(self, endpoint: RTMPEndpoint) -> None:
        """Add a destination before ``start``."""
        self._destinations.append(Destination(endpoint, self.stream, self._connector, self._clock, self._rng))

    def start(self) -> None:
        """Let every destination follow the stream."""
        for destination in self._destinations:
            destination.start()
        self._tick()

    async def aclose(self) -> None:
        """End every destination properly, all at once; at most about 2 s. Harmless when repeated."""
        await asyncio.gather(*(destination.aclose() for destination in self._destinations))
        if self._ticker is not None:
            self._ticker.cancel()
            self._ticker = None

    def attach(self, consumer: Consumer) -> None:
        """Let another consumer, such as the recorder, follow the stream."""
        self.stream.attach(consumer)

    def retry_now(self, name: str) -> None:
        """Let the destination of that name try again at once."""
        for destination in self._destinations:
            if destination.endpoint.name == name:
                destination.retry_now()

    def snapshot(self) -> RelaySnapshot:
        """Return the state of everything as it is now, for display."""
        now = self._clock()
        if self._ticker is not None:
            self._look(now)
        return RelaySnapshot(
            ingest=self.stream.snapshot(),
            destinations=tuple(destination.snapshot(now) for destination in self._destinations),
        )

    def _tick(self) -> None:
        self._look(self._clock())

    def _look(self, now: float) -> None:
        """See what every platform has taken, turn the lights, and plan the next look.

        Whoever asks for a snapshot causes a look, so a display that refreshes regularly needs no ticks besides.
        """
        self._server.pace_publishers(now)
        self.stream.flush(now)
        watchful = not self.stream.publishing
        for destination in self._destinations:
            try:
                destination.tick(now)
            except Exception:
                # One destination's bug must not turn off the lights of all.
                logger.exception("Destination %s could not be looked at", destination.endpoint.name)
            watchful = watchful or destination.wants_close_watch
        if self._ticker is not None:
            self._ticker.cancel()
        pause_s = WATCHFUL_TICK_S if watchful else CALM_TICK_S
        self._ticker = asyncio.get_running_loop().call_later(pause_s, self._tick)

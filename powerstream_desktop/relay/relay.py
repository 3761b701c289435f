"""The relay of one session: its renditions in, every destination out, and whoever else wants the packets.

Destinations come and go and are changed while it runs; each command concerns the one that it names and no other.

Owner: the service or a command; one event loop runs all of it, and everything here must be called on it.
"""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
from collections.abc import Callable, Sequence

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.relay.connect.connector import Connector
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.destination.endpoint_changes import EndpointChanges, endpoint_changes
from powerstream_desktop.relay.ingest.server import StreamingServer
from powerstream_desktop.relay.snapshot import RelaySnapshot
from powerstream_desktop.relay.stream.audience import Consumer
from powerstream_desktop.relay.stream.renditions import Renditions
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.relay.uplink.uplink import EncoderControl, Uplink

logger = logging.getLogger(__name__)

WATCHFUL_TICK_S = 0.25
CALM_TICK_S = 1.25
"""While every light is steadily green; a little more than the second after which displays ask anyway."""


class Relay:
    """The streams of one session to many destinations.

    Args:
        server: where the streams come in; the relay adds its streams to it, the caller starts and closes it.
        stream_key: what the publisher has to show; for the portrait see ``renditions``.
        endpoints: where the streams go.
        clock: the loop's time.
        rng: randomness for the pauses between tries.
        tls: context for RTMPS instead of the system's.
        catalogue: what is known of platforms; without one, every platform is a custom server.
        encoder: whose bitrate may follow the upload; None to leave the encoder alone.
        on_turn: called whenever a light may have turned; must not come back here.
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
        catalogue: Catalogue | None = None,
        encoder: EncoderControl | None = None,
        on_turn: Callable[[], None] | None = None,
    ) -> None:
        self._clock = clock
        self._server = server
        self._catalogue = catalogue
        self._renditions = Renditions(server, stream_key, clock)
        self._uplink = Uplink(self._renditions.streams, encoder)
        self._connector = Connector(clock, tls)
        self._rng = rng or random.Random()
        self._on_turn = on_turn
        self._destinations: dict[str, Destination] = {}
        self._leaving: set[str] = set()
        """Names of destinations that are saying goodbye for good."""
        self._running = False
        self._closing = False
        for endpoint in endpoints:
            self.add(endpoint)
        self._ticker: asyncio.TimerHandle | None = None

    @property
    def stream(self) -> Stream:
        """The main stream: the landscape, which is recorded."""
        return self._renditions.streams[Rendition.LANDSCAPE]

    def use_slate(self, rendition: Rendition, slate: Slate) -> None:
        """Take what is shown of a rendition while its publisher is away for long."""
        self._renditions.streams[rendition].use_slate(slate)

    @property
    def endpoints(self) -> tuple[RTMPEndpoint, ...]:
        """What is served just now."""
        return tuple(destination.endpoint for destination in self._destinations.values())

    def start(self) -> None:
        """Let every destination follow its stream."""
        self._running = True
        for destination in self._destinations.values():
            destination.start()
        self._tick()

    async def aclose(self) -> None:
        """End every destination properly, all at once; at most about 2 s. Harmless when repeated."""
        self._closing = True
        await asyncio.gather(*(destination.aclose() for destination in self._destinations.values()))
        if self._ticker is not None:
            self._ticker.cancel()
            self._ticker = None

    def attach(self, consumer: Consumer) -> None:
        """Let another consumer, such as the recorder, follow the main stream."""
        self.stream.attach(consumer)

    # Commands. All of them raise UserError for a name that is not there, and once the relay is closing.

    def add(self, endpoint: RTMPEndpoint) -> None:
        """Add a destination; in a running broadcast it goes live with the next key frame.

        Raises:
            UserError: there is one of this name.
        """
        self._check_open()
        if endpoint.name in self._destinations:
            raise UserError(
                f"There is a destination called {endpoint.name!r} already.", hint="Choose another name."
            )
        destination = Destination(
            endpoint,
            self._renditions.streams[endpoint.rendition],
            self._connector,
            self._clock,
            self._rng,
            self._platform(endpoint),
            self._on_turn,
        )
        self._destinations[endpoint.name] = destination
        if self._running:
            destination.start()
            self._look_soon()

    async def remove(self, name: str) -> None:
        """Remove a destination; returns when it has said goodbye, after 2 s at most."""
        destination = self._named(name)
        self._leaving.add(name)
        try:
            await destination.aclose()
        finally:
            self._leaving.discard(name)
            self._destinations.pop(name, None)

    def edit(self, name: str, endpoint: RTMPEndpoint) -> None:
        """Let a destination use another endpoint from now on; its name and its counters stay."""
        stream = self._renditions.streams[endpoint.rendition]
        self._named(name).edit(endpoint, stream, self._platform(endpoint))
        self._look_soon()

    def stop_destination(self, name: str) -> None:
        """Let one destination say goodbye and rest; harmless when it does already."""
        self._named(name).stop()

    def start_destination(self, name: str) -> None:
        """Let a destination that was stopped go live again; harmless when it was not."""
        self._named(name).start()
        self._look_soon()

    def retry_now(self, name: str) -> None:
        """Let a destination try again at once instead of at the planned time; harmless when it does not wait."""
        self._named(name).retry_now()
        self._look_soon()

    async def serve(self, endpoints: Sequence[RTMPEndpoint]) -> EndpointChanges:
        """Serve these endpoints and no others from now on; those that have not changed notice nothing.

        Returns:
            What was done, once those that had to leave have said goodbye.
        """
        self._check_open()
        staying = {name: each for name, each in self._destinations.items() if name not in self._leaving}
        changes = endpoint_changes([each.endpoint for each in staying.values()], endpoints)
        for edited in changes.edited:
            self.edit(edited.name, edited)
        for added in changes.added:
            self.add(added)
        # Of equal priorities the one that stands first counts more.
        places = {endpoint.name: place for place, endpoint in enumerate(endpoints)}
        in_order = sorted(self._destinations, key=lambda name: places.get(name, len(places)))
        self._destinations = {name: self._destinations[name] for name in in_order}
        await asyncio.gather(*(self.remove(name) for name in changes.removed))
        return changes

    def snapshot(self) -> RelaySnapshot:
        """Return the state of everything as it is now, for display."""
        now = self._clock()
        if self._ticker is not None:
            self._look(now)
        renditions = self._renditions.snapshots()
        return RelaySnapshot(
            ingest=renditions[Rendition.LANDSCAPE],
            renditions=renditions,
            destinations=tuple(
                destination.snapshot(
                    now, misses_rendition=self._renditions.misses(destination.endpoint.rendition)
                )
                for destination in self._destinations.values()
            ),
            uplink_kbps=self._uplink.kbps,
        )

    # Inside.

    def _check_open(self) -> None:
        if self._closing:
            raise UserError("The broadcast is ending.", hint="Start a new one.")

    def _named(self, name: str) -> Destination:
        self._check_open()
        destination = self._destinations.get(name)
        if destination is None or name in self._leaving:
            raise UserError(f"There is no destination called {name!r}.", hint="Check the name.")
        return destination

    def _platform(self, endpoint: RTMPEndpoint) -> Platform | None:
        return self._catalogue.platform(endpoint.platform) if self._catalogue is not None else None

    def _tick(self) -> None:
        self._look(self._clock())

    def _look_soon(self) -> None:
        """A light is about to turn: do not wait for the end of a calm pause."""
        if self._ticker is not None:
            self._look(self._clock())

    def _look(self, now: float) -> None:
        """See what every platform has taken, turn the lights, and plan the next look.

        Whoever asks for a snapshot causes a look, so a display that refreshes regularly needs no ticks besides.
        """
        self._server.pace_publishers(now)
        self._renditions.flush(now)
        watchful = not self._renditions.is_live
        for destination in self._destinations.values():
            try:
                destination.tick(now)
            except Exception:
                # One destination's bug must not turn off the lights of all.
                logger.exception("Destination %s could not be looked at", destination.endpoint.name)
            watchful = watchful or destination.wants_close_watch
        try:
            self._uplink.look(self._destinations.values(), now)
        except Exception:
            logger.exception("The upload could not be looked at")
        watchful = watchful or self._uplink.wants_close_watch
        if self._ticker is not None:
            self._ticker.cancel()
        pause_s = WATCHFUL_TICK_S if watchful else CALM_TICK_S
        self._ticker = asyncio.get_running_loop().call_later(pause_s, self._tick)

"""The relay's front: listens for encoders, checks keys, and leads each publisher to its stream (DESIGN 3, rtmp.md 3.5, 3.6).

A key is checked, in constant time, before the encoder hears Publish.Start; nobody can publish or play without one. Playing
is for programs on this machine only.

Take-over: a second publisher with the same key replaces the first when it comes from the same address or the first has been
silent for 2 s (a phone that lost its network, yasea#402); otherwise it is refused and the first goes on undisturbed
(nginx-rtmp#1642). A publisher that vanishes without a goodbye has five minutes to come back before its broadcast ends; the
stream bridges that time (DESIGN 5). One that says goodbye ends it at once.
"""

from __future__ import annotations

import asyncio
import errno
import hmac
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.ingest.connection import READ_BUFFER_BYTES, IngestConnection
from powerstream_desktop.relay.ingest.publish_hooks import Ending, PublishEvent, PublishHooks, tell
from powerstream_desktop.relay.ingest.publish_sink import PublishSink
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.events import FinishReason
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.url import PublishTarget

logger = logging.getLogger(__name__)

MAX_CONNECTIONS = 32
MAX_CONNECTIONS_PER_ADDRESS = 8
OPENING_S = 2.0
"""From accepting a connection to its publish: a slow line takes half a second. Who takes longer may have to make room."""
BRIDGE_LIMIT_S = 300.0
SILENT_S = 2.0
CLOSING_S = 1.0
BACKLOG = 8
"""Connections that wait to be accepted. asyncio tries so many times in a row when no descriptor is left, each with a line in
the log and a timer (F40), so no more than encoders and players need."""
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})


@dataclass(slots=True)
class _Route:
    """A key and where its media goes.

    Attributes:
        publisher: who publishes now.
        is_under_way: a broadcast has begun and has not ended.
        is_bridged: the owner was told that a bridge stands in.
        wake: when the sink has something to do without its publisher.
    """

    name: str
    key: Secret
    sink: PublishSink
    publisher: IngestConnection | None = None
    is_under_way: bool = False
    is_bridged: bool = False
    wake: asyncio.Handle | None = None


class StreamingServer:
    """Takes publishers and players in.

    Args:
        clock: the loop's time.
        app: the application name that encoders put behind the host.
        hooks: who is told of publishers.
        bridge_limit_s: how long a publisher that vanished is bridged, in seconds; with 0 its broadcast ends at once.
        paced: read a steady publisher some pictures at a time, which halves the relay's cost (ADR 0004); False for the
            least delay.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        app: str = "live",
        hooks: PublishHooks | None = None,
        bridge_limit_s: float = BRIDGE_LIMIT_S,
        paced: bool = True,
    ) -> None:
        self.app = app
        self._clock = clock
        self._hooks = hooks or PublishHooks()
        self._bridge_limit_s = bridge_limit_s
        self._paced = paced
        self._routes: list[_Route] = []
        self._connections: set[IngestConnection] = set()
        self._all_gone = asyncio.Event()
        self._all_gone.set()
        self._listener: asyncio.Server | None = None
        self._buffer = memoryview(bytearray(READ_BUFFER_BYTES))
        self._host = ""
        self._port = 0

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen.

        Raises:
            SystemFault: the port is in use, or this machine does not have the address.
        """
        try:
            self._listener = await asyncio.get_running_loop().create_server(
                self._new_connection, host, port, backlog=BACKLOG
            )
        except OSError as error:
            raise _listen_fault(error, host, port) from error
        self._host = host
        self._port = self._listener.sockets[0].getsockname()[1]

    async def aclose(self) -> None:
        """Stop listening, end every broadcast and close every connection; at most 1 s. Harmless when repeated."""
        if self._listener is None:
            return
        self._listener.close()
        self._listener = None
        for route in self._routes:
            self._end(route, Ending.GOODBYE)
        for connection in tuple(self._connections):
            connection.close()
        try:
            async with asyncio.timeout(CLOSING_S):
                await self._all_gone.wait()
        except TimeoutError:
            for connection in tuple(self._connections):
                connection.cut()
            await self._all_gone.wait()

    @property
    def port(self) -> int:
        """The port it listens on; 0 before ``start``."""
        return self._port

    @property
    def server_url(self) -> str:
        """What an encoder puts into its "server" field."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"rtmp://{host}:{self._port}/{self.app}"

    def ingest_url(self, stream_key: Secret) -> str:
        """Return the whole publishing URL with the key in clear: hand it to an encoder, never to a log."""
        return f"{self.server_url}/{stream_key.reveal()}"

    def add_stream(self, name: str, key: Secret, sink: PublishSink) -> None:
        """Accept publishers with ``key`` from now on, and feed them to ``sink``."""
        self._routes.append(_Route(name, key, sink))

    def end_stream(self, name: str) -> None:
        """End a stream's broadcast as if its publisher had said goodbye."""
        for route in self._routes:
            if route.name == name:
                self._end(route, Ending.GOODBYE)

    def pace_publishers(self, now: float) -> None:
        """Adapt to what publishers send; called a few times a second."""
        for route in self._routes:
            if self._paced and route.publisher is not None:
                route.publisher.pace(now)

    # A connection's side.

    def admit(self, connection: IngestConnection) -> bool:
        """Tell whether there is room for one more connection from its address, or can be made.

        The stranger that has been there longest without publishing or playing makes room: else a few connections that say
        nothing would keep every encoder out.
        """
        if self._listener is None:
            # Accepted just before the end; whoever closes us does not know of it.
            return False
        crowd = [other for other in self._connections if other.remote_host == connection.remote_host]
        if len(crowd) < MAX_CONNECTIONS_PER_ADDRESS:
            crowd = list(self._connections) if len(self._connections) >= MAX_CONNECTIONS else []
        if crowd and not self._make_room(crowd):
            logger.info("The relay has no room for another connection from %s", connection.remote_host)
            return False
        self._connections.add(connection)
        self._all_gone.clear()
        return True

    def forget(self, connection: IngestConnection) -> None:
        """A connection is gone."""
        self._connections.discard(connection)
        if not self._connections:
            self._all_gone.set()

    def knows_app(self, app: str) -> bool:
        """Tell whether ``app`` (its first path part counts) is ours."""
        return app.partition("?")[0].strip("/").partition("/")[0] == self.app

    def publish_requested(self, connection: IngestConnection, target: PublishTarget) -> PublishSink | str:
        """Return where this publisher's media goes, or the reason why it may not publish."""
        route = self._route(target.key)
        if route is None:
            return "This stream key is not known here."
        if route.publisher is not None:
            if not self._may_take_over(route.publisher, connection):
                return "Another encoder is already publishing with this key."
            logger.info("Stream %s: a new publisher takes over", route.name)
            route.publisher.unpublish()
        route.publisher = connection
        self._cancel_wake(route)
        # Once the sink knows of its publisher.
        route.wake = asyncio.get_running_loop().call_soon(self._keep_up, route)
        if not route.is_under_way:
            route.is_under_way = True
            tell(self._hooks.on_publish, self._event(route))
        return route.sink

    def publish_finished(self, connection: IngestConnection, reason: FinishReason) -> None:
        """A publisher said goodbye or was lost."""
        for route in self._routes:
            if route.publisher is connection:
                if reason is FinishReason.UNPUBLISHED:
                    self._end(route, Ending.GOODBYE)
                else:
                    route.publisher = None
                    route.sink.pause_publish()
                    self._keep_up(route)

    def stream_to_play(self, connection: IngestConnection, target: PublishTarget) -> Stream | None:
        """Return the stream a player on this machine asked for by its key, or None."""
        if connection.remote_host not in LOOPBACK_HOSTS:
            return None
        route = self._route(target.key)
        return route.sink if route is not None and isinstance(route.sink, Stream) else None

    # Inside.

    def _make_room(self, crowd: Sequence[IngestConnection]) -> bool:
        """Cut the oldest stranger of a crowd, unless even that one may still be in its opening."""
        strangers = [other for other in crowd if other.is_stranger]
        oldest = min(strangers, key=lambda other: other.arrived_at, default=None)
        if oldest is None or self._clock() - oldest.arrived_at < OPENING_S:
            return False
        oldest.cut()
        self._connections.discard(oldest)
        return True

    def _new_connection(self) -> IngestConnection:
        return IngestConnection(
            self, ServerConnection(now=self._clock(), random_bytes=os.urandom), self._buffer, self._clock
        )

    def _route(self, key: str) -> _Route | None:
        """Compare with every key, always all of them, so that the time tells nothing."""
        found = None
        for route in self._routes:
            if hmac.compare_digest(route.key.reveal().encode(), key.encode("utf-8", "replace")):
                found = route
        return found

    def _may_take_over(self, old: IngestConnection, new: IngestConnection) -> bool:
        return old.remote_host == new.remote_host or self._clock() - old.heard_at > SILENT_S

    def _keep_up(self, route: _Route) -> None:
        """Let the sink do what is due without its publisher; end a broadcast that nobody comes back to."""
        self._cancel_wake(route)
        now = self._clock()
        wake_at = route.sink.keep_up(now) if self._bridge_limit_s > 0 else None
        since_s = route.sink.bridged_since_s
        if wake_at is None:
            if route.publisher is None:
                self._end(route, Ending.NOT_BACK)
        elif since_s is not None and now - since_s >= self._bridge_limit_s:
            self._end(route, Ending.NOT_BACK)
        else:
            self._note_bridge(route, is_bridged=since_s is not None)
            route.wake = asyncio.get_running_loop().call_at(wake_at, self._keep_up, route)

    def _note_bridge(self, route: _Route, *, is_bridged: bool) -> None:
        if is_bridged is not route.is_bridged:
            route.is_bridged = is_bridged
            tell(self._hooks.on_bridge if is_bridged else self._hooks.on_bridged, self._event(route))

    def _end(self, route: _Route, ending: Ending) -> None:
        self._cancel_wake(route)
        publisher, route.publisher = route.publisher, None
        if publisher is not None:
            publisher.unpublish()
        route.sink.end_publish()
        was_under_way, route.is_under_way, route.is_bridged = route.is_under_way, False, False
        if was_under_way:
            tell(self._hooks.on_done_publish, self._event(route), ending)

    def _event(self, route: _Route) -> PublishEvent:
        return PublishEvent(stream=route.name, at_s=self._clock())

    def _cancel_wake(self, route: _Route) -> None:
        if route.wake is not None:
            route.wake.cancel()
            route.wake = None


def _listen_fault(error: OSError, host: str, port: int) -> SystemFault:
    if error.errno == errno.EADDRINUSE:
        return SystemFault(
            f"Port {port} on {host} is in use.",
            hint="Another relay or streaming program is running: end it, or choose another port with --listen.",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return SystemFault(f"Port {port} may not be used by this user.", hint="Choose a port above 1023.")
    return SystemFault(
        f"The relay cannot listen on {host}:{port}.", hint="Choose 127.0.0.1.", detail=str(error)
    )

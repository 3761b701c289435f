"""The rehearsal's platform: a real RTMP server on loopback that takes the stream and checks it."""

from __future__ import annotations

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.ingest.receiver import Receiver, ReceiverReport
from powerstream_desktop.relay.ingest.server import StreamingServer
from powerstream_desktop.rtmp.url import parse_server_url
from powerstream_desktop.service.broadcast.stream_key import new_stream_key

NAME = "Built-in receiver"
APP = "rehearsal"


class RehearsalReceiver:
    """The built-in receiver with its server. Owner: a broadcast, on its loop."""

    def __init__(self, clock: Clock) -> None:
        self._key = new_stream_key()
        self._receiver = Receiver()
        self._server = StreamingServer(clock, app=APP)
        self._server.add_stream(APP, self._key, self._receiver)

    async def start(self) -> RTMPEndpoint:
        """Listen on a free loopback port; return where to send the stream."""
        await self._server.start()
        server = parse_server_url(self._server.server_url, self._key.reveal())
        return RTMPEndpoint(name=NAME, platform=APP, server=server, stream_key=self._key)

    async def aclose(self) -> None:
        """Close the server; the report stays."""
        await self._server.aclose()

    def report(self) -> ReceiverReport:
        """Return what has arrived so far."""
        return self._receiver.report()

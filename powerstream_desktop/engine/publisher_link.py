"""One connection to the relay: asyncio's side of ``rtmp.client``.

Owner: the ``Publisher``, on its loop. A link lives from the TCP connection to ``ended``, whose result says in one sentence
why it ended, or ``None`` when we ended it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.publish_queue import PublishQueue
from powerstream_desktop.rtmp import events as rtmp_events
from powerstream_desktop.rtmp.chunks import AUDIO_CSID, DATA_CSID, VIDEO_CSID
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Stage
from powerstream_desktop.rtmp.messages import MessageType

log = logging.getLogger(__name__)

STALL_S: Final = 5.0
"""A relay that took no byte for this long is dead (reliability_security.md 2.3)."""
GOODBYE_S: Final = 2.0
HIGH_WATER_BYTES: Final = 256 * 1024
WRITE_BYTES: Final = 128 * 1024
"""So much is joined into one write."""

_CSIDS: Final = {
    MessageType.AUDIO: AUDIO_CSID,
    MessageType.VIDEO: VIDEO_CSID,
    MessageType.DATA_AMF0: DATA_CSID,
}


class PublisherLink(asyncio.Protocol):
    """A connection to the relay.

    Args:
        client: a fresh protocol object; one per connection (rtmp.md 1.20).
        queue: what to send once the relay consented.
        on_accepted: called when it did.
        clock: the loop's time.
    """

    def __init__(
        self, client: ClientConnection, queue: PublishQueue, on_accepted: Callable[[], None], clock: Clock
    ) -> None:
        self._client = client
        self._queue = queue
        self._on_accepted = on_accepted
        self._clock = clock
        loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[str | None] = loop.create_future()
        self._drained = asyncio.Event()
        self._drained.set()
        self._transport: asyncio.Transport | None = None
        self._is_live = False
        self._deadline: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None

    # asyncio's callbacks.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the RTMP handshake."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type; a TCP transport always is
        self._transport = transport
        transport.set_write_buffer_limits(high=HIGH_WATER_BYTES)
        connected = transport.get_extra_info("socket")
        if connected is not None:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client.start(self._clock())
        self._transmit()

    def data_received(self, data: bytes) -> None:
        """Feed the protocol and act on what it says."""
        if self.ended.done():
            return
        try:
            happened = self._client.receive_data(data, self._clock())
        except ProtocolError as error:
            self._end(error.title)
            return
        self._act(happened)
        self._transmit()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say so, unless the end is known already."""
        if exc is not None:
            log.info("The connection to the relay broke: %s", exc)
        self._end("The relay closed the connection.")

    def pause_writing(self) -> None:
        """The relay is slower than the program: tags wait, and the drop rules of the queue apply."""
        self._drained.clear()
        self._stall = asyncio.get_running_loop().call_later(STALL_S, self._end, "The relay takes no data.")

    def resume_writing(self) -> None:
        """The relay takes data again."""
        self._drained.set()
        self._cancel_stall()
        self.send_waiting()

    # The publisher's side.

    def send_waiting(self) -> None:
        """Send what waits in the queue, as far as the relay takes it."""
        while self._is_live and not self.ended.done() and self._drained.is_set():
            tags = self._queue.take(WRITE_BYTES)
            if not tags:
                return
            for tag in tags:
                self._client.send_message(tag.type, tag.timestamp, tag.payload, _CSIDS[MessageType(tag.type)])
            self._transmit()

    async def finish(self) -> None:
        """Send what waits, unpublish, close; at most 2 s for each half, then cut. Of a lost connection, free what is left."""
        if self._transport is not None and not self.ended.done():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GOODBYE_S):
                    await self._drained.wait()
            self.send_waiting()
            self._client.stop(self._clock())
            self._transmit()
            self._transport.close()
            await asyncio.wait([self.ended], timeout=GOODBYE_S)
        self._end(None)

    def vanish(self) -> None:
        """Cut the connection without a goodbye."""
        self._end(None)

    # Inside.

    def _act(self, happened: list[rtmp_events.Event]) -> None:
        for event in happened:
            match event:
                case rtmp_events.PublishStarted():
                    self._is_live = True
                    self._on_accepted()
                case (
                    rtmp_events.ConnectRefused(code=code)
                    | rtmp_events.PublishRefused(code=code)
                    | rtmp_events.RemoteUnpublished(code=code)
                ):
                    self._end(f"The relay refused the stream ({code}).")
                case rtmp_events.AuthenticationRequired():
                    self._end("The relay asks for a user name and a password.")
                case rtmp_events.ConnectionClosed(reason=reason, stage=stage):
                    self._end(_closed_sentence(reason, stage))
                case _:
                    pass

    def _transmit(self) -> None:
        """Write what the protocol wants to say and re-arm its one timer."""
        if self._transport is None or self.ended.done():
            return
        data = self._client.data_to_send()
        if data:
            self._transport.write(data)
        self._cancel_deadline()
        deadline_s = self._client.next_deadline()
        if deadline_s is not None:
            delay_s = max(0.0, deadline_s - self._clock())
            self._deadline = asyncio.get_running_loop().call_later(delay_s, self._deadline_passed)

    def _deadline_passed(self) -> None:
        self._act(self._client.handle_deadline(self._clock()))
        self._transmit()

    def _end(self, sentence: str | None) -> None:
        """Give the connection up; only the first call says why."""
        self._cancel_deadline()
        self._cancel_stall()
        if not self.ended.done():
            self.ended.set_result(sentence)
        if self._transport is not None:
            self._transport.abort()

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cancel_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None


def _closed_sentence(reason: CloseReason, stage: Stage) -> str:
    if reason in {CloseReason.HANDSHAKE_TIMEOUT, CloseReason.COMMAND_TIMEOUT}:
        return "The relay did not answer."
    if stage is Stage.LIVE:
        return "The relay closed the connection."
    return "The relay closed the connection before it took the stream."

"""One connection to a platform: asyncio's side of ``rtmp.client`` plus the queue between the stream and the socket.

Life: ``begin`` starts the handshake; at Publish.Start it joins the stream at its headers and, when that is fresh
enough, its running group of pictures; from then on bursts are written as they come, or queued while the platform is slow.
Owner: its ``Destination``, on the relay's loop.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Protocol

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.platforms.causes import Failure, FailureKind
from powerstream_desktop.relay.burst import Burst
from powerstream_desktop.relay.connect_errors import loss_failure
from powerstream_desktop.relay.ledger import Ledger
from powerstream_desktop.relay.push_writer import PushWriter
from powerstream_desktop.relay.send_queue import SendQueue, is_video_frame
from powerstream_desktop.relay.stream import Stream
from powerstream_desktop.relay.tcp import close_our_direction, quick_ack, tune_for_push, unacknowledged_bytes
from powerstream_desktop.rtmp import events as rtmp_events
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.errors import HandshakeError, ProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Stage
from powerstream_desktop.rtmp.states import ClientState

HIGH_WATER_BYTES = 256 * 1024
WRITE_BYTES = 128 * 1024
"""So much is joined into one write while draining a queue."""
FRESH_GROUP_MS = 1_000
"""A destination that starts first waits for a key frame unless there is one as young as this (rtmp.md 3.2)."""
REJOIN_GROUP_MS = 4_000
REJOIN_GROUP_BYTES = 4 * 1024 * 1024
"""One that comes back gets the whole running group, so that its picture is back at once (reliability_security.md 2.3)."""
GOODBYE_S = 2.0


class LinkOwner(Protocol):
    """Whom a link reports to."""

    def key_sent(self, link: PushLink) -> None:
        """The platform accepted ``connect``; the stream key is on its way."""

    def link_lost(self, link: PushLink, failure: Failure) -> None:
        """The connection is over and was not asked to end. Called once, and only after ``begin``."""


class PushLink(asyncio.Protocol):
    """A connection to one platform.

    Args:
        owner: is told about the key and the end.
        stream: what to send.
        client: a fresh protocol object; one per connection, never reused (rtmp.md 1.20).
        rejoining: True when the destination was live before in this broadcast.
        clock: the loop's time.
    """

    def __init__(
        self, owner: LinkOwner, stream: Stream, client: ClientConnection, *, rejoining: bool, clock: Clock
    ) -> None:
        self._owner = owner
        self._stream = stream
        self._client = client
        self._rejoining = rejoining
        self._clock = clock
        self._transport: asyncio.Transport | None = None
        self._socket: socket.socket | None = None
        self._send: Callable[[bytes], None] = _nowhere
        self._deadline: asyncio.TimerHandle | None = None
        self._writer: PushWriter | None = None
        self._cruise: Burst | None = None
        """The newest burst, while every burst goes out as shared bytes at once."""
        self._paused = False
        self._begun = False
        self._ending = False
        self._said_goodbye = False
        self._failure: Failure | None = None
        self._closed = asyncio.get_running_loop().create_future()
        self.queue = SendQueue()
        self.ledger = Ledger(clock())
        self.frames_sent = 0

    # asyncio's callbacks.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tune the socket; nothing is said before ``begin``."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type; a TCP or TLS transport always is
        self._transport = transport
        self._send = transport.write
        self._socket = transport.get_extra_info("socket")
        if self._socket is not None:
            tune_for_push(self._socket)
        transport.set_write_buffer_limits(high=HIGH_WATER_BYTES, low=HIGH_WATER_BYTES // 4)

    def data_received(self, data: bytes) -> None:
        """Feed the protocol and act on what it says."""
        if self._failure is not None or self._said_goodbye:
            return
        if self._writer is None and self._socket is not None:
            quick_ack(self._socket)
        try:
            self._act(self._client.receive_data(data, self._clock()))
        except ProtocolError as error:
            self._fail(_protocol_failure(error))
        else:
            self._transmit()

    def connection_lost(self, exc: Exception | None) -> None:
        """Report why, unless we ended it ourselves or have reported already."""
        self._end_cruise()
        self._cancel_deadline()
        if not self._closed.done():
            self._closed.set_result(None)
        if self._begun and self._failure is None and not self._ending:
            self._report(self._close_failure(exc))

    def pause_writing(self) -> None:
        """The platform is slower than the stream: from now on bursts queue up."""
        self._end_cruise()
        self._paused = True

    def resume_writing(self) -> None:
        """The platform takes data again."""
        self._paused = False
        self._drain()
        if self._ending and not self.queue:
            self._say_goodbye()

    # The destination's side.

    def begin(self) -> None:
        """Start the RTMP handshake; from now on the owner is told what happens."""
        self._begun = True
        if self._closed.done():
            self._report(Failure(FailureKind.CLOSED, "closed before the handshake"))
            return
        self._client.start(self._clock())
        self._transmit()

    @property
    def frames_started(self) -> bool:
        """True once a frame, not only headers, has been written."""
        return self._writer is not None and self._writer.started

    @property
    def sending(self) -> bool:
        """True from Publish.Start until the end."""
        return self._writer is not None and self._failure is None and not self._ending

    def offer(self, burst: Burst) -> None:
        """Send a burst, or queue it. O(1) apart from one write; never waits."""
        cruise = self._cruise
        if cruise is not None and burst.before is cruise.after and burst.cruisable:
            # Nearly every burst of a healthy connection: shared bytes that follow on the ones before, straight to the socket.
            self._cruise = burst
            self.frames_sent += burst.video_frames
            wire = burst.wire
            self.ledger.wrote(len(wire), burst.last_ms, burst.arrived_s)
            self._send(wire)
            return
        self._end_cruise()
        writer = self._writer
        if writer is None or self._failure is not None or self._ending:
            return
        if not self._paused and self.queue.is_idle and writer.in_step(burst):
            self.frames_sent += burst.video_frames
            self._write(writer.share(burst), burst.last_ms, burst.arrived_s)
            if self.sending and self._has_room() and writer.may_cruise_after(burst):
                self._cruise = burst
            return
        self.queue.push(burst.packets)
        self._drain()
        if self.queue.overflowed:
            self._fail(Failure(FailureKind.TOO_SLOW))

    def _has_room(self) -> bool:
        return not self._paused

    def _end_cruise(self) -> None:
        """Something is about to change: let the writer know how far the shared bytes have gone."""
        if self._cruise is not None and self._writer is not None:
            self._writer.shared_up_to(self._cruise)
        self._cruise = None

    def observe(self, now: float) -> int:
        """Look at what the platform has taken; return the newly acknowledged media bytes. Fails a stalled connection."""
        if not self.sending or self._transport is None:
            return 0
        outstanding = self._transport.get_write_buffer_size()
        if self._socket is not None:
            outstanding += unacknowledged_bytes(self._socket)
        newly = self.ledger.observe(outstanding, now)
        if self.ledger.stalled(now):
            self._fail(Failure(FailureKind.STALLED))
        return newly

    def lag_ms(self) -> int:
        """Return the media time that the platform has not acknowledged, queue included."""
        return self.ledger.lag_ms + self.queue.span_ms

    async def finish(self) -> None:
        """End properly: what is queued, then FCUnpublish and deleteStream; at most 2 s, then cut."""
        self._end_cruise()
        if self._transport is None or self._closed.done():
            return
        self._ending = True
        self._cancel_deadline()
        self._drain()
        if not self.queue:
            self._say_goodbye()
        try:
            await asyncio.wait_for(asyncio.shield(self._closed), GOODBYE_S)
        except TimeoutError:
            self._transport.abort()
            await self._closed

    # Inside.

    def _act(self, happened: list[rtmp_events.Event]) -> None:
        for event in happened:
            match event:
                case rtmp_events.Connected():
                    self._owner.key_sent(self)
                case rtmp_events.PublishStarted(stream_id=stream_id):
                    self._join(stream_id)
                case rtmp_events.ConnectRefused(code=code):
                    self._fail(Failure(FailureKind.CONNECT_REJECTED, code))
                case rtmp_events.AuthenticationRequired():
                    self._fail(Failure(FailureKind.CONNECT_REJECTED, "user name and password wanted"))
                case rtmp_events.PublishRefused(code=code, stage=stage):
                    kind = FailureKind.ENDED_BY_PLATFORM if stage is Stage.LIVE else FailureKind.KEY_REFUSED
                    self._fail(Failure(kind, code))
                case rtmp_events.RemoteUnpublished(code=code):
                    self._fail(Failure(FailureKind.ENDED_BY_PLATFORM, code))
                case rtmp_events.ReconnectRequested():
                    self._fail(Failure(FailureKind.MOVED))
                case rtmp_events.ConnectionClosed(reason=reason, stage=stage):
                    self._fail(_closed_failure(reason, stage))
                case _:
                    pass

    def _join(self, stream_id: int) -> None:
        """Send headers and, if it is fresh, the running group; then follow the stream."""
        self._transmit()
        self._stream.hand_out()
        self._writer = PushWriter(self._client.writer, stream_id, has_video=self._stream.has_video)
        self.ledger = Ledger(self._clock())
        group = self._stream.group() if self._group_is_welcome() else ()
        self.queue.start_with((*self._stream.headers(), *group))
        if self._stream.has_video and not group:
            self.queue.wait_for_key()
        self._drain()

    def _group_is_welcome(self) -> bool:
        if self._rejoining:
            return (
                self._stream.group_age_ms <= REJOIN_GROUP_MS
                and self._stream.group_bytes <= REJOIN_GROUP_BYTES
            )
        return self._stream.group_age_ms <= FRESH_GROUP_MS

    def _drain(self) -> None:
        if self._writer is None or self._failure is not None:
            return
        while self.queue and not self._paused:
            batch = []
            size = 0
            while self.queue and size < WRITE_BYTES:
                packet = self.queue.pop()
                size += len(packet.payload)
                batch.append(packet)
            self.frames_sent += sum(map(is_video_frame, batch))
            data = self._writer.write(batch)
            if data:
                self._write(data, batch[-1].dts_ms, self._clock())

    def _say_goodbye(self) -> None:
        """Without it services keep the session, and refuse the key, for up to a minute (rtmp.md 1.20).

        Then only our direction is closed: a platform that still sends something, its acknowledgements say, to a socket that is
        closed altogether gets a reset, which throws away whatever it has not read yet, this goodbye included.
        """
        if self._transport is None or self._transport.is_closing() or self._said_goodbye:
            return
        self._said_goodbye = True
        if self._failure is None and not self._client.closed:
            self._client.stop(self._clock())
            self._transport.write(self._client.data_to_send())
        close_our_direction(self._transport)

    def _write(self, data: bytes, dts_ms: int, now: float) -> None:
        transport = self._transport
        if transport is not None and not transport.is_closing():
            self.ledger.wrote(len(data), dts_ms, now)
            transport.write(data)

    def _transmit(self) -> None:
        """Send what the protocol wants to say and re-arm its one timer."""
        if self._transport is None or self._transport.is_closing():
            return
        data = self._client.data_to_send()
        if data:
            self._transport.write(data)
        self._cancel_deadline()
        deadline = self._client.next_deadline()
        if deadline is not None and self._failure is None:
            self._deadline = asyncio.get_running_loop().call_at(deadline, self._deadline_passed)

    def _deadline_passed(self) -> None:
        self._deadline = None
        try:
            self._act(self._client.handle_deadline(self._clock()))
        except ProtocolError as error:
            self._fail(_protocol_failure(error))
        else:
            self._transmit()

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close_failure(self, exc: Exception | None) -> Failure:
        """Tell what a hang-up means: before Publish.Start most likely a wrong key, whatever TCP calls it (rtmp.md 0.7)."""
        plain = loss_failure(exc) if exc is not None else Failure(FailureKind.CLOSED)
        if self._client.closed:
            return plain
        shaking_hands = self._client.state in (ClientState.NEW, ClientState.HANDSHAKING)
        for event in self._client.receive_data(b"", self._clock()):
            if isinstance(event, rtmp_events.ConnectionClosed):
                staged = _closed_failure(event.reason, event.stage)
                return plain if shaking_hands or staged.kind is FailureKind.CLOSED else staged
        return plain

    def _fail(self, failure: Failure) -> None:
        """Give the connection up: say what is still to be said, cut, and report."""
        self._end_cruise()
        if self._failure is not None or self._ending:
            return
        if self._transport is not None and not self._transport.is_closing():
            data = b"" if self._client.closed else self._client.data_to_send()
            if data:
                self._transport.write(data)
            self._transport.abort()
        self._report(failure)

    def _report(self, failure: Failure) -> None:
        self._end_cruise()
        self._failure = failure
        self._cancel_deadline()
        self._owner.link_lost(self, failure)


def _protocol_failure(error: ProtocolError) -> Failure:
    if isinstance(error, HandshakeError):
        return Failure(FailureKind.NOT_RTMP, error.code)
    return Failure(FailureKind.PROTOCOL, error.detail or error.title)


_CLOSED_AT = {
    Stage.BEFORE_CONNECT: FailureKind.CLOSED_BEFORE_CONNECT,
    Stage.BEFORE_START: FailureKind.CLOSED_BEFORE_START,
    Stage.LIVE: FailureKind.CLOSED,
}


def _closed_failure(reason: CloseReason, stage: Stage) -> Failure:
    if reason is CloseReason.HANDSHAKE_TIMEOUT:
        return Failure(FailureKind.HANDSHAKE_TIMEOUT)
    if reason is CloseReason.COMMAND_TIMEOUT:
        return Failure(FailureKind.START_TIMEOUT, stage.value)
    return Failure(_CLOSED_AT[stage], stage.value)


def _nowhere(data: bytes) -> None:
    raise BugError(f"{len(data)} bytes were written before there was a connection.")

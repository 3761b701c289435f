"""One connection to a platform: asyncio's side of ``rtmp.client``; what it sends of the stream is its ``PushFeed``'s matter.

Life: ``begin`` starts the handshake; when the platform has accepted the key (Publish.Start) the owner decides how the
connection joins the stream: ``join`` takes the headers and, when that is fresh enough, the running group of pictures;
``take_over`` goes on exactly where another connection leaves off. ``finish`` ends it with a goodbye.
Owner: a ``Lane``, on the relay's loop.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from typing import Protocol

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.relay.connect.connect_errors import (
    closed_failure,
    loss_failure,
    protocol_failure,
    refusal_failure,
)
from powerstream_desktop.relay.connect.tcp import (
    close_our_direction,
    quick_ack,
    round_trip,
    tune_for_push,
    unacknowledged_bytes,
)
from powerstream_desktop.relay.destination.time_base import TimeBase
from powerstream_desktop.relay.push.description import described
from powerstream_desktop.relay.push.push_feed import PushFeed
from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.push.round_trip import RoundTripWatch
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp import events as rtmp_events
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import Stage
from powerstream_desktop.rtmp.packet import MediaPacket
from powerstream_desktop.rtmp.states import ClientState

HIGH_WATER_BYTES = 32 * 1024
"""What asyncio holds cannot be dropped any more: the queue, which can, takes over early (ADR 0007)."""
FRESH_GROUP_MS = 1_000
"""A destination that starts first waits for a key frame unless there is one as young as this (rtmp.md 3.2)."""
REJOIN_GROUP_MS = 4_000
REJOIN_GROUP_BYTES = 4 * 1024 * 1024
"""One that comes back gets the whole running group, so that its picture is back at once (reliability_security.md 2.3)."""
GOODBYE_S = 2.0
LOOKS_AT_THE_PATH_MS = 400
"""A connection that lags less is no matter of the path's round trip, which costs a system call to learn."""


class LinkOwner(Protocol):
    """Whom a link reports to; only after ``begin``."""

    def key_sent(self, link: PushLink) -> None:
        """The platform accepted ``connect``; the stream key is on its way."""

    def publish_started(self, link: PushLink) -> None:
        """The platform accepted the key: let the link join the stream, now or at the right moment."""

    def reconnect_requested(self, link: PushLink, tc_url: str | None) -> None:
        """The platform asks us to move to another server, or to another connection if there is no URL (rtmp.md 2.8)."""

    def link_lost(self, link: PushLink, failure: Failure) -> None:
        """The connection is over and was not asked to end. Called once."""


class PushLink(asyncio.Protocol):
    """A connection to one platform.

    Args:
        owner: is told about the key and the end.
        stream: what to send.
        client: a fresh protocol object; one per connection, never reused (rtmp.md 1.20).
        rejoining: True when the destination was live before in this broadcast.
        clock: the loop's time.
        time_base: the zero of the timestamps that this connection shares with others; None for one of its own.
    """

    def __init__(
        self,
        owner: LinkOwner,
        stream: Stream,
        client: ClientConnection,
        *,
        rejoining: bool,
        clock: Clock,
        time_base: TimeBase | None = None,
    ) -> None:
        self._owner = owner
        self._stream = stream
        self._client = client
        self._rejoining = rejoining
        self._clock = clock
        self._time_base = time_base
        self._transport: asyncio.Transport | None = None
        self._socket: socket.socket | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._stream_id: int | None = None
        """The platform's number for our stream, from Publish.Start on."""
        self._begun = False
        self._ending = False
        self._said_goodbye = False
        self._failure: Failure | None = None
        self._closed = asyncio.get_running_loop().create_future()
        self.feed = PushFeed(clock, self._overflowed)
        self._round_trip_watch = RoundTripWatch()

    # asyncio's callbacks.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tune the socket; nothing is said before ``begin``."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type; a TCP or TLS transport always is
        self._transport = transport
        self.feed.attach(transport)
        self._socket = transport.get_extra_info("socket")
        if self._socket is not None:
            tune_for_push(self._socket)
        transport.set_write_buffer_limits(high=HIGH_WATER_BYTES, low=HIGH_WATER_BYTES // 4)

    def data_received(self, data: bytes) -> None:
        """Feed the protocol and act on what it says."""
        if self._failure is not None or self._said_goodbye:
            return
        if not self.feed.open and self._socket is not None:
            quick_ack(self._socket)
        try:
            self._act(self._client.receive_data(data, self._clock()))
        except ProtocolError as error:
            self._fail(protocol_failure(error))
        else:
            self._transmit()

    def connection_lost(self, exc: Exception | None) -> None:
        """Report why, unless we ended it ourselves or have reported already."""
        self.feed.drop()
        self._cancel_deadline()
        if not self._closed.done():
            self._closed.set_result(None)
        if self._begun and self._failure is None and not self._ending:
            self._report(self._close_failure(exc))

    def pause_writing(self) -> None:
        """The platform is slower than the stream: from now on bursts queue up."""
        self.feed.pause()

    def resume_writing(self) -> None:
        """The platform takes data again."""
        self.feed.resume()
        if self._ending and not self.feed.queue:
            # Not from within: asyncio is in the middle of sending, and would close our direction a second time.
            asyncio.get_running_loop().call_soon(self._say_goodbye)

    # The owner's side.

    def begin(self) -> None:
        """Start the RTMP handshake; on a connection that has begun already, tell a new owner how far it has come."""
        if self._closed.done():
            self._begun = True
            self._report(Failure(FailureKind.CLOSED, "closed before the handshake"))
        elif not self._begun:
            self._begun = True
            self._client.start(self._clock())
            self._transmit()
        elif self._stream_id is not None:
            self._owner.key_sent(self)
            self._owner.publish_started(self)

    def join(self) -> None:
        """Send headers and, if it is fresh, the running group; then follow the stream."""
        self._stream.hand_out()
        group = self._stream.group() if self._group_is_welcome() else ()
        self._start(group, waits_for_key=self._stream.has_video and not group)

    def take_over(self, packets: Sequence[MediaPacket]) -> None:
        """Follow the stream from ``packets`` on, which begin with a key frame if the stream has pictures."""
        self._start(packets, waits_for_key=False)

    def change_owner(self, owner: LinkOwner) -> None:
        """Report to another one from now on."""
        self._owner = owner

    @property
    def sending(self) -> bool:
        """True from the moment it joined the stream until the end."""
        return self.feed.open and self._failure is None and not self._ending

    def observe(self, now: float) -> int:
        """Look at what the platform has taken; return the newly acknowledged media bytes. Fails a stalled connection."""
        if not self.sending or self._transport is None:
            return 0
        outstanding = self._transport.get_write_buffer_size()
        if self._socket is not None:
            outstanding += unacknowledged_bytes(self._socket)
        newly = self.feed.ledger.observe(outstanding, now)
        if self.feed.ledger.stalled(now):
            self._fail(Failure(FailureKind.STALLED))
        elif self._socket is not None and self.feed.lag_ms() > LOOKS_AT_THE_PATH_MS:
            borne_until = self._round_trip_watch.borne_until(round_trip(self._socket), now)
            if borne_until is not None:
                self.feed.bear(borne_until)
        return newly

    async def finish(self) -> None:
        """End properly: what is queued, then FCUnpublish and deleteStream; at most 2 s, then cut."""
        self.feed.shut()
        if self._transport is None or self._closed.done():
            return
        self._ending = True
        self._cancel_deadline()
        self.feed.drain()
        if not self.feed.queue:
            self._say_goodbye()
        try:
            # Not ``wait_for``: until Python 3.12 it forgets that its caller was cancelled if the end comes at that very moment.
            async with asyncio.timeout(GOODBYE_S):
                await asyncio.shield(self._closed)
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
                    self._stream_id = stream_id
                    self._transmit()
                    self._owner.publish_started(self)
                case rtmp_events.ConnectRefused(code=code, description=description):
                    self._fail(refusal_failure(code, description))
                case rtmp_events.AuthenticationRequired():
                    self._fail(Failure(FailureKind.CONNECT_REJECTED, "user name and password wanted"))
                case rtmp_events.PublishRefused(code=code, description=description, stage=stage):
                    kind = FailureKind.ENDED_BY_PLATFORM if stage is Stage.LIVE else FailureKind.KEY_REFUSED
                    self._fail(Failure(kind, ": ".join(filter(None, (code, description)))))
                case rtmp_events.RemoteUnpublished(code=code):
                    self._fail(Failure(FailureKind.ENDED_BY_PLATFORM, code))
                case rtmp_events.ReconnectRequested(tc_url=tc_url):
                    self._owner.reconnect_requested(self, tc_url)
                case rtmp_events.ConnectionClosed(reason=reason, stage=stage):
                    self._fail(closed_failure(reason, stage))
                case _:
                    pass

    def _start(self, packets: Sequence[MediaPacket], *, waits_for_key: bool) -> None:
        if self._stream_id is None or self._ending or self._failure is not None:
            return
        writer = PushWriter(
            self._client.writer,
            self._stream_id,
            has_video=self._stream.has_video,
            time_base=self._time_base,
        )
        self.feed.begin(writer, (*described(self._stream.headers()), *packets), waits_for_key=waits_for_key)

    def _group_is_welcome(self) -> bool:
        if self._rejoining:
            return (
                self._stream.group_age_ms <= REJOIN_GROUP_MS
                and self._stream.group_bytes <= REJOIN_GROUP_BYTES
            )
        return self._stream.group_age_ms <= FRESH_GROUP_MS

    def _say_goodbye(self) -> None:
        """Without it services keep the session, and refuse the key, for up to a minute (rtmp.md 1.20).

        Then only our direction is closed: a platform that still sends something, its acknowledgements say, to a socket that is
        closed altogether gets a reset, which throws away whatever it has not read yet, this goodbye included.
        """
        if self._transport is None or self._transport.is_closing():
            return
        if not self._said_goodbye:
            self._said_goodbye = True
            if self._failure is None and not self._client.closed:
                self._client.stop(self._clock())
                self._transport.write(self._client.data_to_send())
        if self._transport.get_write_buffer_size():
            # Closing now would leave it to asyncio to do so later, and a reset meanwhile would be an error that nobody catches.
            self._transport.set_write_buffer_limits(high=0)  # ``resume_writing`` comes when all is sent
        else:
            close_our_direction(self._transport)

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
            self._fail(protocol_failure(error))
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
                staged = closed_failure(event.reason, event.stage)
                return plain if shaking_hands or staged.kind is FailureKind.CLOSED else staged
        return plain

    def _overflowed(self) -> None:
        self._fail(Failure(FailureKind.TOO_SLOW))

    def _fail(self, failure: Failure) -> None:
        """Give the connection up: say what is still to be said, cut, and report."""
        if self._failure is not None or self._ending:
            return
        if self._transport is not None and not self._transport.is_closing():
            data = b"" if self._client.closed else self._client.data_to_send()
            if data:
                self._transport.write(data)
            self._transport.abort()
        self._report(failure)

    def _report(self, failure: Failure) -> None:
        self.feed.drop()
        self._failure = failure
        self._cancel_deadline()
        self._owner.link_lost(self, failure)

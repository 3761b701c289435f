"""One connection of an encoder or a player: asyncio's side of ``rtmp.server`` (rtmp.md 1.11 to 1.14, 3.5 to 3.7).

Owner: the ``StreamingServer``, on the relay's loop. Every reply to one read goes out in one write, and input is
acknowledged at once while the opening lasts: with both, FFmpeg is publishing after 1 ms instead of 130 ms.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, cast

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.relay.connect.tcp import close_our_direction
from powerstream_desktop.relay.ingest.paced_socket import PacedSocket
from powerstream_desktop.relay.ingest.player import Player
from powerstream_desktop.rtmp import events as rtmp_events
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import FinishReason
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.status import StatusCode

if TYPE_CHECKING:
    from powerstream_desktop.relay.ingest.publish_sink import PublishSink
    from powerstream_desktop.relay.ingest.server import StreamingServer
    from powerstream_desktop.relay.stream.stream import Stream

logger = logging.getLogger(__name__)

READ_BUFFER_BYTES = 256 * 1024
STRANGER_READ_BYTES = 16 * 1024
PLAYER_WAITS_S = 10.0
MAX_UNREAD_REPLY_BYTES = 256 * 1024
"""Answers that may wait for a peer whose connection is full: hours of acknowledgements, or seconds of a flood of questions."""
LAST_WORDS_S = 10.0
"""How long a peer gets to read our last words before it is cut: a player on a busy machine may be seconds behind."""

_MEDIA = (rtmp_events.VideoReceived, rtmp_events.AudioReceived, rtmp_events.DataReceived)


class IngestConnection(asyncio.BufferedProtocol):
    """One peer of the relay's server."""

    def __init__(
        self, server: StreamingServer, connection: ServerConnection, buffer: memoryview, clock: Clock
    ) -> None:
        self._server = server
        self._connection = connection
        self._buffer = buffer
        self._clock = clock
        self._transport: asyncio.Transport | None = None
        self._socket = PacedSocket()
        self._reading = True
        self._deadline: asyncio.TimerHandle | None = None
        self._last_words: asyncio.TimerHandle | None = None
        self._sink: PublishSink | None = None
        self._sink_stream_id = 0
        self._players: dict[int, Player] = {}
        self._waits: dict[int, asyncio.TimerHandle] = {}
        """Per player of a stream that nobody publishes yet: when it is sent away."""
        self._writing_paused = False
        self._unread_reply_bytes = 0
        """Answers given since the connection has been full."""
        self.remote_host = ""
        self.arrived_at = self.heard_at = clock()

    # asyncio's callbacks.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the server whether there is room."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self.remote_host = str(peer[0]) if peer else ""
        if not self._server.admit(self):
            transport.abort()
            return
        self._socket.open(transport.get_extra_info("socket"))
        self._arm_deadline()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Return the one buffer that all connections of the server share: it is parsed before anybody else reads.

        Strangers get a small piece of it: what a whole house of them can make us parse in one round of the loop stays small.
        """
        return self._buffer if self._sink is not None else self._buffer[:STRANGER_READ_BYTES]

    def buffer_updated(self, nbytes: int) -> None:
        """Parse what was read, act on it, answer in one write."""
        now = self.heard_at = self._clock()
        read = self._buffer[:nbytes]
        # Not bytes once it is open, but the chunk reader takes any buffer, and this saves copying the whole stream once.
        data = bytes(read) if self._socket.is_opening else cast("bytes", read)
        self._socket.has_read(nbytes)
        if self._connection.closed or self._last_words is not None:
            return
        try:
            happened = self._connection.receive_data(data, now)
        except ProtocolError as error:
            self._give_up(error)
            return
        if self._act(happened, now):
            self._settle()
        elif data_to_send := self._connection.data_to_send():
            self._write(data_to_send)

    def eof_received(self) -> bool:
        """Close our side as well."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Tell whoever was fed that its publisher is gone."""
        self._cancel_deadline()
        if self._last_words is not None:
            self._last_words.cancel()
        self._socket.close()
        self._transport = None
        if not self._connection.closed:
            self._act(self._connection.receive_data(b"", self._clock()), self._clock())
        self._drop_everything(FinishReason.LOST)
        self._server.forget(self)

    def pause_writing(self) -> None:
        """Tell the players behind this connection that it is slow, and count what is answered from now on."""
        self._writing_paused = True
        for player in self._players.values():
            player.pause()

    def resume_writing(self) -> None:
        """Let the players go on."""
        self._writing_paused = False
        self._unread_reply_bytes = 0
        for player in tuple(self._players.values()):
            player.resume()

    # The server's side.

    @property
    def is_stranger(self) -> bool:
        """It neither publishes nor plays."""
        return self._sink is None and not self._players

    def pace(self, now: float) -> None:
        """Let the kernel wake us less often while media flows steadily; called a few times a second."""
        if self._transport is not None and self._sink is not None:
            self._socket.pace(now)

    def unpublish(self) -> None:
        """Another connection takes the stream over: say so and close; the sink stays with its stream."""
        if self._sink is None:
            return
        self._sink = None
        if not self._connection.closed:
            self._connection.unpublish(self._sink_stream_id)
            self._settle()
        self.close()

    def close(self) -> None:
        """Send what is left to say, then close our direction; harmless when repeated.

        What the peer still sends is read and forgotten until it closes too: a socket closed over unread input answers with a
        reset, and the peer would lose our last words.
        """
        transport = self._transport
        if transport is not None and not transport.is_closing() and self._last_words is None:
            transport.write(self._connection.data_to_send())
            close_our_direction(transport)
            self._last_words = asyncio.get_running_loop().call_later(LAST_WORDS_S, self.cut)

    # A player's side.

    def write(self, data: bytes) -> int:
        """Write media behind whatever the protocol has to say; return the bytes that wait in the transport."""
        if self._transport is None or self._transport.is_closing() or self._last_words is not None:
            return 0
        self._transport.write(self._connection.data_to_send() + data)
        return self._transport.get_write_buffer_size()

    def end_play(self, stream_id: int) -> None:
        """Tell a player that the stream is over, and close."""
        if self._forget_player(stream_id) is not None and not self._connection.closed:
            self._connection.end_play(stream_id)
            self.close()

    def cut(self) -> None:
        """Cut the connection: its player is hopelessly behind, or it does not read our last words."""
        if self._transport is not None:
            self._transport.abort()

    # Inside.

    def _act(self, happened: list[rtmp_events.Event], now: float) -> bool:
        """Act on events; return True when there was anything but media, or nothing, so that the state has to be looked at."""
        sink = self._sink
        took_media = False
        took_other = not happened
        for event in happened:
            if isinstance(event, _MEDIA):
                took_media = True
                if sink is None:
                    continue
                if isinstance(event, rtmp_events.VideoReceived):
                    sink.take_video(event.timestamp, event.payload, now)
                elif isinstance(event, rtmp_events.AudioReceived):
                    sink.take_audio(event.timestamp, event.payload, now)
                elif event.name == "onMetaData":
                    sink.take_metadata(event.payload, now)
                else:
                    sink.take_data(event.payload, now)
            else:
                self._handle(event)
                sink = self._sink
                took_other = True
        if took_media and sink is not None:
            sink.flush(now)
        return took_other

    def _handle(self, event: rtmp_events.Event) -> None:
        connection = self._connection
        match event:
            case rtmp_events.ConnectRequested(request_id=request_id, app=app):
                if self._server.knows_app(app):
                    connection.accept_connect(request_id)
                else:
                    connection.reject_connect(
                        request_id, StatusCode.CONNECT_INVALID_APP, "There is no such application here."
                    )
                    self._close_after_reply()
            case rtmp_events.PublishRequested():
                self._publish(event)
            case rtmp_events.PlayRequested():
                self._play(event)
            case rtmp_events.PublishFinished(reason=reason):
                self._finish_publish(reason)
            case rtmp_events.PlayFinished(stream_id=stream_id):
                self._drop_player(stream_id)
            case rtmp_events.PauseRequested(stream_id=stream_id, paused=paused):
                if stream_id in self._players:
                    self._players[stream_id].hold(paused=paused)
            case rtmp_events.ConnectionClosed():
                self._close_after_reply()
            case _:
                pass

    def _publish(self, request: rtmp_events.PublishRequested) -> None:
        if self._sink is not None:
            self._connection.reject_publish(
                request.request_id, StatusCode.PUBLISH_BAD_NAME, "This connection is publishing already."
            )
            return
        admission = self._server.publish_requested(self, request.target)
        if isinstance(admission, str):
            self._connection.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, admission)
            self._close_after_reply()
            return
        self._sink = admission
        self._sink_stream_id = request.stream_id
        self._connection.accept_publish(request.request_id)
        admission.start_publish()

    def _play(self, request: rtmp_events.PlayRequested) -> None:
        stream = self._server.stream_to_play(self, request.target)
        if stream is None:
            self._connection.reject_play(
                request.request_id, StatusCode.PLAY_STREAM_NOT_FOUND, "There is no such stream here."
            )
            self._close_after_reply()
            return
        self._connection.accept_play(request.request_id)
        player = Player(self, stream, self._connection.writer, request.stream_id)
        self._players[request.stream_id] = player
        self._settle()
        player.start()
        if not stream.publishing:
            self._waits[request.stream_id] = asyncio.get_running_loop().call_later(
                PLAYER_WAITS_S, self._send_away, request.stream_id, stream
            )

    def _send_away(self, stream_id: int, stream: Stream) -> None:
        """Nobody came to publish what this player waits for."""
        if not stream.publishing and stream_id in self._players:
            self._players[stream_id].stop()
            self.end_play(stream_id)

    def _finish_publish(self, reason: FinishReason) -> None:
        if self._sink is not None:
            self._sink = None
            self._server.publish_finished(self, reason)

    def _drop_player(self, stream_id: int) -> None:
        player = self._forget_player(stream_id)
        if player is not None:
            player.stop()

    def _forget_player(self, stream_id: int) -> Player | None:
        wait = self._waits.pop(stream_id, None)
        if wait is not None:
            wait.cancel()
        return self._players.pop(stream_id, None)

    def _drop_everything(self, reason: FinishReason) -> None:
        self._finish_publish(reason)
        for stream_id in tuple(self._players):
            self._drop_player(stream_id)

    def _give_up(self, error: ProtocolError) -> None:
        logger.info(
            "A peer of the relay broke the protocol: %s (%s)", error.title, error.detail or error.code
        )
        if self._transport is not None:
            self._transport.abort()

    def _settle(self) -> None:
        """Send the answers, stop or go on reading, re-arm the timer."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        if data := self._connection.data_to_send():
            self._write(data)
        if self._connection.wants_read is not self._reading:
            self._reading = self._connection.wants_read
            (transport.resume_reading if self._reading else transport.pause_reading)()
        self._arm_deadline()

    def _write(self, data: bytes) -> None:
        transport = self._transport
        if transport is not None and not transport.is_closing() and self._last_words is None:
            transport.write(data)
            if self._writing_paused:
                self._unread_reply_bytes += len(data)
                if self._unread_reply_bytes > MAX_UNREAD_REPLY_BYTES:
                    logger.info("A peer of the relay asks much and reads nothing")
                    transport.abort()

    def _close_after_reply(self) -> None:
        asyncio.get_running_loop().call_soon(self.close)

    def _arm_deadline(self) -> None:
        """Wake up in time; while media flows the deadline only moves away, and the timer that is armed is early enough."""
        deadline = None if self._connection.closed else self._connection.next_deadline()
        if deadline is None or (self._deadline is not None and self._deadline.when() <= deadline):
            return
        self._cancel_deadline()
        self._deadline = asyncio.get_running_loop().call_at(deadline, self._deadline_passed)

    def _deadline_passed(self) -> None:
        self._deadline = None
        if self._connection.closed:
            return
        now = self._clock()
        try:
            self._act(self._connection.handle_deadline(now), now)
        except ProtocolError as error:
            self._give_up(error)
            return
        self._settle()

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

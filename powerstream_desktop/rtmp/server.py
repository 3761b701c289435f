"""The server's end of an RTMP connection: an encoder publishes to us, or a player plays from us.

Requests come as events with a ``request_id`` and wait for ``accept_...`` or ``reject_...``. Everything that the peer sends
behind a request is held back until then: nothing of a publish is taken, and Publish.Start is not said, before its key has
been checked (rtmp.md 0.6), and an encoder in a hurry loses nothing meanwhile.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import replies
from powerstream_desktop.rtmp.commands import Command
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.events import Stage
from powerstream_desktop.rtmp.handshake import RandomBytes
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, Limits
from powerstream_desktop.rtmp.server_dialogue import Request, ServerDialogue
from powerstream_desktop.rtmp.server_streams import ServerStream
from powerstream_desktop.rtmp.states import ServerInput, ServerState, StreamInput, StreamState
from powerstream_desktop.rtmp.status import StatusCode


class ServerConnection(ServerDialogue):
    """One client's connection, from the first byte.

    Args:
        now: monotonic seconds at which the transport was accepted.
        random_bytes: source of the handshake's random bytes, ``os.urandom`` in earnest.
        limits: what the client may send, and how long it may take.
    """

    def __init__(self, *, now: float, random_bytes: RandomBytes, limits: Limits = DEFAULT_LIMITS) -> None:
        super().__init__(now=now, random_bytes=random_bytes, limits=limits)

    @property
    def state(self) -> ServerState:
        """Where the connection stands."""
        return self._state

    # ------------------------------------------------------------------------------------------------ answers to requests

    def accept_connect(self, request_id: int) -> None:
        """Let the client in; Enhanced RTMP is announced to clients that speak it (rtmp.md 2.8).

        Raises:
            LocalProtocolError: that request does not wait for an answer (any longer); so in all answers below.
        """
        command = self._take_connect(request_id)
        self._advance(ServerInput.ACCEPT_CONNECT)
        self._stage = Stage.BEFORE_START
        self._send(*replies.connect_accepted(command.transaction, command.command_object))

    def reject_connect(self, request_id: int, code: str, description: str) -> None:
        """Turn the client away and close, e.g. with ``StatusCode.CONNECT_REJECTED``."""
        command = self._take_connect(request_id)
        self._advance(ServerInput.REJECT_CONNECT)
        self._send(*replies.error(command.transaction, code, description))

    def accept_publish(self, request_id: int) -> None:
        """Let the encoder publish: it hears Publish.Start, and its media follows as events."""
        stream = self._answer(request_id, StreamState.PUBLISH_PENDING, StreamInput.ACCEPT)
        self._stage = Stage.LIVE
        self._timers.expect_media(self._now)
        self._send(*replies.status(stream.id, StatusCode.PUBLISH_START, "Start publishing."))

    def reject_publish(self, request_id: int, code: str, description: str) -> None:
        """Refuse the encoder; it shows ``description``. Closes unless another stream of this connection is in use."""
        stream = self._answer(request_id, StreamState.PUBLISH_PENDING, StreamInput.REJECT)
        self._send(*replies.stream_error(stream.id, code, description))
        self._close_if_unused()

    def accept_play(self, request_id: int) -> None:
        """Let the player play: what its owner writes with ``writer`` follows."""
        stream = self._answer(request_id, StreamState.PLAY_PENDING, StreamInput.ACCEPT)
        self._stage = Stage.LIVE
        self._send(*replies.play_started(stream.id, reset=stream.wants_reset))

    def reject_play(self, request_id: int, code: str, description: str) -> None:
        """Refuse the player. Closes unless another stream of this connection is in use."""
        stream = self._answer(request_id, StreamState.PLAY_PENDING, StreamInput.REJECT)
        self._send(*replies.stream_error(stream.id, code, description))
        self._close_if_unused()

    # ------------------------------------------------------------------------------------------------------ our own wishes

    def unpublish(self, stream_id: int) -> None:
        """End a publish because another encoder takes over (rtmp.md 3.5). Closes unless another stream is in use.

        Raises:
            LocalProtocolError: that stream does not publish.
        """
        self._end_stream(stream_id, StreamState.PUBLISHING)
        self._send(
            *replies.status(stream_id, StatusCode.UNPUBLISH_SUCCESS, "Another encoder has taken over.")
        )
        self._close_if_unused()

    def end_play(self, stream_id: int) -> None:
        """Tell a player that its stream has ended. Closes unless another stream is in use.

        Raises:
            LocalProtocolError: that stream does not play.
        """
        self._end_stream(stream_id, StreamState.PLAYING)
        self._send(*replies.play_ended(stream_id))
        self._close_if_unused()

    # ------------------------------------------------------------------------------------------------------------- inside

    def _take_connect(self, request_id: int) -> Command:
        request = self._waiting(request_id)
        if request.stream is not None:
            raise _not_waiting(request_id)
        self._request = None
        return request.command

    def _answer(self, request_id: int, expected: StreamState, given: StreamInput) -> ServerStream:
        stream = self._waiting(request_id).stream
        if stream is None or stream.state is not expected:
            raise _not_waiting(request_id)
        self._request = None
        stream.advance(given)
        if given is StreamInput.ACCEPT:
            self._reader.trust()
        return stream

    def _waiting(self, request_id: int) -> Request:
        if self._request is None or self._request.id != request_id:
            raise _not_waiting(request_id)
        return self._request

    def _end_stream(self, stream_id: int, expected: StreamState) -> None:
        stream = self._streams.get(stream_id)
        if stream is None or stream.state is not expected:
            raise LocalProtocolError("A stream was ended that is not in use.", detail=f"stream {stream_id}")
        stream.advance(StreamInput.END)

    def _close_if_unused(self) -> None:
        if not self._streams.are_in_use:
            self._advance(ServerInput.SAY_LAST_WORD)


def _not_waiting(request_id: int) -> LocalProtocolError:
    return LocalProtocolError("A request was answered that does not wait.", detail=f"request {request_id}")

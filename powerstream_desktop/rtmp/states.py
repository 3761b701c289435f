"""The life cycles of a connection as tables: where each end stands and what may happen there (rtmp.md 1.12, 1.15).

There are three machines. A **server** connection has one ``ServerState``, and one ``StreamState`` for each stream that its
client made; the streams live and die inside ``ServerState.CONNECTED``. A **client** connection carries exactly one stream,
so one ``ClientState`` says it all.

Each table maps a state and an input to the state that follows. The inputs come from two sides, which is the only thing
that decides what an unlisted pair means:

* what the *peer* did: an unlisted pair is a ``ProtocolError``, the connection is dead. So everything that real peers do in
  the wrong moment, and that does no harm, is listed, as a step from a state to itself.
* what *we* did: an unlisted pair is a ``LocalProtocolError``, a bug of ours.

Two rules hold in all three machines. The peer's messages are held back while one of its requests waits for our answer, so a
``..._PENDING`` state meets no command. And in ``ENDING`` we have said our last word: what the peer says is not even
parsed, the application flushes and closes, and ``LOST`` (the transport is gone, or a deadline passed) ends every life.

If you add a pair, add the reason beside it; ``tests/unit/rtmp/test_states.py`` checks every pair there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from powerstream_desktop.rtmp.errors import LocalProtocolError, ProtocolError


class Input(Enum):
    """Base of the inputs of all machines; the value is how a person would say it, and who did it."""

    @property
    def is_ours(self) -> bool:
        """True for what our side did, False for what the peer or the network did."""
        return str(self.value).startswith("we ")


StateT = TypeVar("StateT", bound=Enum)
InputT = TypeVar("InputT", bound=Input)


def advance(table: Mapping[StateT, Mapping[InputT, StateT]], state: StateT, given: InputT) -> StateT:
    """Give the state that follows ``state`` when ``given`` happens.

    Raises:
        ProtocolError: the peer did what ``state`` does not allow.
        LocalProtocolError: we did.
    """
    following = table[state].get(given)
    if following is not None:
        return following
    detail = f"{state!s}: {given.value}"
    if given.is_ours:
        raise LocalProtocolError("The RTMP connection does not allow this step now.", detail=detail)
    raise ProtocolError("The other side broke the order of RTMP.", code="order", detail=detail)


# ------------------------------------------------------------------------------------------------ server: connection
#
#   HANDSHAKING -> AWAITING_CONNECT -> CONNECT_PENDING -> CONNECTED -> ENDING -> CLOSED
#
# Only `connect` may come before we are connected (rtmp.md 1.12). After that no order is enforced: encoders differ too much
# (1.11). A second `connect` is answered with `_error` and changes nothing.


class ServerState(Enum):
    """Where a server's connection stands."""

    HANDSHAKING = "handshaking"
    AWAITING_CONNECT = "awaiting connect"
    CONNECT_PENDING = "connect pending"
    CONNECTED = "connected"
    ENDING = "ending"
    CLOSED = "closed"


class ServerInput(Input):
    """What moves a server's connection."""

    HANDSHAKE_DONE = "the peer finished the handshake"
    CONNECT = "the peer asks to connect"
    OTHER_MESSAGE = "the peer sends another command, data or media"
    ACCEPT_CONNECT = "we accept the connect request"
    REJECT_CONNECT = "we reject the connect request"
    SAY_LAST_WORD = "we have nothing more to say"
    LOST = "the connection is lost"


SERVER_TRANSITIONS: Mapping[ServerState, Mapping[ServerInput, ServerState]] = {
    ServerState.HANDSHAKING: {
        ServerInput.HANDSHAKE_DONE: ServerState.AWAITING_CONNECT,
        ServerInput.LOST: ServerState.CLOSED,
    },
    ServerState.AWAITING_CONNECT: {
        ServerInput.CONNECT: ServerState.CONNECT_PENDING,
        ServerInput.LOST: ServerState.CLOSED,
    },
    ServerState.CONNECT_PENDING: {
        ServerInput.ACCEPT_CONNECT: ServerState.CONNECTED,
        ServerInput.REJECT_CONNECT: ServerState.ENDING,
        ServerInput.LOST: ServerState.CLOSED,
    },
    ServerState.CONNECTED: {
        ServerInput.CONNECT: ServerState.CONNECTED,
        ServerInput.OTHER_MESSAGE: ServerState.CONNECTED,
        ServerInput.SAY_LAST_WORD: ServerState.ENDING,
        ServerInput.LOST: ServerState.CLOSED,
    },
    ServerState.ENDING: {ServerInput.LOST: ServerState.CLOSED},
    ServerState.CLOSED: {},
}

# ---------------------------------------------------------------------------------------------------- server: stream
#
#   IDLE -> PUBLISH_PENDING -> PUBLISHING -> IDLE          IDLE -> PLAY_PENDING -> PLAYING -> IDLE
#
# A stream that is in use refuses another `publish` or `play` with a status and goes on as it was. The peer's `closeStream`,
# `deleteStream`, `FCUnpublish` and `publish(false)` are all one input; on an idle stream they mean nothing, because OBS and
# FFmpeg send two of them in a row (1.11). A pending stream meets it only when the connection is lost.


class StreamState(Enum):
    """Where one stream of a server's connection stands."""

    IDLE = "idle"
    PUBLISH_PENDING = "publish pending"
    PUBLISHING = "publishing"
    PLAY_PENDING = "play pending"
    PLAYING = "playing"


class StreamInput(Input):
    """What moves a stream of a server's connection."""

    PUBLISH = "the peer asks to publish"
    PLAY = "the peer asks to play"
    ACCEPT = "we accept the request"
    REJECT = "we reject the request"
    FINISH = "the peer ends the stream, or is lost"
    END = "we end the stream"


STREAM_TRANSITIONS: Mapping[StreamState, Mapping[StreamInput, StreamState]] = {
    StreamState.IDLE: {
        StreamInput.PUBLISH: StreamState.PUBLISH_PENDING,
        StreamInput.PLAY: StreamState.PLAY_PENDING,
        StreamInput.FINISH: StreamState.IDLE,
    },
    StreamState.PUBLISH_PENDING: {
        StreamInput.ACCEPT: StreamState.PUBLISHING,
        StreamInput.REJECT: StreamState.IDLE,
        StreamInput.FINISH: StreamState.IDLE,
    },
    StreamState.PUBLISHING: {
        StreamInput.PUBLISH: StreamState.PUBLISHING,
        StreamInput.PLAY: StreamState.PUBLISHING,
        StreamInput.FINISH: StreamState.IDLE,
        StreamInput.END: StreamState.IDLE,
    },
    StreamState.PLAY_PENDING: {
        StreamInput.ACCEPT: StreamState.PLAYING,
        StreamInput.REJECT: StreamState.IDLE,
        StreamInput.FINISH: StreamState.IDLE,
    },
    StreamState.PLAYING: {
        StreamInput.PUBLISH: StreamState.PLAYING,
        StreamInput.PLAY: StreamState.PLAYING,
        StreamInput.FINISH: StreamState.IDLE,
        StreamInput.END: StreamState.IDLE,
    },
}

# ------------------------------------------------------------------------------------------------------------ client
#
#   NEW -> HANDSHAKING -> CONNECTING -> CREATING_STREAM -> STARTING -> LIVE -> ENDING -> CLOSED
#
# A server's answers are matched by transaction before they get here, but its status messages are not: a hostile or hurried
# one may say "Publish.Start" before it was asked. That is listed as a step to itself: only the answer to the question that
# is open moves us on, and LIVE is reached by `NetStream.Publish.Start` (or `Play.Start`) alone (rtmp.md 0.7). A refusal
# is final wherever it comes. A remote end counts once we are live; before that a server is only clearing up a session
# that was there before ours.


class ClientState(Enum):
    """Where a client's connection stands."""

    NEW = "new"
    HANDSHAKING = "handshaking"
    CONNECTING = "connecting"
    CREATING_STREAM = "creating stream"
    STARTING = "starting"
    LIVE = "live"
    ENDING = "ending"
    CLOSED = "closed"


class ClientInput(Input):
    """What moves a client's connection."""

    START = "we start"
    HANDSHAKE_DONE = "the peer finished the handshake"
    CONNECT_ACCEPTED = "the peer accepts the connect request"
    STREAM_CREATED = "the peer made the stream"
    STARTED = "the peer says that publishing or playing has started"
    REFUSED = "the peer refuses"
    REMOTE_END = "the peer says that the stream is over"
    STOP = "we stop"
    LOST = "the connection is lost"


CLIENT_TRANSITIONS: Mapping[ClientState, Mapping[ClientInput, ClientState]] = {
    ClientState.NEW: {
        ClientInput.START: ClientState.HANDSHAKING,
        ClientInput.STOP: ClientState.ENDING,
        ClientInput.LOST: ClientState.CLOSED,
    },
    ClientState.HANDSHAKING: {
        ClientInput.HANDSHAKE_DONE: ClientState.CONNECTING,
        ClientInput.STOP: ClientState.ENDING,
        ClientInput.LOST: ClientState.CLOSED,
    },
    ClientState.CONNECTING: {
        ClientInput.CONNECT_ACCEPTED: ClientState.CREATING_STREAM,
        ClientInput.STARTED: ClientState.CONNECTING,
        ClientInput.REFUSED: ClientState.ENDING,
        ClientInput.REMOTE_END: ClientState.CONNECTING,
        ClientInput.STOP: ClientState.ENDING,
        ClientInput.LOST: ClientState.CLOSED,
    },
    ClientState.CREATING_STREAM: {
        ClientInput.STREAM_CREATED: ClientState.STARTING,
        ClientInput.STARTED: ClientState.CREATING_STREAM,
        ClientInput.REFUSED: ClientState.ENDING,
        ClientInput.REMOTE_END: ClientState.CREATING_STREAM,
        ClientInput.STOP: ClientState.ENDING,
        ClientInput.LOST: ClientState.CLOSED,
    },
    ClientState.STARTING: {
        ClientInput.STARTED: ClientState.LIVE,
        ClientInput.REFUSED: ClientState.ENDING,
        ClientInput.REMOTE_END: ClientState.STARTING,
        ClientInput.STOP: ClientState.ENDING,
        ClientInput.LOST: ClientState.CLOSED,
    },
    ClientState.LIVE: {
        ClientInput.STARTED: ClientState.LIVE,
        ClientInput.REFUSED: ClientState.ENDING,
        ClientInput.REMOTE_END: ClientState.ENDING,
        ClientInput.STOP: ClientState.ENDING,
        ClientInput.LOST: ClientState.CLOSED,
    },
    ClientState.ENDING: {ClientInput.LOST: ClientState.CLOSED},
    ClientState.CLOSED: {},
}

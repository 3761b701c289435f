"""The message streams that a client made on a server's connection."""

from __future__ import annotations

from dataclasses import dataclass, field

from powerstream_desktop.rtmp.errors import LimitExceeded
from powerstream_desktop.rtmp.states import STREAM_TRANSITIONS, StreamInput, StreamState, advance


@dataclass(slots=True, kw_only=True, eq=False)
class ServerStream:
    """One message stream: its id, where it stands, and the name it publishes or plays under.

    ``wants_reset`` is a player's wish to hear Play.Reset, which all but some Flash players have.
    """

    id: int
    state: StreamState = StreamState.IDLE
    name: str = field(default="", repr=False)
    wants_reset: bool = True

    def advance(self, given: StreamInput) -> None:
        """Move along ``STREAM_TRANSITIONS``."""
        self.state = advance(STREAM_TRANSITIONS, self.state, given)


class ServerStreams:
    """The streams by id.

    Args:
        max_streams: how many may exist at once (srs#607).
    """

    def __init__(self, max_streams: int) -> None:
        self._max_streams = max_streams
        self._streams: dict[int, ServerStream] = {}
        self._next_id = 1

    def create(self) -> ServerStream:
        """Make a stream with the next free id; ids begin at 1 and never come back."""
        while self._next_id in self._streams:
            self._next_id += 1
        stream = self.open(self._next_id)
        self._next_id += 1
        return stream

    def open(self, stream_id: int) -> ServerStream:
        """Give a stream, making it if the client never called createStream (rtmp.md 1.12).

        Raises:
            LimitExceeded: there are too many.
        """
        stream = self._streams.get(stream_id)
        if stream is None:
            if len(self._streams) >= self._max_streams:
                raise LimitExceeded(
                    "The other side opens too many streams.", detail=f"more than {self._max_streams}"
                )
            stream = self._streams[stream_id] = ServerStream(id=stream_id)
        return stream

    def get(self, stream_id: int) -> ServerStream | None:
        """Give a stream that exists."""
        return self._streams.get(stream_id)

    def remove(self, stream: ServerStream) -> None:
        """Forget a stream."""
        del self._streams[stream.id]

    def all(self) -> list[ServerStream]:
        """Give all streams in the order in which they were made."""
        return list(self._streams.values())

    def publisher(self, stream_id: int) -> ServerStream | None:
        """Give the publishing stream that a message on ``stream_id`` belongs to.

        Media on another stream id belongs to the only publisher there is: a first chunk of fmt 1 carries no id (LiveDesk#7),
        and some senders use 0 throughout.
        """
        stream = self._streams.get(stream_id)
        if stream is not None and stream.state is StreamState.PUBLISHING:
            return stream
        publishing = self._in_state(StreamState.PUBLISHING)
        return publishing[0] if len(publishing) == 1 else None

    def meant_by(self, name: object, stream_id: int) -> ServerStream | None:
        """Find the stream in use that a client means by a name, by the stream its message came on, or by having no other."""
        in_use = [stream for stream in self._streams.values() if stream.state is not StreamState.IDLE]
        for stream in in_use:
            if stream.name == name:
                return stream
        for stream in in_use:
            if stream.id == stream_id:
                return stream
        return in_use[0] if len(in_use) == 1 else None

    @property
    def are_in_use(self) -> bool:
        """Any stream publishes, plays, or has asked to."""
        return any(stream.state is not StreamState.IDLE for stream in self._streams.values())

    @property
    def are_publishing(self) -> bool:
        """Any stream publishes."""
        return bool(self._in_state(StreamState.PUBLISHING))

    @property
    def are_playing(self) -> bool:
        """Any stream plays."""
        return bool(self._in_state(StreamState.PLAYING))

    def _in_state(self, state: StreamState) -> list[ServerStream]:
        return [stream for stream in self._streams.values() if stream.state is state]

"""What both ends of an RTMP connection share: bytes and the time in, events and bytes out (rtmp.md 7).

The owner does the rest, in one place::

    events = connection.receive_data(data, now)     # b"" at the end of the input
    ... act on the events ...
    transport.write(connection.data_to_send())      # every answer to that input, in one write
    ... wake up at connection.next_deadline() and call handle_deadline(now) ...

``next_deadline`` changes with every call; ask again after each. Only the owner's thread may touch a connection.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from typing import Final, TypeAlias

from powerstream_desktop.rtmp import aggregate, control
from powerstream_desktop.rtmp.acknowledgement import Acknowledger
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.commands import Command, DataMessage, parse_command, parse_data
from powerstream_desktop.rtmp.control import UserControl, UserControlEvent
from powerstream_desktop.rtmp.errors import LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Event
from powerstream_desktop.rtmp.handshake import ClientHandshake, ServerHandshake
from powerstream_desktop.rtmp.limits import Limits
from powerstream_desktop.rtmp.messages import Message, MessageType

Buffer: TypeAlias = bytes | bytearray | memoryview

_MEDIA_TYPES: Final = frozenset({int(MessageType.AUDIO), int(MessageType.VIDEO)})

MAX_HELD_BYTES: Final = 256 * 1024
"""Input that may arrive while a request waits for its answer, before ``wants_read`` turns False (zap-stream#75)."""


class Connection(ABC):
    """Base of ``ServerConnection`` and ``ClientConnection``.

    Any ``ProtocolError`` kills the connection: whatever was under way is lost without further events, ``closed`` is True,
    nothing is left to send, and every further call that feeds or uses it raises ``LocalProtocolError``.

    Attributes:
        writer: our direction's chunks. A caller that writes media by itself drains ``data_to_send`` first and tells
            ``writer.resume`` before anything else is said.
    """

    def __init__(self, handshake: ServerHandshake | ClientHandshake, limits: Limits) -> None:
        self.writer = ChunkWriter()
        self._limits = limits
        self._handshake: ServerHandshake | ClientHandshake | None = handshake
        self._reader = ChunkReader(limits, trusted=False)
        self._acknowledger = Acknowledger()
        self._inbox: deque[Message] = deque()
        self._held_bytes = 0
        self._outbox: list[bytes] = []
        self._now = 0.0
        self._heard_at = 0.0
        self._second_began: float | None = None
        self._commands_counted = 0
        self._is_dead = False

    # ------------------------------------------------------------------------------------------------ what owners use

    @property
    @abstractmethod
    def closed(self) -> bool:
        """True when nothing more will be said or heard: send what ``data_to_send`` gives and close the transport."""

    @property
    def bytes_received(self) -> int:
        """Bytes received since the beginning, handshake included."""
        return self._acknowledger.bytes_received

    @property
    def wants_read(self) -> bool:
        """False while a request waits for its answer and much has come behind it: stop reading the transport."""
        return not self._is_waiting or self._held_bytes <= MAX_HELD_BYTES

    def receive_data(self, data: Buffer, now: float) -> list[Event]:
        """Take the peer's next bytes; ``b""`` says that it closed.

        Args:
            data: any piece of the byte stream; how it is cut makes no difference. Nothing of it is kept: a buffer may be reused.
            now: monotonic seconds.

        Returns:
            What happened, in order. The last event after ``b""`` is ``ConnectionClosed``.

        Raises:
            ProtocolError: the peer broke the protocol or a limit; the connection is dead.
            LocalProtocolError: the connection was dead already.
        """
        self._check_alive()
        self._now = self._heard_at = now
        events: list[Event] = []
        if not data:
            self._lose(CloseReason.PEER_CLOSED, events)
            return events
        self._acknowledger.count(len(data))
        if self.closed:
            return events
        try:
            self._start_second()
            self._take(data, events)
            self._process_inbox(events)
            self._check_partial()
        except ProtocolError:
            self._die()
            raise
        if self._is_waiting:
            self._held_bytes += len(data)
        self._acknowledge()
        return events

    def data_to_send(self) -> bytes:
        """Give what is to be sent now, and forget it. Never raises; empty on a dead connection."""
        data = b"".join(self._outbox)
        self._outbox.clear()
        return data

    def next_deadline(self) -> float | None:
        """Tell when ``handle_deadline`` wants to be called, in monotonic seconds; None for never.

        A moment that has passed means "at once": input was held back behind a request that has been answered since.
        """
        if self.closed:
            return None
        if self._inbox and not self._is_waiting:
            return self._now
        return self._own_deadline()

    def handle_deadline(self, now: float) -> list[Event]:
        """Go on with held input, and act on a deadline that has passed. Being called too early does no harm.

        Raises:
            ProtocolError: the held input breaks the protocol; the connection is dead.
            LocalProtocolError: the connection was dead already.
        """
        self._check_alive()
        self._now = now
        events: list[Event] = []
        try:
            self._process_inbox(events)
        except ProtocolError:
            self._die()
            raise
        deadline = self.next_deadline()
        if deadline is not None and now >= deadline:
            self._on_deadline(events)
        return events

    # --------------------------------------------------------------------------------------------- what the ends fill in

    @property
    @abstractmethod
    def _is_waiting(self) -> bool:
        """A request of the peer waits for the application's answer; the input behind it is held back."""

    @property
    @abstractmethod
    def _is_in_use(self) -> bool:
        """Media flows or may flow; before that, a peer has only so many commands."""

    @abstractmethod
    def _on_handshake_done(self, events: list[Event]) -> None: ...

    @abstractmethod
    def _on_command(self, command: Command, events: list[Event]) -> None: ...

    @abstractmethod
    def _on_media(self, message: Message, events: list[Event]) -> None: ...

    @abstractmethod
    def _on_data(self, data: DataMessage, events: list[Event]) -> None: ...

    @abstractmethod
    def _on_user_control(self, control_event: UserControl, events: list[Event]) -> None: ...

    @abstractmethod
    def _on_lost(self, reason: CloseReason, events: list[Event]) -> None:
        """Move to the closed state and report what was under way, ``ConnectionClosed`` last."""

    @abstractmethod
    def _own_deadline(self) -> float | None: ...

    @abstractmethod
    def _on_deadline(self, events: list[Event]) -> None: ...

    # ------------------------------------------------------------------------------------------------------ for the ends

    def _send(self, *messages: Message) -> None:
        for message in messages:
            self._outbox.append(self.writer.write(message))

    def _lose(self, reason: CloseReason, events: list[Event]) -> None:
        """End this connection for good."""
        self._on_lost(reason, events)
        self._is_dead = True
        self._inbox.clear()

    def _check_alive(self) -> None:
        if self._is_dead:
            raise LocalProtocolError("A closed RTMP connection was used.")

    # ----------------------------------------------------------------------------------------------------------- inside

    def _take(self, data: Buffer, events: list[Event]) -> None:
        if self._handshake is not None:
            data = self._shake_hands(self._handshake, bytes(data), events)
        if data:
            self._inbox.extend(self._reader.feed(data))

    def _shake_hands(
        self, handshake: ServerHandshake | ClientHandshake, data: bytes, events: list[Event]
    ) -> bytes:
        """Go on with the handshake; give what came behind it, which is chunks."""
        answer = handshake.receive(data)
        if answer:
            self._outbox.append(answer)
        if not handshake.done:
            return b""
        self._handshake = None
        self._on_handshake_done(events)
        return handshake.leftover

    def _process_inbox(self, events: list[Event]) -> None:
        if not self._is_waiting:
            self._held_bytes = 0
        inbox = self._inbox
        while inbox and not self._is_waiting and not self.closed:
            # Media asks nothing of the application: a run of it needs no look at our state in between.
            while inbox and inbox[0].type in _MEDIA_TYPES:
                self._on_media(inbox.popleft(), events)
            if inbox:
                self._process(inbox.popleft(), events)

    def _process(self, message: Message, events: list[Event]) -> None:
        if message.type in _MEDIA_TYPES:
            self._on_media(message, events)
            return
        match message.type:
            case MessageType.DATA_AMF0 | MessageType.DATA_AMF3:
                data = parse_data(message, self._limits)
                if data is not None:
                    self._on_data(data, events)
            case MessageType.COMMAND_AMF0 | MessageType.COMMAND_AMF3:
                self._count_command()
                command = parse_command(message, self._limits)
                if command is not None:
                    self._on_command(command, events)
            case MessageType.AGGREGATE:
                for part in aggregate.split(message):
                    self._reader.count_part(len(part.payload))
                    self._process(part, events)
            case MessageType.USER_CONTROL | MessageType.WINDOW_ACK_SIZE | MessageType.SET_PEER_BANDWIDTH:
                self._count_command()
                self._process_control(message, events)
            case _:
                # Chunk size and Abort were the reader's. A peer's acknowledgements are advice that YouTube, among others,
                # gets wrong (rtmp.md 1.18). Shared objects and unknown types mean nothing to us.
                pass

    def _process_control(self, message: Message, events: list[Event]) -> None:
        if message.type == MessageType.WINDOW_ACK_SIZE:
            self._acknowledger.set_window(control.parse_number(message.payload))
        elif message.type == MessageType.SET_PEER_BANDWIDTH:
            window = control.parse_peer_bandwidth(message.payload).window
            if self._acknowledger.announce(window):
                self._send(control.window_ack_size(window))
        else:
            user_control = control.parse_user_control(message.payload)
            if user_control is None:
                return
            if user_control.event == UserControlEvent.PING_REQUEST:
                # Clients ping servers too (membrane_rtmp#81).
                self._send(control.ping_response(user_control.values[0]))
            else:
                self._on_user_control(user_control, events)

    def _count_command(self) -> None:
        """Bound what a peer can make us decode and answer: so many in all until media flows, then so many a second."""
        self._commands_counted += 1
        if self._commands_counted > self._limits.max_commands_before_publish:
            raise LimitExceeded(
                "The other side sends too many commands.",
                detail=f"more than {self._limits.max_commands_before_publish}",
            )

    def _check_partial(self) -> None:
        """Keep little for a peer that has not shown a key; one whose request is being looked at gets the benefit of the doubt."""
        limit = self._limits.max_partial_bytes_of_strangers
        if self._reader.partial_bytes > limit and not self._is_in_use and not self._is_waiting:
            raise LimitExceeded(
                "The other side sent more than we take.",
                detail=f"more than {limit} bytes before it publishes",
            )

    def _start_second(self) -> None:
        if self._second_began is not None and self._now < self._second_began + 1:
            return
        self._second_began = self._now
        self._reader.start_second()
        if self._is_in_use:
            self._commands_counted = 0

    def _acknowledge(self) -> None:
        if self._handshake is None and not self.closed:
            total = self._acknowledger.due()
            if total is not None:
                self._send(control.acknowledgement(total))

    def _die(self) -> None:
        self._lose(CloseReason.PEER_CLOSED, [])
        self._outbox.clear()

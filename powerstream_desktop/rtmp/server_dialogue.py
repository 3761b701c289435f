"""What a client says to our server, and all that is answered without asking the application (rtmp.md 1.11 to 1.14).

Encoders stall or stop without an answer to calls that mean nothing here, so every call gets one. The order of the calls is
left to the client, except that ``connect`` comes first. Media on a stream that does not publish is dropped: encoders send
their last frames behind the goodbye.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from powerstream_desktop.rtmp import control, replies
from powerstream_desktop.rtmp.amf_values import UNDEFINED, AMFValue
from powerstream_desktop.rtmp.commands import Command, DataMessage
from powerstream_desktop.rtmp.connection import Connection
from powerstream_desktop.rtmp.control import UserControl, UserControlEvent
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    BufferLengthChanged,
    CloseReason,
    ConnectionClosed,
    ConnectRequested,
    DataReceived,
    Event,
    FinishReason,
    HandshakeCompleted,
    PauseRequested,
    PlayFinished,
    PlayRequested,
    PublishFinished,
    PublishRequested,
    ReceiveAudioRequested,
    ReceiveVideoRequested,
    Stage,
    VideoReceived,
)
from powerstream_desktop.rtmp.handshake import RandomBytes, ServerHandshake
from powerstream_desktop.rtmp.limits import Limits
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.server_streams import ServerStream, ServerStreams
from powerstream_desktop.rtmp.server_timers import ServerTimers
from powerstream_desktop.rtmp.states import (
    SERVER_TRANSITIONS,
    ServerInput,
    ServerState,
    StreamInput,
    StreamState,
    advance,
)
from powerstream_desktop.rtmp.status import StatusCode, fourccs_of, number_of, plain_text
from powerstream_desktop.rtmp.url import normalise_publish_target

_OVER: Final = (ServerState.ENDING, ServerState.CLOSED)

_PLAY_RESET: Final = 3
"""Position in play(name, start, duration, reset)."""

_ANSWERS: Final = frozenset({"_result", "_error", "onStatus"})
"""These are answers themselves; answering them could go on for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the application has to answer; ``stream`` is None for ``connect``."""

    id: int
    command: Command
    stream: ServerStream | None


class ServerDialogue(Connection):
    """The part of a server's connection that needs no application; ``ServerConnection`` adds the application's side."""

    def __init__(self, *, now: float, random_bytes: RandomBytes, limits: Limits) -> None:
        self._server_handshake = ServerHandshake(random_bytes)
        super().__init__(self._server_handshake, limits)
        self._state = ServerState.HANDSHAKING
        self._stage = Stage.BEFORE_CONNECT
        self._streams = ServerStreams(limits.max_streams)
        self._timers = ServerTimers(limits, now)
        self._request: Request | None = None
        self._requests_made = 0
        self._app: AMFValue = None
        self._tc_url: AMFValue = None

    @property
    def closed(self) -> bool:
        """True when nothing more will be said or heard: send what ``data_to_send`` gives and close the transport."""
        return self._state in _OVER

    # ---------------------------------------------------------------------------------------------------- hooks of the base

    @property
    def _is_waiting(self) -> bool:
        return self._request is not None

    @property
    def _is_in_use(self) -> bool:
        return self._streams.are_in_use

    def _on_handshake_done(self, events: list[Event]) -> None:
        self._advance(ServerInput.HANDSHAKE_DONE)
        self._timers.rest(self._now)
        events.append(HandshakeCompleted(digest=self._server_handshake.digest))

    def _on_command(self, command: Command, events: list[Event]) -> None:
        if command.name == "connect":
            self._on_connect(command, events)
            return
        self._advance(ServerInput.OTHER_MESSAGE)
        handler = self._HANDLERS.get(command.name)
        if handler is not None:
            handler(self, command, events)
        elif command.name not in _ANSWERS:
            # An encoder that gets an error for something optional stops (rtmp.md 1.10); Haivision waits for _checkbw (srs#844).
            self._send(*replies.result(command.transaction, None))

    def _on_media(self, message: Message, events: list[Event]) -> None:
        stream = self._streams.publisher(message.stream_id)
        if stream is None:
            self._advance(ServerInput.OTHER_MESSAGE)
            return
        self._timers.note_media(self._now)
        kind = VideoReceived if message.type == MessageType.VIDEO else AudioReceived
        events.append(kind(stream.id, message.timestamp, message.payload))

    def _on_data(self, data: DataMessage, events: list[Event]) -> None:
        stream = self._streams.publisher(data.stream_id)
        if stream is None:
            self._advance(ServerInput.OTHER_MESSAGE)
            return
        events.append(DataReceived(stream.id, data.timestamp, data.name, data.payload))

    def _on_user_control(self, control_event: UserControl, events: list[Event]) -> None:
        if control_event.event == UserControlEvent.SET_BUFFER_LENGTH:
            stream_id, buffer_ms = control_event.values
            events.append(BufferLengthChanged(stream_id=stream_id, buffer_ms=buffer_ms))

    def _on_lost(self, reason: CloseReason, events: list[Event]) -> None:
        self._advance(ServerInput.LOST)
        self._request = None
        for stream in self._streams.all():
            self._finish(stream, FinishReason.LOST, events)
        events.append(ConnectionClosed(reason=reason, stage=self._stage))

    def _own_deadline(self) -> float | None:
        if self._state is ServerState.HANDSHAKING:
            return self._timers.handshake_deadline
        if self._is_waiting:
            return None
        if self._streams.are_publishing:
            return self._timers.media_deadline
        if self._streams.are_playing:
            return self._timers.ping_deadline(self._heard_at)
        return self._timers.command_deadline

    def _on_deadline(self, events: list[Event]) -> None:
        if self._state is ServerState.HANDSHAKING:
            self._lose(CloseReason.HANDSHAKE_TIMEOUT, events)
        elif self._streams.are_publishing or self._timers.awaits_pong(self._heard_at):
            self._lose(CloseReason.IDLE, events)
        elif self._streams.are_playing:
            self._timers.note_ping(self._now)
            self._send(control.ping_request(int(self._now * 1000) & 0xFFFFFFFF))
        else:
            self._lose(CloseReason.COMMAND_TIMEOUT, events)

    # ------------------------------------------------------------------------------------------------------------- inside

    def _advance(self, given: ServerInput) -> None:
        self._state = advance(SERVER_TRANSITIONS, self._state, given)

    def _ask(self, command: Command, stream: ServerStream | None) -> int:
        self._requests_made += 1
        self._request = Request(id=self._requests_made, command=command, stream=stream)
        return self._requests_made

    def _finish(self, stream: ServerStream, reason: FinishReason, events: list[Event]) -> None:
        """End a stream because the peer did, with a goodbye or without."""
        before = stream.state
        stream.advance(StreamInput.FINISH)
        if before is StreamState.PUBLISHING:
            if reason is FinishReason.UNPUBLISHED:
                self._send(*replies.status(stream.id, StatusCode.UNPUBLISH_SUCCESS, "Stop publishing."))
            events.append(PublishFinished(stream_id=stream.id, reason=reason))
        elif before is StreamState.PLAYING:
            events.append(PlayFinished(stream_id=stream.id, reason=reason))
        if before is not StreamState.IDLE and not self._streams.are_in_use:
            self._timers.rest(self._now)

    # ------------------------------------------------------------------------------------------------- the client's calls

    def _on_connect(self, command: Command, events: list[Event]) -> None:
        was_connected = self._state is ServerState.CONNECTED
        self._advance(ServerInput.CONNECT)
        if was_connected:
            self._send(*replies.error(command.transaction, StatusCode.CALL_FAILED, "Already connected."))
            return
        members = _by_lower_case_name(command.command_object)
        self._app, self._tc_url = members.get("app"), members.get("tcurl")
        events.append(
            ConnectRequested(
                request_id=self._ask(command, None),
                app=self._app if isinstance(self._app, str) else "",
                tc_url=self._tc_url if isinstance(self._tc_url, str) else "",
                flash_ver=plain_text(members.get("flashver")),
                object_encoding=number_of(members.get("objectencoding")),
                fourcc_list=fourccs_of(members.get("fourcclist")),
                caps_ex=number_of(members.get("capsex")),
            )
        )

    def _on_create_stream(self, command: Command, _events: list[Event]) -> None:
        stream = self._streams.create()
        self._send(*replies.result(command.transaction, None, stream.id))

    def _on_release_stream(self, command: Command, _events: list[Event]) -> None:
        self._send(*replies.result(command.transaction, None, UNDEFINED))

    def _on_fc_publish(self, command: Command, _events: list[Event]) -> None:
        self._send(*replies.fc_publish(command.transaction))

    def _on_fc_unpublish(self, command: Command, events: list[Event]) -> None:
        self._send(*replies.fc_unpublish(command.transaction))
        stream = self._streams.meant_by(command.argument(0), command.stream_id)
        if stream is not None:
            self._finish(stream, FinishReason.UNPUBLISHED, events)

    def _on_fc_subscribe(self, command: Command, _events: list[Event]) -> None:
        self._send(*replies.fc_subscribe(command.transaction))

    def _on_get_stream_length(self, command: Command, _events: list[Event]) -> None:
        self._send(*replies.result(command.transaction, None, 0))

    def _on_publish(self, command: Command, events: list[Event]) -> None:
        name = command.argument(0)
        if isinstance(name, bool):
            # Wirecast stops with publish(false) (NMS#67).
            self._on_close_stream(command, events)
            return
        stream = self._open(StreamInput.PUBLISH, command)
        if stream is None:
            return
        events.append(
            PublishRequested(
                request_id=self._ask(command, stream),
                stream_id=stream.id,
                app=self._app if isinstance(self._app, str) else "",
                name=stream.name,
                target=normalise_publish_target(self._app, self._tc_url, name),
                publish_type=plain_text(command.argument(1)) or "live",
            )
        )

    def _on_play(self, command: Command, events: list[Event]) -> None:
        name = command.argument(0)
        if isinstance(name, bool):
            self._on_close_stream(command, events)
            return
        stream = self._open(StreamInput.PLAY, command)
        if stream is None:
            return
        stream.wants_reset = command.argument(_PLAY_RESET) not in (False, 0)
        events.append(
            PlayRequested(
                request_id=self._ask(command, stream),
                stream_id=stream.id,
                app=self._app if isinstance(self._app, str) else "",
                name=stream.name,
                target=normalise_publish_target(self._app, self._tc_url, name),
            )
        )

    def _open(self, given: StreamInput, command: Command) -> ServerStream | None:
        """Move the stream of a publish or play request; None when it is in use, which is answered."""
        stream = self._streams.open(command.stream_id)
        was_idle = stream.state is StreamState.IDLE
        stream.advance(given)
        if was_idle:
            stream.name = command.text_argument(0)
            return stream
        code = StatusCode.PUBLISH_BAD_NAME if given is StreamInput.PUBLISH else StatusCode.PLAY_FAILED
        self._send(*replies.stream_error(stream.id, code, "This stream is in use."))
        return None

    def _on_close_stream(self, command: Command, events: list[Event]) -> None:
        stream = self._streams.get(command.stream_id)
        if stream is not None:
            self._finish(stream, FinishReason.UNPUBLISHED, events)

    def _on_delete_stream(self, command: Command, events: list[Event]) -> None:
        wanted = command.argument(0)
        if isinstance(wanted, int | float):
            stream = self._streams.get(number_of(wanted))
        else:
            # GStreamer names the stream instead of giving its number (rtmp.md 1.11).
            stream = self._streams.meant_by(wanted, command.stream_id)
        if stream is not None:
            self._finish(stream, FinishReason.UNPUBLISHED, events)
            self._streams.remove(stream)

    def _on_pause(self, command: Command, events: list[Event]) -> None:
        if self._is_playing(command.stream_id):
            pauses = bool(command.argument(0))
            answer = replies.paused if pauses else replies.unpaused
            self._send(*answer(command.stream_id))
            events.append(PauseRequested(stream_id=command.stream_id, paused=pauses))

    def _on_seek(self, command: Command, _events: list[Event]) -> None:
        """Refuse: a live stream has one position."""
        if self._is_playing(command.stream_id):
            self._send(
                *replies.error(command.transaction, StatusCode.SEEK_FAILED, "A live stream cannot seek.")
            )

    def _on_receive_audio(self, command: Command, events: list[Event]) -> None:
        if self._is_playing(command.stream_id):
            events.append(
                ReceiveAudioRequested(stream_id=command.stream_id, wanted=bool(command.argument(0)))
            )

    def _on_receive_video(self, command: Command, events: list[Event]) -> None:
        if self._is_playing(command.stream_id):
            events.append(
                ReceiveVideoRequested(stream_id=command.stream_id, wanted=bool(command.argument(0)))
            )

    def _is_playing(self, stream_id: int) -> bool:
        stream = self._streams.get(stream_id)
        return stream is not None and stream.state is StreamState.PLAYING

    _HANDLERS: ClassVar[Mapping[str, _Handler]] = {
        "FCPublish": _on_fc_publish,
        "FCSubscribe": _on_fc_subscribe,
        "FCUnpublish": _on_fc_unpublish,
        "closeStream": _on_close_stream,
        "createStream": _on_create_stream,
        "deleteStream": _on_delete_stream,
        "getStreamLength": _on_get_stream_length,
        "pause": _on_pause,
        "pauseRaw": _on_pause,
        "play": _on_play,
        "publish": _on_publish,
        "receiveAudio": _on_receive_audio,
        "receiveVideo": _on_receive_video,
        "releaseStream": _on_release_stream,
        "seek": _on_seek,
    }


_Handler: TypeAlias = Callable[[ServerDialogue, Command, list[Event]], None]


def _by_lower_case_name(value: AMFValue) -> dict[str, AMFValue]:
    """Give an object's members by lower-case name: some cameras write ``tcurl`` (rtmp.md 1.1)."""
    return {name.lower(): member for name, member in value.items()} if isinstance(value, Mapping) else {}

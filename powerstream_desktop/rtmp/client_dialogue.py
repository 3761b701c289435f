"""What a server says to our client, and what the client does about it by itself (rtmp.md 1.15, 1.16).

Answers are matched by transaction, and only the one to the open question moves us on; ``_error`` on anything else means
nothing. Text from the server is cut, cleaned of control characters and of our own key before anybody sees it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Final

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.auth import Credentials, answer_challenge, parse_challenge
from powerstream_desktop.rtmp.chunks import COMMAND_CSID
from powerstream_desktop.rtmp.client_requests import Purpose, connect_object, redirect_target, with_query
from powerstream_desktop.rtmp.commands import Command, DataMessage, build_command
from powerstream_desktop.rtmp.connection import Connection
from powerstream_desktop.rtmp.control import UserControl
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    AuthenticationRequired,
    CloseReason,
    Connected,
    ConnectionClosed,
    ConnectRefused,
    DataReceived,
    Event,
    FinishReason,
    HandshakeCompleted,
    PlayFinished,
    PlayRefused,
    PlayStarted,
    PublishRefused,
    PublishStarted,
    ReconnectRequested,
    RemoteUnpublished,
    Stage,
    StatusReceived,
    VideoReceived,
)
from powerstream_desktop.rtmp.handshake import ClientHandshake, RandomBytes
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, MAX_U32, Limits
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.states import CLIENT_TRANSITIONS, ClientInput, ClientState, advance
from powerstream_desktop.rtmp.status import (
    StatusCode,
    StatusInfo,
    fourccs_of,
    number_of,
    parse_info,
    plain_text,
)
from powerstream_desktop.rtmp.url import RTMPURL

CHUNK_SIZE: Final = 60_000
"""Bytes; announced before ``connect``, as OBS does, so every ingest takes it (rtmp.md 1.15)."""

COMMAND_TIMEOUT_S: Final = 10.0
"""For each answer but that to ``publish``."""

PUBLISH_TIMEOUT_S: Final = 15.0
"""Facebook may be slow."""

PLAY_BUFFER_MS: Final = 3000

_LIVE_OR_RECORDED: Final = -2
_SHORTEST_SECRET: Final = 6
"""Characters; shorter keys are words, and striking them out would spoil the server's sentence."""

_OVER: Final = (ClientState.ENDING, ClientState.CLOSED)
_STAGES: Final = {
    ClientState.CREATING_STREAM: Stage.BEFORE_START,
    ClientState.STARTING: Stage.BEFORE_START,
    ClientState.LIVE: Stage.LIVE,
}
_START_CODES: Final = {
    Purpose.PUBLISH: StatusCode.PUBLISH_START,
    Purpose.PLAY: StatusCode.PLAY_START,
    Purpose.PROBE: None,
}
_PLAY_END_CODES: Final = (StatusCode.PLAY_STOP, StatusCode.PLAY_COMPLETE, StatusCode.PLAY_UNPUBLISH_NOTIFY)


class ClientDialogue(Connection):
    """The part of a client's connection that needs no application; ``ClientConnection`` adds the application's side."""

    def __init__(
        self,
        target: RTMPURL,
        key: str,
        *,
        random_bytes: RandomBytes,
        purpose: Purpose = Purpose.PUBLISH,
        fourcc_list: Sequence[str] = (),
        credentials: Credentials | None = None,
        auth_query: str = "",
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._client_handshake = ClientHandshake(random_bytes)
        super().__init__(
            self._client_handshake, limits if purpose is Purpose.PLAY else _without_media(limits)
        )
        self._target = target
        self._key = key
        self._purpose = purpose
        self._fourcc_list = tuple(fourcc_list)
        self._credentials = credentials
        self._auth_query = auth_query
        self._random_bytes = random_bytes
        self._state = ClientState.NEW
        self._stage = Stage.BEFORE_CONNECT
        self._deadline: float | None = None
        self._transactions = 0
        self._awaited_transaction = 0
        self._stream_id = 0

    @property
    def closed(self) -> bool:
        """True when nothing more will be said or heard: send what ``data_to_send`` gives and close the transport."""
        return self._state in _OVER

    # ---------------------------------------------------------------------------------------------------- hooks of the base

    @property
    def _is_waiting(self) -> bool:
        return False

    @property
    def _is_in_use(self) -> bool:
        return self._state is ClientState.LIVE

    def _on_handshake_done(self, events: list[Event]) -> None:
        self._advance(ClientInput.HANDSHAKE_DONE)
        events.append(HandshakeCompleted())
        self._send(control.set_chunk_size(CHUNK_SIZE))
        members = connect_object(
            self._purpose,
            app=with_query(self._target.app, self._auth_query),
            tc_url=with_query(self._target.tc_url, self._auth_query),
            fourcc_list=self._fourcc_list,
        )
        self._await(self._call("connect", members), COMMAND_TIMEOUT_S)

    def _on_command(self, command: Command, events: list[Event]) -> None:
        # Everything else a server calls (onBWDone, onFCPublish, close …) wants nothing that helps us (rtmp.md 1.15).
        if command.name in ("_result", "_error"):
            if command.transaction == self._awaited_transaction:
                self._on_answer(command, events)
        elif command.name == "onStatus":
            self._on_status(self._info(command), events)

    def _on_media(self, message: Message, events: list[Event]) -> None:
        if self._is_playing:
            kind = VideoReceived if message.type == MessageType.VIDEO else AudioReceived
            events.append(kind(self._stream_id, message.timestamp, message.payload))

    def _on_data(self, data: DataMessage, events: list[Event]) -> None:
        if self._is_playing and not data.name.startswith("|"):
            events.append(DataReceived(self._stream_id, data.timestamp, data.name, data.payload))

    def _on_user_control(self, control_event: UserControl, events: list[Event]) -> None:
        """Ignore: StreamBegin and StreamEOF are advice that others do not heed either (rtmp.md 1.6)."""

    def _on_lost(self, reason: CloseReason, events: list[Event]) -> None:
        self._advance(ClientInput.LOST)
        events.append(ConnectionClosed(reason=reason, stage=self._stage))

    def _own_deadline(self) -> float | None:
        return self._deadline

    def _on_deadline(self, events: list[Event]) -> None:
        shaking = self._state is ClientState.HANDSHAKING
        self._lose(CloseReason.HANDSHAKE_TIMEOUT if shaking else CloseReason.COMMAND_TIMEOUT, events)

    # ---------------------------------------------------------------------------------------------------- the server's words

    def _on_answer(self, command: Command, events: list[Event]) -> None:
        info = self._info(command)
        refused = command.name == "_error" or info.is_refusal
        match self._state:
            case ClientState.CONNECTING if refused:
                self._on_connect_refused(info, events)
            case ClientState.CONNECTING:
                self._on_connected(command, info, events)
            case ClientState.CREATING_STREAM | ClientState.STARTING if refused:
                self._on_refused(info, events)
            case ClientState.CREATING_STREAM:
                self._on_stream_created(command)
            case _:
                # Some servers answer publish and play with a result as well; onStatus is what counts.
                pass

    def _on_connected(self, command: Command, info: StatusInfo, events: list[Event]) -> None:
        self._advance(ClientInput.CONNECT_ACCEPTED)
        properties = command.command_object if isinstance(command.command_object, Mapping) else {}
        fourcc_list = fourccs_of(info.members.get("fourCcList") or properties.get("fourCcList"))
        events.append(
            Connected(
                server_version=self._censored(plain_text(properties.get("fmsVer"))), fourcc_list=fourcc_list
            )
        )
        if self._purpose is Purpose.PROBE:
            # Not even releaseStream: whatever names a stream may put it on air (obs#12275).
            self._advance(ClientInput.STOP)
            return
        if self._purpose is Purpose.PUBLISH:
            # Old FMS wants both before createStream (ZLMediaKit#3362); what it answers does not matter.
            self._call("releaseStream", None, self._key)
            self._call("FCPublish", None, self._key)
        self._await(self._call("createStream", None), COMMAND_TIMEOUT_S)

    def _on_connect_refused(self, info: StatusInfo, events: list[Event]) -> None:
        self._advance(ClientInput.REFUSED)
        challenge = parse_challenge(info.description)
        if challenge is not None and self._credentials is not None:
            query = answer_challenge(
                challenge,
                self._credentials,
                app=self._target.app,
                previous_query=self._auth_query,
                random_bytes=self._random_bytes,
            )
            if query is not None:
                events.append(AuthenticationRequired(auth_query=query))
                return
        extra = info.members.get("ex")
        redirect = plain_text(extra.get("redirect")) if isinstance(extra, Mapping) else ""
        events.append(
            ConnectRefused(
                code=info.code, description=info.description, redirect=redirect_target(self._target, redirect)
            )
        )

    def _on_stream_created(self, command: Command) -> None:
        stream_id = number_of(command.argument(0), default=-1)
        if not 0 <= stream_id <= MAX_U32:
            raise ProtocolError("The server made a stream without a number.", code="createStream")
        self._stream_id = stream_id
        self._advance(ClientInput.STREAM_CREATED)
        if self._purpose is Purpose.PUBLISH:
            transaction = self._call("publish", None, self._key, "live", stream_id=stream_id)
            self._await(transaction, PUBLISH_TIMEOUT_S)
        else:
            transaction = self._call("play", None, self._key, _LIVE_OR_RECORDED, stream_id=stream_id)
            self._send(control.set_buffer_length(stream_id, PLAY_BUFFER_MS))
            self._await(transaction, COMMAND_TIMEOUT_S)

    def _on_status(self, info: StatusInfo, events: list[Event]) -> None:
        state = self._state
        if info.is_refusal:
            if state is ClientState.CONNECTING:
                self._on_connect_refused(info, events)
            else:
                self._on_refused(info, events)
        elif info.code == StatusCode.RECONNECT_REQUEST:
            self._on_reconnect_request(info, events)
        elif info.code == _START_CODES[self._purpose]:
            self._advance(ClientInput.STARTED)
            if state is ClientState.STARTING:
                self._on_started(events)
        elif self._is_end(info.code):
            self._advance(ClientInput.REMOTE_END)
            if self._purpose is Purpose.PLAY and state is ClientState.LIVE:
                events.append(PlayFinished(stream_id=self._stream_id, reason=FinishReason.UNPUBLISHED))
            elif state is ClientState.LIVE:
                events.append(RemoteUnpublished(code=info.code, description=info.description))
        else:
            events.append(StatusReceived(level=info.level, code=info.code, description=info.description))

    def _on_started(self, events: list[Event]) -> None:
        self._reader.trust()
        self._deadline = None
        started = PublishStarted if self._purpose is Purpose.PUBLISH else PlayStarted
        events.append(started(stream_id=self._stream_id))

    def _on_refused(self, info: StatusInfo, events: list[Event]) -> None:
        self._advance(ClientInput.REFUSED)
        refused = PublishRefused if self._purpose is Purpose.PUBLISH else PlayRefused
        events.append(refused(code=info.code, description=info.description, stage=self._stage))

    def _on_reconnect_request(self, info: StatusInfo, events: list[Event]) -> None:
        wanted = plain_text(info.members.get("tcUrl"))
        target = redirect_target(self._target, wanted) if wanted else None
        if wanted and target is None:
            events.append(StatusReceived(level=info.level, code=info.code, description=info.description))
        else:
            events.append(ReconnectRequested(tc_url=target, description=info.description))

    # ------------------------------------------------------------------------------------------------------------- inside

    @property
    def _is_playing(self) -> bool:
        return self._purpose is Purpose.PLAY and self._state is ClientState.LIVE

    def _is_end(self, code: str) -> bool:
        if self._purpose is Purpose.PLAY:
            return code in _PLAY_END_CODES
        # Facebook: NetStream.Unpublish.InternalKill when another encoder wins (HaishinKit#549).
        return code.startswith("NetStream.Unpublish.")

    def _advance(self, given: ClientInput) -> None:
        self._state = advance(CLIENT_TRANSITIONS, self._state, given)
        self._stage = _STAGES.get(self._state, self._stage)

    def _call(self, name: str, *values: AMFValue, stream_id: int = 0) -> int:
        self._transactions += 1
        payload = build_command(name, self._transactions, *values)
        self._send(Message(MessageType.COMMAND_AMF0, stream_id, 0, payload, COMMAND_CSID))
        return self._transactions

    def _await(self, transaction: int, timeout_s: float) -> None:
        self._awaited_transaction = transaction
        self._deadline = self._now + timeout_s

    def _info(self, command: Command) -> StatusInfo:
        """Read the info object, wherever the server put it, without our key in it."""
        value = command.argument(0)
        info = parse_info(value if isinstance(value, Mapping) else command.command_object)
        return dataclasses.replace(
            info,
            level=self._censored(info.level),
            code=self._censored(info.code),
            description=self._censored(info.description),
        )

    def _censored(self, text: str) -> str:
        for secret in (self._key, self._key.partition("?")[0]):
            if len(secret) >= _SHORTEST_SECRET:
                text = _without_beginning_of(secret, text.replace(secret, "***"))
        return text


def _without_beginning_of(secret: str, text: str) -> str:
    """Strike out what is left of a secret at the end of a text: long texts are cut, and a cut may go through the key."""
    for length in range(len(secret) - 1, _SHORTEST_SECRET - 1, -1):
        if text.endswith(secret[:length]):
            return f"{text[:-length]}***"
    return text


def _without_media(limits: Limits) -> Limits:
    """Take no more of a publisher's server than commands need (librtmp2#88: 64 messages of 4 MiB)."""
    largest = limits.max_command_message
    return dataclasses.replace(
        limits,
        max_video_message=largest,
        max_audio_message=largest,
        max_data_message=largest,
        max_partial_bytes=4 * largest,
    )

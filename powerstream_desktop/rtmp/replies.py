"""What a server answers, message for message (rtmp.md 1.13); the order within each list matters to real encoders.

The stream key is never repeated in a description: peers look at code and level only, and some log the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.amf_values import UNDEFINED, AMFValue
from powerstream_desktop.rtmp.chunks import COMMAND_CSID, DATA_CSID
from powerstream_desktop.rtmp.commands import build_command, build_data
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.status import StatusCode, info_object

WINDOW_ACK_SIZE: Final = 2_500_000
"""Bytes; what SRS, MediaMTX and OBS announce as well (rtmp.md 3.1)."""

CHUNK_SIZE: Final = 60_000
"""Bytes; a frame of 4 Mbit/s fits one chunk, and FFmpeg adopts it for its own sending (rtmp.md 1.11)."""

_CAN_FORWARD: Final = 4
_CAPS_EX: Final = 2 | 4 | 8
"""Multitrack, ModEx, nanosecond offsets: what we forward untouched (rtmp.md 2.8)."""

_ENHANCED_MEMBERS: Final = ("fourCcList", "videoFourCcInfoMap", "audioFourCcInfoMap", "capsEx")


def result(transaction: int, *values: AMFValue) -> list[Message]:
    """Answer a call; callers with transaction 0 want no answer."""
    return [_command("_result", transaction, *values)] if transaction else []


def error(transaction: int, code: str, description: str) -> list[Message]:
    """Refuse a call."""
    return [_command("_error", transaction, None, info_object("error", code, description))]


def connect_accepted(transaction: int, command_object: AMFValue) -> list[Message]:
    """Accept ``connect``. The chunk size comes before the first answer of more than 128 bytes (srs#454)."""
    properties: dict[str, AMFValue] = {"fmsVer": "FMS/3,5,3,888", "capabilities": 31, "mode": 1}
    info = info_object("status", StatusCode.CONNECT_SUCCESS, "Connection succeeded.")
    # Always 0: a client that hears 3 would send AMF3 (rtmp.md 1.9).
    info["objectEncoding"] = 0
    if isinstance(command_object, Mapping) and any(member in command_object for member in _ENHANCED_MEMBERS):
        info["fourCcList"] = ["*"]
        info["videoFourCcInfoMap"] = {"*": _CAN_FORWARD}
        info["audioFourCcInfoMap"] = {"*": _CAN_FORWARD}
        info["capsEx"] = _CAPS_EX
    return [
        control.window_ack_size(WINDOW_ACK_SIZE),
        control.set_peer_bandwidth(WINDOW_ACK_SIZE),
        control.set_chunk_size(CHUNK_SIZE),
        _command("_result", transaction, properties, info),
    ]


def fc_publish(transaction: int) -> list[Message]:
    """Answer FCPublish; some appliances stall without onFCPublish, or without their transaction in it (membrane#115)."""
    info: dict[str, AMFValue] = {"code": str(StatusCode.PUBLISH_START), "description": "FCPublish to stream."}
    return [*result(transaction, None, UNDEFINED), _command("onFCPublish", transaction, None, info)]


def fc_unpublish(transaction: int) -> list[Message]:
    """Answer FCUnpublish."""
    info: dict[str, AMFValue] = {
        "code": str(StatusCode.UNPUBLISH_SUCCESS),
        "description": "Stop publishing stream.",
    }
    return [_command("onFCUnpublish", 0, None, info), *result(transaction, None)]


def fc_subscribe(transaction: int) -> list[Message]:
    """Answer FCSubscribe."""
    info: dict[str, AMFValue] = {"code": str(StatusCode.PLAY_START), "description": "Subscribed to stream."}
    return [*result(transaction, None), _command("onFCSubscribe", 0, None, info)]


def status(stream_id: int, code: str, description: str) -> list[Message]:
    """Tell how a stream is doing."""
    return [_on_status(stream_id, info_object("status", code, description))]


def stream_error(stream_id: int, code: str, description: str) -> list[Message]:
    """Refuse on a stream; encoders show code and description to their user (rtmp.md 1.16)."""
    return [_on_status(stream_id, info_object("error", code, description))]


def play_started(stream_id: int, *, reset: bool) -> list[Message]:
    """Begin playing; FFmpeg needs Play.Start only, Flash the permission behind it (srs#49)."""
    messages = [control.stream_begin(stream_id)]
    if reset:
        messages += status(stream_id, StatusCode.PLAY_RESET, "Playing and resetting.")
    messages += status(stream_id, StatusCode.PLAY_START, "Started playing.")
    access = build_data("|RtmpSampleAccess", True, True)  # noqa: FBT003 - AMF values have no names
    messages.append(Message(MessageType.DATA_AMF0, stream_id, 0, access, DATA_CSID))
    return messages


def play_ended(stream_id: int) -> list[Message]:
    """End playing: the publisher has left."""
    return [
        control.stream_eof(stream_id),
        *status(stream_id, StatusCode.PLAY_UNPUBLISH_NOTIFY, "The stream has ended."),
    ]


def paused(stream_id: int) -> list[Message]:
    """Confirm a pause."""
    return [*status(stream_id, StatusCode.PAUSE_NOTIFY, "Paused."), control.stream_eof(stream_id)]


def unpaused(stream_id: int) -> list[Message]:
    """Confirm that playing goes on."""
    return [*status(stream_id, StatusCode.UNPAUSE_NOTIFY, "Playing."), control.stream_begin(stream_id)]


def _on_status(stream_id: int, info: dict[str, AMFValue]) -> Message:
    payload = build_command("onStatus", 0, None, info)
    return Message(MessageType.COMMAND_AMF0, stream_id, 0, payload, DATA_CSID)


def _command(name: str, transaction: int, *values: AMFValue) -> Message:
    return Message(MessageType.COMMAND_AMF0, 0, 0, build_command(name, transaction, *values), COMMAND_CSID)

"""Bytes that hostile peers send: whole messages, lone headers, and the openings that every attack behind them needs."""

from __future__ import annotations

import struct

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.chunks import ChunkWriter
from powerstream_desktop.rtmp.messages import Message
from tests.hostile.script import Await, Send, ShakeHands, Steps
from tests.integration.relay.stage import PUBLISH_KEY

VICTIM_KEY = "key_of_the_attacked_stream"
YES, NO = True, False
"""As AMF values, which have no names that could say what they mean."""


def said(*messages: Message, chunk_size: int = 128) -> bytes:
    """Messages in chunks; each call begins anew, with full headers."""
    writer = ChunkWriter(chunk_size)
    return b"".join(writer.write(message) for message in messages)


def command(name: AMFValue, transaction: AMFValue, *values: AMFValue, stream_id: int = 0) -> Message:
    """A command, with a name and a transaction that need not be any."""
    return Message(20, stream_id, 0, amf0.encode(name, transaction, *values), 3)


def raw(type_id: int, payload: bytes, *, stream_id: int = 1, timestamp: int = 0, csid: int = 4) -> Message:
    """A message of any type around any bytes."""
    return Message(type_id, stream_id, timestamp, payload, csid)


def control(type_id: int, *numbers: int) -> bytes:
    """A control message of 32-bit numbers, possible or not; at most 32 of them."""
    return header(2, 4 * len(numbers), type_id, stream_id=0) + struct.pack(f">{len(numbers)}I", *numbers)


def header(
    csid: int, length: int, type_id: int, *, fmt: int = 0, stream_id: int = 1, timestamp: int = 0
) -> bytes:
    """A chunk header that announces a message; its payload is the caller's business."""
    first = bytes([fmt << 6 | csid]) if csid < 64 else bytes([fmt << 6 | 1]) + struct.pack("<H", csid - 64)
    full = (
        timestamp.to_bytes(3, "big")
        + length.to_bytes(3, "big")
        + bytes([type_id])
        + struct.pack("<I", stream_id)
    )
    return first + full[: (11, 7, 3, 0)[fmt]]


# What an honest client says first.

CONNECT = said(
    command("connect", 1, {"app": "live", "tcUrl": "rtmp://127.0.0.1/live", "flashVer": "hostile"})
)
CREATE = said(command("createStream", 2, None))
PUBLISH = said(command("publish", 3, None, VICTIM_KEY, "live", stream_id=1))
PICTURE_HEADER = bytes.fromhex("17000000000142c01effe100096742c01eda0280bfe501000468ce3c80")
SOUND_HEADER = bytes.fromhex("af001190")
KEY_FRAME = bytes.fromhex("1701000000000000026588")
INTER_FRAME = bytes.fromhex("270100000000000002419a")
SOUND = bytes.fromhex("af0121")
HEADERS = said(raw(9, PICTURE_HEADER, csid=6), raw(8, SOUND_HEADER))

CONNECTED = b"NetConnection.Connect.Success"
STARTED = b"NetStream.Publish.Start"

SHAKEN: Steps = (ShakeHands(),)
OPEN: Steps = (ShakeHands(), Send(CONNECT), Await(CONNECTED))
PUBLISHING: Steps = (*OPEN, Send(CREATE + PUBLISH), Await(STARTED))
ON_AIR: Steps = (*PUBLISHING, Send(HEADERS + said(raw(9, KEY_FRAME, csid=6), raw(8, SOUND))))
"""Await what follows, lest the relay close before the script has come to its point."""

HONEST_KEY = PUBLISH_KEY
PLAYING: Steps = (
    *OPEN,
    Send(CREATE + said(command("play", 3, None, HONEST_KEY, stream_id=1))),
    Await(b"NetStream.Play.Start"),
)
"""Of the stream that is on air, with its key: players are programs of this machine."""

ASKS_TO_PUBLISH = CONNECT + CREATE + PUBLISH
"""All at once, as an encoder in a hurry does."""

# What an honest server says, answer for answer.

ACCEPTED = said(
    command(
        "_result",
        1,
        {"fmsVer": "FMS/3,5,7,7009"},
        {"level": "status", "code": "NetConnection.Connect.Success"},
    )
)
CREATED = said(command("_result", 4, None, 1))
PUBLISH_STARTED = said(
    command("onStatus", 0, None, {"level": "status", "code": "NetStream.Publish.Start"}, stream_id=1)
)
WELCOME: Steps = (ShakeHands(), Await(b"connect"), Send(ACCEPTED))
KEY_SEEN: Steps = (*WELCOME, Await(b"createStream"), Send(CREATED), Await(b"publish"))
LIVE: Steps = (*KEY_SEEN, Send(PUBLISH_STARTED))


def status(level: AMFValue, code: AMFValue, description: AMFValue = "", **more: AMFValue) -> bytes:
    """A status message as a server sends it."""
    info: dict[str, AMFValue] = {"level": level, "code": code, "description": description, **more}
    return said(command("onStatus", 0, None, info, stream_id=1))


def connect_error(
    description: AMFValue, code: AMFValue = "NetConnection.Connect.Rejected", **more: AMFValue
) -> bytes:
    """A refusal of ``connect``."""
    info: dict[str, AMFValue] = {"level": "error", "code": code, "description": description, **more}
    return said(command("_error", 1, None, info))

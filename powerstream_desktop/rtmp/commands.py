"""Command and data messages: read with every tolerance that real encoders need, written exactly (rtmp.md 1.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, Limits
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.status import number_of

SET_DATA_FRAME: Final = "@setDataFrame"
_MAX_LEADING_VALUES: Final = 8
"""Junk values before a data message's name that we skip; Uniview cameras send two numbers (ZLMediaKit#4800)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command message; ``stream_id`` is the message stream it came on."""

    stream_id: int
    name: str
    transaction: int
    """0 when the caller expects no answer, or sent no usable number."""
    command_object: AMFValue
    arguments: tuple[AMFValue, ...]

    def argument(self, index: int) -> AMFValue:
        """Give an argument behind the command object, None where the caller left it out."""
        return self.arguments[index] if index < len(self.arguments) else None

    def text_argument(self, index: int) -> str:
        """Give an argument as text, empty when it is none."""
        value = self.argument(index)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMessage:
    """One data message: ``payload`` is its AMF0 body from the name on, without ``@setDataFrame``."""

    stream_id: int
    timestamp: int
    name: str
    payload: bytes


def amf_body(message: Message) -> bytes:
    """Give the AMF0 part: the AMF3 types begin with a format selector 0, which some senders leave out (rtmp.md 1.5)."""
    if message.type not in (MessageType.COMMAND_AMF3, MessageType.DATA_AMF3):
        return message.payload
    return message.payload[1:] if message.payload[:1] == b"\x00" else message.payload


def parse_command(message: Message, limits: Limits = DEFAULT_LIMITS) -> Command | None:
    """Read a command message; None when it carries no name.

    A missing transaction or command object is read as 0 and None: FFmpeg's own server sends ``onFCPublish`` as a bare name.

    Raises:
        AMFError, LimitExceeded: the payload is not AMF0, or too much of it.
    """
    values = amf0.decode_all(amf_body(message), limits)
    if not values or not isinstance(values[0], str):
        return None
    return Command(
        stream_id=message.stream_id,
        name=values[0],
        transaction=number_of(values[1]) if len(values) > 1 else 0,
        command_object=values[2] if len(values) > 2 else None,
        arguments=tuple(values[3:]),
    )


def parse_data(message: Message, limits: Limits = DEFAULT_LIMITS) -> DataMessage | None:
    """Read a data message; None when no name can be found.

    Never raises: encoders put timecodes and other things there that are not AMF at all (srs#3803), and a broken data message
    is no reason to end a broadcast. Only the values up to the name are decoded.
    """
    body = amf_body(message)
    position = 0
    try:
        for _ in range(_MAX_LEADING_VALUES):
            start = position
            value, position = amf0.decode(body, position, limits)
            if isinstance(value, str) and value != SET_DATA_FRAME:
                return DataMessage(
                    stream_id=message.stream_id, timestamp=message.timestamp, name=value, payload=body[start:]
                )
    except ProtocolError:
        return None
    return None


def build_command(name: str, transaction: int, *values: AMFValue) -> bytes:
    """Build a command's payload: name, transaction, then command object and arguments as given."""
    return amf0.encode(name, float(transaction), *values)


def build_data(name: str, *values: AMFValue) -> bytes:
    """Build a data message's payload."""
    return amf0.encode(name, *values)

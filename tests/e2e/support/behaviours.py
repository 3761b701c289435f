"""How a mock ingest treats a publisher: what it answers to which command, and when it has had enough (rtmp.md 1.16, 1.19)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from enum import Enum

from tests.e2e.support.chunk_tap import COMMAND
from tests.e2e.support.rtmp_bytes import (
    COMMAND_CSID,
    SERVER_CHUNK_SIZE,
    amf0,
    command,
    info,
    message,
    message_header,
    peer_bandwidth,
    set_chunk_size,
    window_ack_size,
)

PUBLISHED_STREAM = 1
USUAL_WINDOW = 2_500_000
LARGEST_CHUNK = 0x7FFFFFFF
LARGEST_MESSAGE = 0xFFFFFF
DEEP = 20_000
DEFAULT_CHUNK_SIZE = 128
ODD_CHUNK_SIZES = (7, 128, 65_536, 13)


class Behaviour(Enum):
    """What happens to a publisher."""

    ACCEPT = "takes everything"
    BAD_NAME = "onStatus NetStream.Publish.BadName, then closes"
    REJECTED = "onStatus NetStream.Publish.Rejected, then closes"
    HANG_UP = "closes without a word when the key arrives, as Twitch does"
    SILENT = "never answers the publish command"
    MUTE = "accepts the connection and never says anything"
    STOP_READING = "accepts, then never reads another byte"
    ECHO_KEY = "BAD_NAME, with the key in its description"
    REJECT_CONNECT = "_error NetConnection.Connect.Rejected, then closes"
    HTTP = "answers with a web page, as a captive portal does"
    ACK_WINDOW_1 = "takes everything, and wants every byte acknowledged"
    NEW_CHUNK_SIZES = "takes everything, and says each of its words in chunks of another size"
    GARBAGE = "answers connect with bytes that mean nothing"
    HUGE_CHUNK = "answers connect with a chunk of 2 GiB, of which it sends some"
    AMF_BOMB = "answers connect with objects inside objects, 20,000 deep"
    AMF_COUNT = "answers connect with an array that says it holds 4,294,967,295 values"
    LONG_MESSAGE = "answers connect with a command of 16 MiB"


Answer = bytes | None
"""What to say to a command; None to hang up without a word."""

_REFUSALS = {
    Behaviour.BAD_NAME: "NetStream.Publish.BadName",
    Behaviour.ECHO_KEY: "NetStream.Publish.BadName",
    Behaviour.REJECTED: "NetStream.Publish.Rejected",
}


class Manners:
    """One connection's answers; for a behaviour that talks RTMP."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        changing = behaviour is Behaviour.NEW_CHUNK_SIZES
        self._chunk_sizes = itertools.cycle(ODD_CHUNK_SIZES if changing else (SERVER_CHUNK_SIZE,))
        self._chunk_size = DEFAULT_CHUNK_SIZE

    def answer(self, name: str, transaction: float, key: str) -> Answer:
        """Return what to say to a command; ``key`` is that of a ``publish``."""
        if name == "connect":
            return self._welcome(transaction)
        if name == "createStream":
            return self._say("_result", transaction, None, float(PUBLISHED_STREAM))
        if name == "publish":
            return self._answer_publish(key)
        return b""

    def has_had_enough(self, name: str) -> bool:
        """Tell whether the answer to this command is the last word."""
        refuses_server = self._behaviour is Behaviour.REJECT_CONNECT and name == "connect"
        return refuses_server or (self._behaviour in _REFUSALS and name == "publish")

    def _welcome(self, transaction: float) -> bytes:
        if self._behaviour in _BOMBS:
            return set_chunk_size(LARGEST_CHUNK) + _BOMBS[self._behaviour](transaction)
        if self._behaviour is Behaviour.REJECT_CONNECT:
            refusal = info("error", "NetConnection.Connect.Rejected", "Go away.")
            return command("_error", transaction, None, refusal, chunk_size=DEFAULT_CHUNK_SIZE)
        window = 1 if self._behaviour is Behaviour.ACK_WINDOW_1 else USUAL_WINDOW
        limits = window_ack_size(window) + peer_bandwidth(window)
        success = info("status", "NetConnection.Connect.Success", "Connection succeeded.")
        return limits + self._say("_result", transaction, {"fmsVer": "FMS/3,0,1,123"}, success)

    def _answer_publish(self, key: str) -> Answer:
        if self._behaviour is Behaviour.SILENT:
            return b""
        if self._behaviour is Behaviour.HANG_UP:
            return None
        if self._behaviour in _REFUSALS:
            said = key if self._behaviour is Behaviour.ECHO_KEY else "This stream key"
            status = info("error", _REFUSALS[self._behaviour], f"{said} is not known.")
        else:
            status = info("status", "NetStream.Publish.Start", "Welcome.")
        return self._say("onStatus", 0.0, None, status, stream_id=PUBLISHED_STREAM)

    def _say(self, *values: object, stream_id: int = 0) -> bytes:
        size = next(self._chunk_sizes)
        announced = set_chunk_size(size, chunk_size=self._chunk_size) if size != self._chunk_size else b""
        self._chunk_size = size
        return announced + command(*values, stream_id=stream_id, chunk_size=size)  # type: ignore[arg-type]


def reconnect_request(tc_url: str | None) -> bytes:
    """Ask a publisher to move (Enhanced RTMP, rtmp.md 2.8); None for the server it is connected to."""
    where = {} if tc_url is None else {"tcUrl": tc_url}
    status = info("status", "NetConnection.Connect.ReconnectRequest", "Please move.", **where)
    return command("onStatus", 0.0, None, status)


def _garbage(_transaction: float) -> bytes:
    return bytes(number * 73 % 251 for number in range(100_000))


def _huge_chunk(_transaction: float) -> bytes:
    return message_header(COMMAND, LARGEST_MESSAGE, csid=COMMAND_CSID) + bytes(1024 * 1024)


def _amf_bomb(transaction: float) -> bytes:
    nested = b"\x03\x00\x01a" * DEEP + b"\x05" + b"\x00\x00\x09" * DEEP
    return _raw_command(amf0("_result") + amf0(transaction) + nested)


def _amf_count(transaction: float) -> bytes:
    return _raw_command(amf0("_result") + amf0(transaction) + b"\x0a\xff\xff\xff\xff\x05")


def _long_message(transaction: float) -> bytes:
    start = amf0("_result") + amf0(transaction)
    return _raw_command(start + b"\x05" * (LARGEST_MESSAGE - len(start)))


def _raw_command(payload: bytes) -> bytes:
    return message(COMMAND, payload, csid=COMMAND_CSID, chunk_size=LARGEST_CHUNK)


_BOMBS: dict[Behaviour, Callable[[float], bytes]] = {
    Behaviour.GARBAGE: _garbage,
    Behaviour.HUGE_CHUNK: _huge_chunk,
    Behaviour.AMF_BOMB: _amf_bomb,
    Behaviour.AMF_COUNT: _amf_count,
    Behaviour.LONG_MESSAGE: _long_message,
}

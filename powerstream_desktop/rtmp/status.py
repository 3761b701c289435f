"""Status codes and info objects: how RTMP says what happened (rtmp.md 1.16)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.rtmp.amf_values import AMFValue


class StatusCode(StrEnum):
    """The codes that we send or act upon; servers send others, which are free text to us."""

    CONNECT_SUCCESS = "NetConnection.Connect.Success"
    CONNECT_REJECTED = "NetConnection.Connect.Rejected"
    CONNECT_INVALID_APP = "NetConnection.Connect.InvalidApp"
    RECONNECT_REQUEST = "NetConnection.Connect.ReconnectRequest"
    CALL_FAILED = "NetConnection.Call.Failed"
    PUBLISH_START = "NetStream.Publish.Start"
    PUBLISH_BAD_NAME = "NetStream.Publish.BadName"
    PUBLISH_DENIED = "NetStream.Publish.Denied"
    PUBLISH_REJECTED = "NetStream.Publish.Rejected"
    UNPUBLISH_SUCCESS = "NetStream.Unpublish.Success"
    PLAY_RESET = "NetStream.Play.Reset"
    PLAY_START = "NetStream.Play.Start"
    PLAY_STOP = "NetStream.Play.Stop"
    PLAY_COMPLETE = "NetStream.Play.Complete"
    PLAY_UNPUBLISH_NOTIFY = "NetStream.Play.UnpublishNotify"
    PLAY_STREAM_NOT_FOUND = "NetStream.Play.StreamNotFound"
    PLAY_FAILED = "NetStream.Play.Failed"
    PAUSE_NOTIFY = "NetStream.Pause.Notify"
    UNPAUSE_NOTIFY = "NetStream.Unpause.Notify"
    SEEK_FAILED = "NetStream.Seek.Failed"


REFUSING_SUFFIXES: Final = frozenset({
    "BadName", "BadVersion", "Denied", "Failed", "InsufficientBW", "InvalidApp", "Rejected", "StreamNotFound", "Unauthorized",
})  # fmt: skip
"""Last parts of codes that mean "no" when a server forgot the level."""

FOURCC_LENGTH: Final = 4

MAX_TEXT_LENGTH: Final = 512
"""Characters of a remote text that we keep, without control characters: it ends in logs, on a terminal and on a screen."""


def info_object(level: str, code: str, description: str) -> dict[str, AMFValue]:
    """Build an info object; ``level`` is "status" or "error"."""
    return {"level": level, "code": str(code), "description": description}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusInfo:
    """What a peer's info object says; missing or odd members become empty strings."""

    level: str
    code: str
    description: str
    members: Mapping[str, AMFValue]

    @property
    def is_refusal(self) -> bool:
        """Judged by the level first; by the code's suffix only when there is no level (rtmp.md 1.16)."""
        if self.level:
            return self.level == "error"
        return self.code.rpartition(".")[2] in REFUSING_SUFFIXES


def parse_info(value: AMFValue) -> StatusInfo:
    """Read an info object; anything that is not an object gives an empty ``StatusInfo``, a bare string its code."""
    if isinstance(value, str):
        value = {"code": value}
    members: Mapping[str, AMFValue] = value if isinstance(value, Mapping) else {}
    return StatusInfo(
        level=plain_text(members.get("level")),
        code=plain_text(members.get("code")),
        description=plain_text(members.get("description")),
        members=members,
    )


def number_of(value: AMFValue, default: int = 0) -> int:
    """Turn a remote AMF number into an integer; NaN, infinities and other types give ``default``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return int(value)


def plain_text(value: AMFValue) -> str:
    """Make a remote value fit for people: printable, of bounded length; empty when it is neither text nor a number."""
    if isinstance(value, str):
        return "".join(character for character in value[:MAX_TEXT_LENGTH] if character.isprintable())
    if isinstance(value, float | int) and not isinstance(value, bool):
        return str(number_of(value))
    return ""


def fourccs_of(value: AMFValue) -> tuple[str, ...]:
    """Give the codecs in a remote array, ``"*"`` for all of them; empty when it is none."""
    if not isinstance(value, list):
        return ()
    return tuple(plain_text(item) for item in value if isinstance(item, str) and len(item) <= FOURCC_LENGTH)

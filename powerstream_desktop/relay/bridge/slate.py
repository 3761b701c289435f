"""The slate: a short moving picture that the engine leaves for the time in which it is away (broadcasters.md 6, #1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.file import FLVReader
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_video
from powerstream_desktop.rtmp.messages import MessageType

MAX_SLATE_PICTURES = 1_000
MIN_SLATE_MS = 500


@dataclass(frozen=True, slots=True)
class SlatePicture:
    """One picture: its time in ms from the first one's, its tag body and what that is."""

    at_ms: int
    payload: bytes
    info: TagInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Slate:
    """One closed group of pictures to be shown in a loop.

    Attributes:
        header: the video header's tag body; only a stream with the very same header can show the slate.
        pictures: a key frame, then those that refer to it, in decoding order.
        length_ms: when the loop begins anew.
    """

    header: bytes
    pictures: tuple[SlatePicture, ...]
    length_ms: int

    @classmethod
    def read(cls, flv: bytes) -> Self:
        """Read a slate from an FLV file with one header and one group of pictures; sound in it is ignored.

        Raises:
            ProtocolError: this is no FLV, or no slate.
        """
        tags = [tag for tag in FLVReader().feed(flv) if tag.type == MessageType.VIDEO]
        seen = [(tag, classify_video(tag.payload)) for tag in tags]
        headers = [tag.payload for tag, info in seen if info.kind is TagKind.HEADER]
        frames = [(tag, info) for tag, info in seen if info.kind is TagKind.FRAME]
        keys = [number for number, (_, info) in enumerate(frames) if info.is_keyframe]
        if len(headers) != 1 or keys != [0] or not 2 <= len(frames) <= MAX_SLATE_PICTURES:
            raise ProtocolError("This file is no slate.", code="not-a-slate")
        first_ms, last_ms = frames[0][0].timestamp, frames[-1][0].timestamp
        length_ms = round((last_ms - first_ms) * len(frames) / (len(frames) - 1))
        if length_ms < MIN_SLATE_MS:
            raise ProtocolError("This slate is too short.", code="not-a-slate", detail=f"{length_ms} ms")
        pictures = tuple(SlatePicture(tag.timestamp - first_ms, tag.payload, info) for tag, info in frames)
        return cls(header=headers[0], pictures=pictures, length_ms=length_ms)

"""Tags between the program and the relay: bounded in media time, always beginning at a key frame. Pure.

While there is no connection nothing is kept but the stream's description and codec headers; when one opens, they go first,
with the time of the key frame that follows them (rtmp.md 1.15). When the relay does not take what we make, video is
dropped up to the next key frame and sound is kept; when even the sound piles up, all goes and the next key frame begins
anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import Enum
from typing import Final

from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.flv.metadata import classify_data, push_metadata
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video
from powerstream_desktop.rtmp.messages import MessageType

VIDEO_LIMIT_MS: Final = 2_000
LIMIT_MS: Final = 8_000


class _Flow(Enum):
    SHUT = "no connection"
    AWAITING_KEY = "connection open, nothing sent yet"
    FLOWING = "everything goes"
    SOUND_ONLY = "behind: video waits for a key frame"


class PublishQueue:
    """Tags that are made and not yet sent."""

    def __init__(self) -> None:
        self._flow = _Flow.SHUT
        self._tags: deque[FLVTag] = deque()
        self._preamble: dict[int, FLVTag] = {}
        # Both written by the owner and read by any thread, for the figures: whole numbers that are replaced.
        self.dropped_frames = 0
        self.span_ms = 0
        """Media time from the oldest to the newest tag waiting."""

    def __len__(self) -> int:
        return len(self._tags)

    def open(self) -> None:
        """Begin: the connection was accepted."""
        self._tags.clear()
        self._measure()
        self._flow = _Flow.AWAITING_KEY

    def shut(self) -> None:
        """Forget what waits: the connection is gone."""
        self._count_dropped()
        self._tags.clear()
        self._measure()
        self._flow = _Flow.SHUT

    def put(self, tags: Sequence[FLVTag]) -> None:
        """Take new tags in the order of their time."""
        for tag in tags:
            self._put(tag, _classify(tag))
        self._measure()
        if self.span_ms > LIMIT_MS:
            self._count_dropped()
            self.open()
        elif self.span_ms > VIDEO_LIMIT_MS and self._flow is _Flow.FLOWING:
            self._drop_video()

    def take(self, max_bytes: int) -> list[FLVTag]:
        """Return the oldest tags, and forget them: as many as have ``max_bytes`` together, at least one if any waits."""
        taken: list[FLVTag] = []
        size = 0
        while self._tags and size < max_bytes:
            taken.append(self._tags.popleft())
            size += len(taken[-1].payload)
        self._measure()
        return taken

    def _put(self, tag: FLVTag, info: TagInfo) -> None:
        if info.kind in {TagKind.HEADER, TagKind.METADATA}:
            self._preamble[tag.type] = tag
            if info.kind is TagKind.HEADER and self._flow in {_Flow.FLOWING, _Flow.SOUND_ONLY}:
                # Another encoder has taken over: what follows cannot be decoded without it.
                self._tags.append(tag)
            return
        is_video = tag.type == MessageType.VIDEO
        if self._flow is _Flow.SHUT:
            return
        if is_video and info.is_keyframe and self._flow is not _Flow.FLOWING:
            if self._flow is _Flow.AWAITING_KEY:
                self._put_preamble(tag.timestamp)
            self._flow = _Flow.FLOWING
        if self._flow is _Flow.FLOWING or (self._flow is _Flow.SOUND_ONLY and not is_video):
            self._tags.append(tag)
        elif is_video and self._flow is _Flow.SOUND_ONLY:
            self.dropped_frames += 1

    def _put_preamble(self, timestamp: int) -> None:
        for kind in (MessageType.DATA_AMF0, MessageType.VIDEO, MessageType.AUDIO):
            tag = self._preamble.get(kind)
            if tag is not None:
                payload = push_metadata(tag.payload) if kind == MessageType.DATA_AMF0 else tag.payload
                self._tags.append(FLVTag(kind, timestamp, payload))

    def _drop_video(self) -> None:
        """Drop the frames that wait, but no header: whatever follows needs it."""
        self._count_dropped()
        self._tags = deque(tag for tag in self._tags if not _is_frame(tag))
        self._measure()
        self._flow = _Flow.SOUND_ONLY

    def _measure(self) -> None:
        self.span_ms = max(0, self._tags[-1].timestamp - self._tags[0].timestamp) if self._tags else 0

    def _count_dropped(self) -> None:
        self.dropped_frames += sum(_is_frame(tag) for tag in self._tags)


def _is_frame(tag: FLVTag) -> bool:
    return tag.type == MessageType.VIDEO and classify_video(tag.payload).kind is TagKind.FRAME


def _classify(tag: FLVTag) -> TagInfo:
    match tag.type:
        case MessageType.VIDEO:
            return classify_video(tag.payload)
        case MessageType.AUDIO:
            return classify_audio(tag.payload)
        case _:
            return classify_data(tag.payload)

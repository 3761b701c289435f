"""What a program feeds, faked: encoders that count and publishers that remember."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.feed import Feed
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType

if TYPE_CHECKING:
    import av


@dataclass(frozen=True)
class Encoded:
    """A picture that an encoder was given."""

    frame: av.VideoFrame
    slot: int
    is_key: bool


class FakeOutput:
    """Makes a tag of a hundred bytes of each picture, and one of each piece of sound.

    Attributes:
        failure: what the next picture ends with.
        may_finish: until it is set, an encoder takes its time for what it still holds; it is, unless a test clears it.
        failure_at_end: what that ends with.
    """

    name = "fake"
    skipped = 3
    waiting = 1

    def __init__(self) -> None:
        self.pictures: list[Encoded] = []
        self.sounds: list[tuple[int, int]] = []
        self.bitrates: list[int] = []
        self.is_finished = False
        self.failure: Exception | None = None
        self.may_finish = threading.Event()
        self.may_finish.set()
        self.failure_at_end: Exception | None = None

    def encode_picture(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[FLVTag]:
        if self.failure is not None:
            raise self.failure
        self.pictures.append(Encoded(frame, slot, is_key))
        return [FLVTag(MessageType.VIDEO, slot, bytes(100))]

    def encode_sound(self, samples: Samples, position: int) -> list[FLVTag]:
        self.sounds.append((position, samples.shape[1]))
        return [FLVTag(MessageType.AUDIO, position, b"sound")]

    def set_bitrate(self, video_kbps: int) -> None:
        self.bitrates.append(video_kbps)

    def finish(self) -> list[FLVTag]:
        self.may_finish.wait()
        if self.failure_at_end is not None:
            raise self.failure_at_end
        self.is_finished = True
        return [FLVTag(MessageType.VIDEO, -1, b"last")]


class FakeSink:
    """Remembers what it was given."""

    dropped_frames = 5
    queue_ms = 7

    def __init__(self) -> None:
        self.tags: list[FLVTag] = []

    def put(self, tags: Sequence[FLVTag]) -> None:
        self.tags += tags


class FakeFeed:
    """A feed with both ends faked."""

    def __init__(self, rendition: Rendition = Rendition.LANDSCAPE, stopwatch: Clock = lambda: 0.0) -> None:
        self.output, self.sink = FakeOutput(), FakeSink()
        self.feed = Feed(
            rendition, self.output, self.sink, encoder=self.output, video_kbps=200, stopwatch=stopwatch
        )

"""A stream that is about to lose its publisher, and everything that happens to the two in the tests of bridging."""

from __future__ import annotations

import itertools
import math

from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import METADATA, PICTURE_HEADER, SOUND_HEADER, inter_frame, key_frame, sound
from tests.unit.relay.test_stream import Collector

A, V = MediaKind.AUDIO, MediaKind.VIDEO
FRAME_MS, GOP = 40, 25
AAC_FRAME_MS = 1024 / 48


class Scene:
    """A stream, a clock, a consumer, and a publisher with a clock of its own."""

    def __init__(self) -> None:
        self.now = 100.0
        self.stream = Stream("program", lambda: self.now)
        self.consumer = Collector()
        self.stream.attach(self.consumer)
        self._wake_at: float | None = None
        self._sent = 0
        self._sounds = 0

    def publish(self, *, picture: bytes = PICTURE_HEADER, sound_header: bytes = SOUND_HEADER) -> None:
        """Let a publisher come, whose clock starts at 0, and send its headers."""
        self._sent = self._sounds = 0
        self.stream.start_publish()
        self.stream.take_metadata(METADATA, self.now)
        self.stream.take_video(0, picture, self.now)
        self.stream.take_audio(0, sound_header, self.now)
        self.stream.flush(self.now)

    def send(self, frames: int, *, fps: float = 25.0, tag: int = 0) -> None:
        """Send pictures, a key frame each second, and the sound beside them."""
        for _ in range(frames):
            at_ms = self._sent * FRAME_MS
            make = inter_frame if self._sent % GOP else key_frame
            self.stream.take_video(at_ms, make(tag), self.now)
            while self._sounds * AAC_FRAME_MS < at_ms + FRAME_MS:
                self.stream.take_audio(int(self._sounds * AAC_FRAME_MS), sound(tag), self.now)
                self._sounds += 1
            self.stream.flush(self.now)
            self._sent += 1
            self.wait(1 / fps)

    def vanish(self) -> None:
        """Lose the publisher; the server looks at once what is to be done."""
        self.stream.pause_publish()
        self._wake_at = self.stream.keep_up(self.now)

    def skip(self, frames: int) -> None:
        """Let the publisher's clock run on while it sends nothing."""
        self._sent += frames
        self._sounds = max(self._sounds, math.ceil(self._sent * FRAME_MS / AAC_FRAME_MS))

    def wait(self, seconds: float) -> None:
        """Let time pass, with the timer that the server has."""
        until = self.now + seconds
        while True:
            if self._wake_at is None or self._wake_at <= self.now:
                self._wake_at = self.stream.keep_up(self.now)
            if self._wake_at is None or self._wake_at > until:
                break
            self.now = self._wake_at
        self.now = until

    def frames(self, kind: MediaKind) -> list[MediaPacket]:
        return [p for p in self.consumer.packets if p.kind is kind and p.info.kind is TagKind.FRAME]

    def headers(self, kind: MediaKind) -> list[bytes]:
        return [
            p.payload for p in self.consumer.packets if p.kind is kind and p.info.kind is not TagKind.FRAME
        ]

    def assert_continuous(self) -> None:
        """No track steps back, pictures are shown in order, and no sound is missing."""
        for kind in (A, V):
            track = self.frames(kind)
            assert all(a.dts_ms < b.dts_ms for a, b in itertools.pairwise(track))
            assert [p.index for p in self.consumer.packets if p.kind is kind] == list(
                range(len([p for p in self.consumer.packets if p.kind is kind]))
            )
        steps = [b.dts_ms - a.dts_ms for a, b in itertools.pairwise(self.frames(A))]
        assert max(steps) <= 1.5 * AAC_FRAME_MS + 1
        assert min(steps) >= 0.5 * AAC_FRAME_MS - 1

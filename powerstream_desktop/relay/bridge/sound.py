"""The sound of a bridge: silence in the stream's own codec, frame behind frame without a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from powerstream_desktop.relay.bridge.frame import BridgedFrame
from powerstream_desktop.rtmp.flv.silence import SilentFrame, silent_frame
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

LONGEST_FILL_MS = 3_000
"""A publisher whose sound begins later than this behind its picture has a reason."""


class SilentTrack:
    """One audio track's silence. Time is counted in samples, so that rounding to milliseconds never adds up. Pure.

    Args:
        frame: what to send.
        after_ms: time of the frame before the first one.
    """

    def __init__(self, frame: SilentFrame, after_ms: int) -> None:
        self._frame = frame
        self._info = classify_audio(frame.payload)
        self._after_ms = after_ms
        self._count = 1

    @property
    def next_ms(self) -> int:
        """When the next frame is due."""
        return self._after_ms + self._count * self._frame.samples * 1000 // self._frame.rate

    @property
    def frame_ms(self) -> float:
        """How long one frame lasts."""
        return self._frame.samples * 1000 / self._frame.rate

    def due(self, until_ms: int) -> Iterator[BridgedFrame]:
        """Give out the frames up to a time, which is included."""
        while (at_ms := self.next_ms) <= until_ms:
            self._count += 1
            yield BridgedFrame(MediaKind.AUDIO, at_ms, self._frame.payload, self._info)

    def leap(self, to_ms: int) -> None:
        """Leave out what is due before a time."""
        if self.next_ms < to_ms:
            self._after_ms, self._count = to_ms, 0


def silent_tracks(headers: Iterable[MediaPacket], after_ms: int) -> list[SilentTrack]:
    """Return the silence of every audio track of a stream, behind a frame at ``after_ms``."""
    frames = (
        silent_frame(header.payload, header.info)
        for header in headers
        if header.kind is MediaKind.AUDIO and header.info.kind is TagKind.HEADER
    )
    return [SilentTrack(frame, after_ms) for frame in frames if frame is not None]


class SoundSeam:
    """Where the sound of a publisher that was cut in meets the silence before it: no overlap, no hole. Pure; used once.

    Args:
        headers: the publisher's headers; what is filled in is in its codec.
        after_ms: time of the last piece of silence.
    """

    def __init__(self, headers: Iterable[MediaPacket], after_ms: int) -> None:
        self._after_ms = after_ms
        self._tracks = silent_tracks(headers, after_ms)

    def join(self, at_ms: int) -> list[BridgedFrame] | None:
        """Return the silence to send before a first piece of sound, or ``None`` when it lies within what was sent.

        Half a frame is tolerated either way: the publisher's frames lie where they lie.
        """
        if not self._tracks:
            return [] if at_ms > self._after_ms else None
        half_ms = self._tracks[0].frame_ms / 2
        if at_ms < self._tracks[0].next_ms - half_ms:
            return None
        if at_ms - self._after_ms > LONGEST_FILL_MS:
            return []
        return [frame for track in self._tracks for frame in track.due(int(at_ms - half_ms))]

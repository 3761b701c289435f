"""The built-in receiver of the rehearsal: takes a stream like a platform would, and checks it instead of showing it.

It is a real RTMP server on loopback, so a rehearsal exercises everything but the way to the platform.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video

_HALF = 1 << 31
_WRAP = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverReport:
    """What arrived.

    Attributes:
        timestamps_back: media messages whose time lay before the one before them on the same track; 0 in a good stream.
        longest_gap_ms: longest distance between two pictures.
        key_interval_ms: longest distance between two key frames, 0 before the second.
        starts_with_key: True when every publish began with headers and a key frame, as platforms want it.
    """

    publishes: int
    video_frames: int
    audio_frames: int
    key_frames: int
    timestamps_back: int
    longest_gap_ms: int
    key_interval_ms: int
    starts_with_key: bool
    bytes_received: int


class Receiver:
    """A publish sink that counts frames and checks their times. Owner: its server, on one loop."""

    def __init__(self) -> None:
        self._publishes = 0
        self._video = _TrackCheck()
        self._audio = _TrackCheck()
        self._keys = _TrackCheck()
        self._bytes = 0
        self._header_seen = False
        self._expecting_key = True
        self._starts_with_key = True

    def start_publish(self) -> None:
        """A publisher begins; its clock may start anew."""
        self._publishes += 1
        self._header_seen = False
        self._expecting_key = True
        for track in (self._video, self._audio, self._keys):
            track.restart()

    def take_audio(self, timestamp: int, payload: bytes, now: float) -> None:  # noqa: ARG002 - the sink's signature
        """Check a sound message."""
        self._bytes += len(payload)
        if classify_audio(payload).kind is TagKind.FRAME:
            self._audio.take(timestamp)

    def take_video(self, timestamp: int, payload: bytes, now: float) -> None:  # noqa: ARG002 - the sink's signature
        """Check a picture message."""
        self._bytes += len(payload)
        info = classify_video(payload)
        if info.kind is TagKind.HEADER:
            self._header_seen = True
        elif info.kind is TagKind.FRAME:
            self._check_start(info)
            self._video.take(timestamp)
            if info.is_keyframe:
                self._keys.take(timestamp)

    def take_metadata(self, payload: bytes, now: float) -> None:  # noqa: ARG002 - the sink's signature
        """Count metadata."""
        self._bytes += len(payload)

    def take_data(self, payload: bytes, now: float) -> None:  # noqa: ARG002 - the sink's signature
        """Count other data."""
        self._bytes += len(payload)

    def flush(self, now: float) -> None:
        """Nothing waits here."""

    def keep_up(self, now: float) -> None:
        """Nothing stands in for a publisher here."""

    @property
    def bridged_since_s(self) -> None:
        """Nothing stands in for a publisher here."""
        return

    def pause_publish(self) -> None:
        """The publisher was lost; the report keeps what came."""

    def end_publish(self) -> None:
        """The publisher said goodbye; the report keeps what came."""

    def report(self) -> ReceiverReport:
        """Return what has arrived so far."""
        return ReceiverReport(
            publishes=self._publishes,
            video_frames=self._video.count,
            audio_frames=self._audio.count,
            key_frames=self._keys.count,
            timestamps_back=self._video.steps_back + self._audio.steps_back,
            longest_gap_ms=self._video.longest_ms,
            key_interval_ms=self._keys.longest_ms,
            starts_with_key=self._starts_with_key,
            bytes_received=self._bytes,
        )

    def _check_start(self, info: TagInfo) -> None:
        if self._expecting_key:
            self._expecting_key = False
            if not (info.is_keyframe and self._header_seen):
                self._starts_with_key = False


class _TrackCheck:
    def __init__(self) -> None:
        self.count = 0
        self.steps_back = 0
        self.longest_ms = 0
        self._last: int | None = None

    def restart(self) -> None:
        self._last = None

    def take(self, timestamp: int) -> None:
        self.count += 1
        if self._last is not None:
            step = (timestamp - self._last) % _WRAP
            if step >= _HALF:
                self.steps_back += 1
            else:
                self.longest_ms = max(self.longest_ms, step)
        self._last = timestamp

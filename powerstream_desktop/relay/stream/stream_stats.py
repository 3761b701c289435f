"""What the publisher really sends, measured from its packets: rates, key frames, sound against picture.

Counting happens once per burst and adds up integers; everything that divides or parses waits until somebody asks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.formats import PictureFormat, SoundFormat, picture_format, sound_format
from powerstream_desktop.rtmp.flv.tags import TagInfo
from powerstream_desktop.rtmp.packet import MediaPacket

WINDOW_S: Final = 5.0
_MARK_EVERY_S: Final = 0.25
_JITTER_SHARE: Final = 1 / 16
"""Of the newest difference in the running mean, as RFC 3550 (6.4.1) has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStats:
    """A publisher's stream over the last five seconds.

    Attributes:
        video_kbps, audio_kbps: kilobits per second of media time, RTMP's own bytes left out.
        fps: pictures per second of media time.
        key_frame_interval_s: between the two newest key frames; None before there are two.
        longest_key_frame_interval_s: between any two since the publisher came.
        gop_frames: pictures from one of the two newest key frames to the other; None before there are two.
        av_skew_ms: how far sound is ahead of the picture that arrives together with it; negative when it is behind. None
            unless both come.
        jitter_ms: mean change of how long pictures are on their way.
        picture, sound: what the headers say; None when they do not.
    """

    video_kbps: int
    audio_kbps: int
    fps: float
    key_frame_interval_s: float | None
    longest_key_frame_interval_s: float | None
    gop_frames: int | None
    av_skew_ms: int | None
    jitter_ms: float
    picture: PictureFormat | None
    sound: SoundFormat | None


class _Mark(NamedTuple):
    """The counters at one moment."""

    arrived_s: float
    video_bytes: int
    audio_bytes: int
    frames: int
    video_ms: int
    audio_ms: int


class StatsMeter:
    """Counts one publisher's packets. Pure; owned by the stream's loop."""

    def __init__(self) -> None:
        self.start_session()
        self._picture: tuple[MediaPacket | None, PictureFormat | None] = (None, None)
        self._sound: tuple[MediaPacket | None, SoundFormat | None] = (None, None)

    def start_session(self) -> None:
        """A publisher begins: forget its predecessor."""
        self._marks: deque[_Mark] = deque()
        self._video_bytes = self._audio_bytes = self._frames = 0
        self._video_ms = self._audio_ms = 0
        self._key_ms: int | None = None
        self._key_frames_before = 0
        self._interval_ms: int | None = None
        self._longest_interval_ms: int | None = None
        self._gop_frames: int | None = None
        self._transit_ms: float | None = None
        self._jitter_ms = 0.0

    def add(self, burst: Burst) -> None:
        """Count the packets of one read."""
        if burst.newest_sound is not None:
            if not self._audio_bytes:
                self._marks.clear()  # the window begins where both tracks are there
            self._audio_bytes += burst.sound_bytes
            self._audio_ms = burst.newest_sound.dts_ms
        for picture in burst.pictures:
            self._add_picture(picture)
        if not self._marks or burst.arrived_s - self._marks[-1].arrived_s >= _MARK_EVERY_S:
            self._mark(burst.arrived_s)

    def stats(
        self, now: float, *, picture: MediaPacket | None, sound: MediaPacket | None
    ) -> StreamStats | None:
        """Return the figures of the window that ends at ``now``; None while there are too few.

        Args:
            now: monotonic seconds.
            picture: the video header in force.
            sound: the audio header in force.
        """
        self._forget(now)
        if len(self._marks) < 2:
            return None
        first, last = self._marks[0], self._marks[-1]
        video_ms, audio_ms = last.video_ms - first.video_ms, last.audio_ms - first.audio_ms
        return StreamStats(
            video_kbps=_rate(8 * (last.video_bytes - first.video_bytes), video_ms),
            audio_kbps=_rate(8 * (last.audio_bytes - first.audio_bytes), audio_ms),
            fps=round(1000 * (last.frames - first.frames) / video_ms, 2) if video_ms > 0 else 0.0,
            key_frame_interval_s=_seconds(self._interval_ms),
            longest_key_frame_interval_s=_seconds(self._longest_interval_ms),
            gop_frames=self._gop_frames,
            av_skew_ms=self._skew_ms() if video_ms > 0 and audio_ms > 0 else None,
            jitter_ms=round(self._jitter_ms, 1),
            picture=self._picture_format(picture),
            sound=self._sound_format(sound),
        )

    def _add_picture(self, packet: MediaPacket) -> None:
        self._video_bytes += len(packet.payload)
        info = packet.info
        if info.track:
            return
        if not self._frames:
            self._marks.clear()
        dts_ms = packet.dts_ms
        if info.is_keyframe:
            if self._key_ms is not None:
                self._interval_ms = dts_ms - self._key_ms
                self._longest_interval_ms = max(self._interval_ms, self._longest_interval_ms or 0)
                self._gop_frames = self._frames - self._key_frames_before
            self._key_ms, self._key_frames_before = dts_ms, self._frames
        self._frames += 1
        self._video_ms = dts_ms
        transit_ms = packet.arrived_s * 1000 - dts_ms
        if self._transit_ms is not None:
            self._jitter_ms += (abs(transit_ms - self._transit_ms) - self._jitter_ms) * _JITTER_SHARE
        self._transit_ms = transit_ms

    def _mark(self, now: float) -> None:
        self._marks.append(
            _Mark(now, self._video_bytes, self._audio_bytes, self._frames, self._video_ms, self._audio_ms)
        )
        self._forget(now)

    def _forget(self, now: float) -> None:
        while self._marks and now - self._marks[0].arrived_s > WINDOW_S:
            self._marks.popleft()

    def _skew_ms(self) -> int:
        """Return the mean over the window: a single look is off by up to a frame of either track."""
        return round(sum(mark.audio_ms - mark.video_ms for mark in self._marks) / len(self._marks))

    def _picture_format(self, header: MediaPacket | None) -> PictureFormat | None:
        if header is not self._picture[0]:
            self._picture = (header, _described(header, picture_format))
        return self._picture[1]

    def _sound_format(self, header: MediaPacket | None) -> SoundFormat | None:
        if header is not self._sound[0]:
            self._sound = (header, _described(header, sound_format))
        return self._sound[1]


FormatT = TypeVar("FormatT", PictureFormat, SoundFormat)


def _described(
    header: MediaPacket | None, describe: Callable[[bytes, TagInfo], FormatT | None]
) -> FormatT | None:
    """Return what a header says; None when there is none or it cannot be read, which is no reason to stop counting."""
    if header is None:
        return None
    try:
        return describe(header.payload, header.info)
    except ProtocolError:
        return None


def _rate(bits: int, duration_ms: int) -> int:
    """Return kilobits per second, which is bits per millisecond."""
    return round(bits / duration_ms) if duration_ms > 0 else 0


def _seconds(duration_ms: int | None) -> float | None:
    return duration_ms / 1000 if duration_ms is not None else None

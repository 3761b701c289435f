"""What is known of a media file once it was looked into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import BugError

MAX_SIDE_PX: Final = 8192
"""The widest and highest picture that is taken (reliability_security.md 3.12)."""
_MAX_MS: Final = 366 * 24 * 3600 * 1000
_MAX_WORD: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """What is in a media file.

    Attributes:
        duration_ms: of the longest track.
        size_bytes: of the file.
        container: ``mp4``, ``mkv``, ``flv`` or ``ts``.
        width, height: in pixels, as a player shows them: turned, if the file says that it is to be turned.
        fps: pictures a second on average; 0 if the file does not tell.
        video_codec: such as ``h264``.
        audio_codec: such as ``aac``; empty without sound.
        audio_channels, sample_rate: of the first sound track; 0 without sound.
        bitrate_kbps: of the whole file.
        recorded_at_ms: when it was recorded, by its own word, in milliseconds since 1970; None if it does not say.
    """

    duration_ms: int
    size_bytes: int
    container: str
    width: int
    height: int
    fps: float
    video_codec: str
    audio_codec: str = ""
    audio_channels: int = 0
    sample_rate: int = 0
    bitrate_kbps: int = 0
    recorded_at_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no file can be: the facts come from a process that has read a stranger's file."""
        numbers_are_right = (
            0 <= self.duration_ms <= _MAX_MS
            and self.size_bytes >= 0
            and 0 < self.width <= MAX_SIDE_PX
            and 0 < self.height <= MAX_SIDE_PX
            and 0 <= self.fps <= 1000
            and 0 <= self.audio_channels <= 64
            and 0 <= self.sample_rate <= 768_000
            and self.bitrate_kbps >= 0
        )
        words = (self.container, self.video_codec, self.audio_codec)
        if not numbers_are_right or any(len(word) > _MAX_WORD or not word.isprintable() for word in words):
            raise BugError("What was found out about a media file cannot be.")

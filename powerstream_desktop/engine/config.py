"""What the engine is asked to do: one frozen value, checked before a process is started for it.

Knows neither PyAV nor numpy: the service and the command line build it (DESIGN 2).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

SCREEN: Final = "screen"
"""The source that is an X11 screen."""
TEST: Final = "test"
"""The source that is the test picture."""

KEYFRAME_INTERVAL_S: Final = 2
"""Platforms ask for a key frame every two seconds; one that gets none never goes live (broadcasters.md 3.6)."""

_MIN_SIDE, _MAX_WIDTH, _MAX_HEIGHT = 64, 3840, 2160
_MAX_FPS = 120
_MIN_KBPS, _MAX_KBPS = 100, 60_000


class Latency(StrEnum):
    """What the encoder trades: ``low`` answers at once, ``normal`` looks ahead a third of a second for a better picture."""

    NORMAL = "normal"
    LOW = "low"


class SoundChoice(StrEnum):
    """Where the sound comes from; ``auto`` is the file's own sound, the tone beside the test picture, otherwise silence."""

    AUTO = "auto"
    FILE = "file"
    TONE = "tone"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle of the screen, in pixels from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.x < 0 or self.y < 0 or self.width < 2 or self.height < 2:
            raise UserError(
                f"A screen region of {self.width}x{self.height} at {self.x},{self.y} cannot be captured.",
                hint="Give a region with positive size that begins inside the screen.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfig:
    """One program: what is shown and heard, how it is encoded, where it is published.

    Attributes:
        source: ``"screen"``, ``"test"``, or the path of a media file, which is played in a loop.
        publish_url: RTMP URL of the relay's application on this machine, without the key: ``rtmp://127.0.0.1:1935/live``.
        publish_key: the key the relay expects.
        display: X11 display name such as ``":0"``; empty for that of the environment.
        region: part of the screen to capture; ``None`` for the whole screen.
        width: of the program in pixels, even.
        height: of the program in pixels, even.
        fps: program rate, whole frames a second, so that a key frame every two seconds is exact.
        video_bitrate_kbps: constant rate of the video in kbit/s; also the size of the rate buffer (one second).
        latency: see ``Latency``.
        sound: see ``SoundChoice``.

    Raises:
        UserError: a value is out of range; the sentence names it.
    """

    source: str
    publish_url: str
    publish_key: Secret
    display: str = ""
    region: Region | None = None
    width: int = 1280
    height: int = 720
    fps: int = 30
    video_bitrate_kbps: int = 4500
    latency: Latency = Latency.NORMAL
    sound: SoundChoice = SoundChoice.AUTO

    def __post_init__(self) -> None:
        _check_picture(self.width, self.height, self.fps)
        _check_bitrate(self.video_bitrate_kbps)
        _check_source(self)
        _check_publish_url(self.publish_url)
        if not self.publish_key:
            raise UserError("The engine was given no key to publish with.")

    @property
    def is_file(self) -> bool:
        """True when the source is a media file."""
        return self.source not in {SCREEN, TEST}

    @property
    def keyframe_interval(self) -> int:
        """Frames from one key frame to the next."""
        return KEYFRAME_INTERVAL_S * self.fps

    @property
    def resolved_sound(self) -> SoundChoice:
        """The sound with ``auto`` decided."""
        if self.sound is not SoundChoice.AUTO:
            return self.sound
        if self.is_file:
            return SoundChoice.FILE
        return SoundChoice.TONE if self.source == TEST else SoundChoice.SILENCE


def _check_picture(width: int, height: int, fps: int) -> None:
    if not (_MIN_SIDE <= width <= _MAX_WIDTH and _MIN_SIDE <= height <= _MAX_HEIGHT):
        raise UserError(
            f"A picture of {width}x{height} is outside what can be sent.",
            hint=f"Choose a size from {_MIN_SIDE}x{_MIN_SIDE} to {_MAX_WIDTH}x{_MAX_HEIGHT}, such as 1280x720.",
        )
    if width % 2 or height % 2:
        raise UserError(
            f"A picture of {width}x{height} cannot be encoded.",
            hint="Width and height must be even numbers.",
        )
    if not 1 <= fps <= _MAX_FPS:
        raise UserError(
            f"{fps} frames a second is outside what can be sent.",
            hint=f"Choose 1 to {_MAX_FPS}, usually 30 or 60.",
        )


def _check_bitrate(kbps: int) -> None:
    if not _MIN_KBPS <= kbps <= _MAX_KBPS:
        raise UserError(
            f"A video bitrate of {kbps} kbit/s is outside what can be sent.",
            hint=f"Choose {_MIN_KBPS} to {_MAX_KBPS}; 4500 suits 1280x720 at 30 frames a second.",
        )


def _check_source(config: EngineConfig) -> None:
    if not config.source:
        raise UserError("No source was chosen.", hint="Choose the screen, the test picture or a media file.")
    if "://" in config.source:
        raise UserError(
            "A network address cannot be a source.",
            hint="Choose the screen, the test picture or a media file on this machine.",
        )
    if config.sound is SoundChoice.FILE and not config.is_file:
        raise UserError(
            "There is no file to take the sound from.",
            hint="Choose a media file as the source, or the tone or silence as the sound.",
        )
    if config.source != SCREEN and (config.display or config.region):
        raise UserError("A display or a screen region was given, but the source is not the screen.")


def _check_publish_url(url: str) -> None:
    """Accept loopback only: the engine publishes to our own relay, and its key must not leave the machine in the clear."""
    parts = urlsplit(url)
    if parts.scheme != "rtmp" or not _is_loopback(parts) or not parts.path.strip("/"):
        raise UserError(
            "The engine publishes to the relay on this machine only.",
            hint="The address must look like rtmp://127.0.0.1:1935/live.",
        )


def _is_loopback(parts: SplitResult) -> bool:
    try:
        _ = parts.port
        return parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False

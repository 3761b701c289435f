"""How the pictures of one rendition are encoded: one frozen value, checked before anything is opened for it.

Knows neither PyAV nor numpy: the service and the command line build it (DESIGN 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import UserError

KEYFRAME_INTERVAL_S: Final = 2
"""Platforms ask for a key frame every two seconds; one that gets none never goes live (broadcasters.md 3.6)."""

MIN_SIDE: Final = 64
MAX_LONG_SIDE: Final = 3840
MAX_SHORT_SIDE: Final = 2160
MAX_FPS: Final = 120
MIN_KBPS: Final = 100
MAX_KBPS: Final = 60_000


class Latency(StrEnum):
    """What the encoder trades: ``low`` answers at once, ``normal`` looks ahead half a second for a better picture."""

    NORMAL = "normal"
    LOW = "low"


class Codec(StrEnum):
    """What the pictures are compressed to. Every platform takes H.264; few take the others (``platforms.toml`` says which)."""

    H264 = "h264"
    HEVC = "hevc"
    AV1 = "av1"


class EncoderChoice(StrEnum):
    """Which encoder makes the pictures; ``auto`` takes the best that is proved to work."""

    AUTO = "auto"
    X264 = "x264"
    X265 = "x265"
    SVT_AV1 = "svt-av1"
    NVENC = "nvenc"
    QSV = "qsv"
    AMF = "amf"
    VIDEOTOOLBOX = "videotoolbox"
    MEDIA_FOUNDATION = "mf"


SOFTWARE: Final[Mapping[Codec, EncoderChoice]] = {
    Codec.H264: EncoderChoice.X264,
    Codec.HEVC: EncoderChoice.X265,
    Codec.AV1: EncoderChoice.SVT_AV1,
}
"""The encoder that needs no hardware, for each codec: it works everywhere, so it is the last to fall back on."""

_CODECS: Final[Mapping[EncoderChoice, frozenset[Codec]]] = {
    EncoderChoice.AUTO: frozenset(Codec),
    **{choice: frozenset({codec}) for codec, choice in SOFTWARE.items()},
    EncoderChoice.NVENC: frozenset(Codec),
    EncoderChoice.QSV: frozenset(Codec),
    EncoderChoice.AMF: frozenset(Codec),
    EncoderChoice.VIDEOTOOLBOX: frozenset({Codec.H264, Codec.HEVC}),
    EncoderChoice.MEDIA_FOUNDATION: frozenset({Codec.H264, Codec.HEVC}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoSettings:
    """The encode of one rendition.

    Attributes:
        width: in pixels, even.
        height: in pixels, even.
        fps: whole frames a second, so that a key frame every two seconds is exact.
        bitrate_kbps: constant rate in kbit/s; also the size of the rate buffer (one second).
        latency: see ``Latency``.
        codec: see ``Codec``.
        encoder: the user's choice; when it cannot be had, another one of the same codec is taken and said.

    Raises:
        UserError: a value is out of range; the sentence names it.
    """

    width: int = 1280
    height: int = 720
    fps: int = 30
    bitrate_kbps: int = 4500
    latency: Latency = Latency.NORMAL
    codec: Codec = Codec.H264
    encoder: EncoderChoice = EncoderChoice.AUTO

    def __post_init__(self) -> None:
        _check_size(self.width, self.height)
        if not 1 <= self.fps <= MAX_FPS:
            raise UserError(
                f"{self.fps} frames a second is outside what can be sent.",
                hint=f"Choose 1 to {MAX_FPS}, usually 30 or 60.",
            )
        check_bitrate(self.bitrate_kbps)
        if self.codec not in _CODECS[self.encoder]:
            raise UserError(
                f"The encoder {self.encoder.value} cannot make {self.codec.value}.",
                hint=f"Choose {SOFTWARE[self.codec].value}, or auto.",
            )

    @property
    def keyframe_interval(self) -> int:
        """Frames from one key frame to the next."""
        return KEYFRAME_INTERVAL_S * self.fps

    @property
    def reorders(self) -> bool:
        """True when pictures may be decoded in another order than they are shown."""
        return self.latency is Latency.NORMAL


def check_bitrate(bitrate_kbps: int) -> None:
    """Refuse a video bitrate that cannot be sent.

    Raises:
        UserError: it is out of range.
    """
    if not MIN_KBPS <= bitrate_kbps <= MAX_KBPS:
        raise UserError(
            f"A video bitrate of {bitrate_kbps} kbit/s is outside what can be sent.",
            hint=f"Choose {MIN_KBPS} to {MAX_KBPS}; 4500 suits 1280x720 at 30 frames a second.",
        )


def _check_size(width: int, height: int) -> None:
    if (
        min(width, height) < MIN_SIDE
        or max(width, height) > MAX_LONG_SIDE
        or min(width, height) > MAX_SHORT_SIDE
    ):
        raise UserError(
            f"A picture of {width}x{height} is outside what can be sent.",
            hint=f"Choose a size from {MIN_SIDE}x{MIN_SIDE} to {MAX_LONG_SIDE}x{MAX_SHORT_SIDE}, such as 1280x720.",
        )
    if width % 2 or height % 2:
        raise UserError(
            f"A picture of {width}x{height} cannot be encoded.",
            hint="Width and height must be even numbers.",
        )

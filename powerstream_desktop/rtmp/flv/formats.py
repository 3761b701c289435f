"""What a header tag says of picture and sound, for people, players and rules: size, profile, rate, channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import (
    AudioSpecificConfig,
    AVCConfig,
    HEVCConfig,
    OpusHead,
    codec_extradata,
)
from powerstream_desktop.rtmp.flv.picture_size import av1_picture_size, avc_picture_size, hevc_picture_size
from powerstream_desktop.rtmp.flv.tags import TagInfo

OPUS_RATE: Final = 48_000
AV1C_FIXED_BYTES: Final = 4
"""Of an av1C record; behind them stand OBUs."""

_AVC_PROFILES: Final = {
    66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High 10", 122: "High 4:2:2", 244: "High 4:4:4",
}  # fmt: skip
_HEVC_PROFILES: Final = {1: "Main", 2: "Main 10", 3: "Main Still Picture", 4: "Range Extensions"}
_AV1_PROFILES: Final = {0: "Main", 1: "High", 2: "Professional"}
_AAC_PROFILES: Final = {1: "Main", 2: "LC", 5: "HE", 29: "HE v2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFormat:
    """A video header's picture.

    Attributes:
        width, height: in pixels, as shown.
        profile: the codec's name for what a decoder must know, such as "High"; empty when it has no name.
    """

    width: int
    height: int
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFormat:
    """An audio header's sound.

    Attributes:
        sample_rate: of the decoded sound, in Hz.
        channels: how many; 0 when only the frames say.
        profile: as for a picture.
    """

    sample_rate: int
    channels: int
    profile: str


def picture_format(payload: bytes, info: TagInfo) -> PictureFormat | None:
    """Return what a video header tag describes; None for codecs whose header does not say, or is none of ours.

    Args:
        payload: the body of a header tag.
        info: its classification, of kind ``HEADER``.

    Raises:
        CodecConfigError: the settings are broken.
    """
    settings = codec_extradata(payload, info)
    match info.codec:
        case "avc1":
            avc = AVCConfig.parse(settings)
            size, profile = avc_picture_size(_first(avc.sps)), _AVC_PROFILES.get(avc.profile, "")
        case "hvc1":
            hevc = HEVCConfig.parse(settings)
            size, profile = hevc_picture_size(_first(hevc.sps)), _HEVC_PROFILES.get(hevc.profile, "")
        case "av01" if len(settings) > AV1C_FIXED_BYTES:
            size = av1_picture_size(settings[AV1C_FIXED_BYTES:])
            profile = _AV1_PROFILES.get(settings[1] >> 5, "")
        case _:
            return None
    return PictureFormat(width=size.width, height=size.height, profile=profile)


def sound_format(payload: bytes, info: TagInfo) -> SoundFormat | None:
    """Return what an audio header tag describes; None for codecs whose header does not say, or is none of ours.

    Args:
        payload: the body of a header tag.
        info: its classification, of kind ``HEADER``.

    Raises:
        CodecConfigError: the settings are broken.
    """
    settings = codec_extradata(payload, info)
    match info.codec:
        case "mp4a":
            aac = AudioSpecificConfig.parse(settings)
            profile = _AAC_PROFILES.get(aac.object_type, "")
            return SoundFormat(sample_rate=aac.sample_rate, channels=aac.channels, profile=profile)
        case "Opus":
            return SoundFormat(sample_rate=OPUS_RATE, channels=OpusHead.parse(settings).channels, profile="")
        case _:
            return None


def _first(sets: tuple[bytes, ...]) -> bytes:
    if not sets:
        raise CodecConfigError("settings without a sequence parameter set")
    return sets[0]

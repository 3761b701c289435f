"""What an MP4 has to know of a track, read from the stream's header packets; which codecs can be played at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from powerstream_desktop.common.errors import PeerError
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.config import AudioSpecificConfig, AVCConfig, HEVCConfig, codec_extradata
from powerstream_desktop.rtmp.flv.formats import AV1C_FIXED_BYTES, OPUS_RATE, picture_format, sound_format
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

PICTURE_CODECS: Final = frozenset({"avc1", "hvc1", "av01"})
SOUND_CODECS: Final = frozenset({"mp4a", "Opus"})
"""What browsers and Qt play from fragmented MP4."""

_AAC_SAMPLES: Final = 1024
_AAC_WITH_SBR: Final = frozenset({5, 29})
_OPUS_SAMPLES: Final = 960
"""20 ms, as every encoder sends it; others only cost the last frame of a segment its exact length."""


class UnplayableError(PeerError):
    """A track that no player of HLS could play."""

    def __init__(self, title: str, *, detail: str = "") -> None:
        super().__init__(title, code="unplayable", hint="Choose H.264 and AAC in the encoder.", detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTrack:
    """The picture.

    Attributes:
        codec: FourCC of the sample entry.
        settings: avcC, hvcC or av1C.
        codec_string: the codec as browsers want it named (RFC 6381).
        nal_length_size: bytes of a NAL unit's length prefix; of no meaning for AV1.
        width, height: in pixels.
    """

    codec: str
    settings: bytes
    codec_string: str
    nal_length_size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTrack:
    """The sound.

    Attributes:
        codec: FourCC as in ``TagInfo.codec``.
        settings: AudioSpecificConfig or OpusHead.
        codec_string: the codec as browsers want it named (RFC 6381).
        sample_rate: of the decoded sound in Hz, and the unit of its times.
        channels: how many; 2 when the settings leave it open.
        frame_samples: samples a frame usually decodes to.
    """

    codec: str
    settings: bytes
    codec_string: str
    sample_rate: int
    channels: int
    frame_samples: int


Track: TypeAlias = PictureTrack | SoundTrack


def track_of(header: MediaPacket) -> Track:
    """Return the track that a header packet announces.

    Raises:
        UnplayableError: players do not know the codec, or the settings are broken.
    """
    is_picture = header.kind is MediaKind.VIDEO
    codec = header.info.codec
    if codec not in (PICTURE_CODECS if is_picture else SOUND_CODECS):
        what = "picture" if is_picture else "sound"
        raise UnplayableError(f"The {what}'s codec {codec} cannot be played in a browser or this window.")
    try:
        return _picture_track(header) if is_picture else _sound_track(header)
    except ProtocolError as error:
        raise UnplayableError(error.title, detail=error.detail) from error


def _picture_track(header: MediaPacket) -> PictureTrack:
    codec = header.info.codec
    settings = codec_extradata(header.payload, header.info)
    shown = picture_format(header.payload, header.info)
    if shown is None:
        raise UnplayableError(f"The stream's {codec} settings do not say how large the picture is.")
    nal_length_size = 4
    if codec == "avc1":
        nal_length_size = AVCConfig.parse(settings).nal_length_size
        codec_string = f"avc1.{settings[1:4].hex()}"
    elif codec == "hvc1":
        nal_length_size = HEVCConfig.parse(settings).nal_length_size
        codec_string = _hevc_string(settings)
    else:
        codec_string = _av1_string(settings)
    return PictureTrack(
        codec=codec,
        settings=settings,
        codec_string=codec_string,
        nal_length_size=nal_length_size,
        width=shown.width,
        height=shown.height,
    )


def _sound_track(header: MediaPacket) -> SoundTrack:
    codec = header.info.codec
    settings = codec_extradata(header.payload, header.info)
    heard = sound_format(header.payload, header.info)
    if heard is None:
        raise UnplayableError(f"The stream's {codec} settings do not say how its sound is made.")
    codec_string, frame_samples = "opus", _OPUS_SAMPLES
    if codec == "mp4a":
        object_type = AudioSpecificConfig.parse(settings).object_type
        codec_string = f"mp4a.40.{object_type}"
        frame_samples = _AAC_SAMPLES * (2 if object_type in _AAC_WITH_SBR else 1)
    return SoundTrack(
        codec=codec,
        settings=settings,
        codec_string=codec_string,
        sample_rate=OPUS_RATE if codec == "Opus" else heard.sample_rate,
        channels=heard.channels or 2,
        frame_samples=frame_samples,
    )


def _hevc_string(hvcc: bytes) -> str:
    """Return the name of ISO/IEC 14496-15 annex E: profile, compatibility in reverse bit order, tier, level, constraints."""
    space = ("", "A", "B", "C")[hvcc[1] >> 6]
    compatibility = int(f"{int.from_bytes(hvcc[2:6], 'big'):032b}"[::-1], 2)
    tier = "H" if hvcc[1] & 0x20 else "L"
    constraints = "".join(f".{byte:X}" for byte in hvcc[6:12].rstrip(b"\0"))
    return f"hvc1.{space}{hvcc[1] & 0x1F}.{compatibility:X}.{tier}{hvcc[12]}{constraints}"


def _av1_string(av1c: bytes) -> str:
    """Return profile, level, tier and bit depth as the AV1 binding to MP4 names them (section 5)."""
    if len(av1c) <= AV1C_FIXED_BYTES:
        raise UnplayableError("The stream's AV1 settings are incomplete.")
    profile, level = av1c[1] >> 5, av1c[1] & 0x1F
    tier = "H" if av1c[2] & 0x80 else "M"
    bit_depth = (12 if av1c[2] & 0x20 else 10) if av1c[2] & 0x40 else 8
    return f"av01.{profile}.{level:02}{tier}.{bit_depth:02}"

"""Decoder configurations as they stand in header tags: AVC, HEVC, AAC and Opus (rtmp.md 2.2, 2.3, 2.5).

The relay forwards these bytes without looking at them; the recorder, HLS and the player's description need a few fields.
Whatever is not a configuration raises ``CodecConfigError`` and nothing else.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, frame_body


@dataclass(frozen=True, slots=True, kw_only=True)
class AVCConfig:
    """An AVCDecoderConfigurationRecord.

    Attributes:
        profile: profile_idc, for instance 100 for High.
        compatibility: the byte of constraint flags.
        level: level_idc, ten times the level.
        nal_length_size: bytes of a NAL unit's length prefix, 1 to 4.
        sps: sequence parameter sets, without start codes.
        pps: picture parameter sets, without start codes.
    """

    profile: int
    compatibility: int
    level: int
    nal_length_size: int
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a record; a missing picture parameter set list and whatever follows the lists are tolerated.

        Raises:
            CodecConfigError: it is not such a record, or a parameter set is cut off.
        """
        if len(data) < 6 or data[0] != 1:
            raise CodecConfigError(f"not an AVC configuration: {data[:8].hex()}")
        sps, pos = _read_sets(data, 6, data[5] & 0x1F)
        pps, _ = _read_sets(data, pos + 1, data[pos]) if pos < len(data) else ((), pos)
        return cls(
            profile=data[1],
            compatibility=data[2],
            level=data[3],
            nal_length_size=(data[4] & 0x03) + 1,
            sps=sps,
            pps=pps,
        )


_HEVC_FIXED: Final = struct.Struct(">BBI6sBHBBBBHBB")
_HEVC_VPS: Final = 32
_HEVC_SPS: Final = 33
_HEVC_PPS: Final = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class HEVCConfig:
    """An HEVCDecoderConfigurationRecord.

    Attributes:
        profile: general_profile_idc, for instance 1 for Main, 2 for Main 10.
        is_high_tier: whether it is the High tier.
        level: general_level_idc, thirty times the level.
        bit_depth: bits of a luma sample.
        temporal_layers: number of temporal layers; 0 when unknown.
        nal_length_size: bytes of a NAL unit's length prefix, 1 to 4.
        vps: video parameter sets.
        sps: sequence parameter sets.
        pps: picture parameter sets.
    """

    profile: int
    is_high_tier: bool
    level: int
    bit_depth: int
    temporal_layers: int
    nal_length_size: int
    vps: tuple[bytes, ...]
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a record; parameter sets of other kinds (SEI messages) are skipped, trailing bytes tolerated.

        Raises:
            CodecConfigError: it is not such a record, or a parameter set is cut off.
        """
        if len(data) < _HEVC_FIXED.size or data[0] != 1:
            raise CodecConfigError(f"not an HEVC configuration: {data[:8].hex()}")
        _, profile, _, _, level, _, _, _, luma, _, _, layout, arrays = _HEVC_FIXED.unpack_from(data)
        sets: dict[int, tuple[bytes, ...]] = {}
        pos = _HEVC_FIXED.size
        for _ in range(arrays):
            if pos + 3 > len(data):
                raise CodecConfigError(f"HEVC configuration ends at an array: {len(data)} bytes")
            nal_type = data[pos] & 0x3F
            found, pos = _read_sets(data, pos + 3, int.from_bytes(data[pos + 1 : pos + 3], "big"))
            sets[nal_type] = sets.get(nal_type, ()) + found
        return cls(
            profile=profile & 0x1F,
            is_high_tier=bool(profile & 0x20),
            level=level,
            bit_depth=(luma & 0x07) + 8,
            temporal_layers=layout >> 3 & 0x07,
            nal_length_size=(layout & 0x03) + 1,
            vps=sets.get(_HEVC_VPS, ()),
            sps=sets.get(_HEVC_SPS, ()),
            pps=sets.get(_HEVC_PPS, ()),
        )


_MAX_SETS: Final = 256
"""Parameter sets of one kind; AVC's count cannot say more, and HEVC allows 64."""


def _read_sets(data: bytes, pos: int, count: int) -> tuple[tuple[bytes, ...], int]:
    """Read ``count`` parameter sets with 16-bit lengths; every turn consumes bytes or raises."""
    if count > _MAX_SETS:
        raise CodecConfigError(f"a configuration with {count} parameter sets of one kind")
    sets: list[bytes] = []
    for _ in range(count):
        first = pos + 2
        pos = first + int.from_bytes(data[pos:first], "big")
        if first > len(data) or pos > len(data):
            raise CodecConfigError(f"a parameter set reaches beyond the configuration's {len(data)} bytes")
        sets.append(data[first:pos])
    return tuple(sets), pos


_AAC_RATES: Final = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_AAC_EXPLICIT_RATE: Final = 15
_AAC_CHANNELS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8, 11: 7, 12: 8, 13: 24, 14: 8}
_AAC_LC: Final = 2
_AAC_SBR: Final = 5
_AAC_PS: Final = 29
_AAC_ESCAPE: Final = 31
_SYNC_SBR: Final = 0x2B7
_SYNC_PS: Final = 0x548


class AudioSpecificConfig(NamedTuple):
    """AAC's configuration: what a decoder puts out.

    Attributes:
        object_type: audio object type: 2 AAC-LC, 5 HE-AAC, 29 HE-AAC v2.
        sample_rate: of the decoded sound in Hz, with spectral band replication counted in.
        channels: number of channels; 0 when the stream itself describes them.
    """

    object_type: int
    sample_rate: int
    channels: int

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read an AudioSpecificConfig, also one whose HE-AAC part is a backward compatible appendix.

        Raises:
            CodecConfigError: it is too short or names a reserved sampling rate.
        """
        bits = BitReader(data)
        object_type = read_aac_object_type(bits)
        sample_rate = read_aac_sample_rate(bits)
        channels = _AAC_CHANNELS.get(bits.read(4), 0)
        if object_type in (_AAC_SBR, _AAC_PS):
            sample_rate = read_aac_sample_rate(bits)
        elif object_type == _AAC_LC and channels:
            object_type, sample_rate = _read_appendix(bits, sample_rate)
        if object_type == _AAC_PS and channels == 1:
            channels = 2  # parametric stereo makes two of one
        return cls(object_type, sample_rate, channels)


def read_aac_object_type(bits: BitReader) -> int:
    """Read the audio object type at which ``bits`` stands."""
    object_type = bits.read(5)
    return 32 + bits.read(6) if object_type == _AAC_ESCAPE else object_type


def read_aac_sample_rate(bits: BitReader) -> int:
    """Read the sampling rate in Hz at which ``bits`` stands, as an index or in full.

    Raises:
        CodecConfigError: the index is reserved.
    """
    index = bits.read(4)
    if index == _AAC_EXPLICIT_RATE:
        rate = bits.read(24)
    else:
        rate = _AAC_RATES[index] if index < len(_AAC_RATES) else 0
    if rate == 0:
        raise CodecConfigError(f"reserved AAC sampling rate index {index}")
    return rate


def _read_appendix(bits: BitReader, sample_rate: int) -> tuple[int, int]:
    """Look behind an AAC-LC configuration for the sync words of HE-AAC; return object type and sampling rate."""
    # The first three bits: short frames, a core coder, extensions. With one of the latter more would stand in between.
    if bits.remaining < 20 or bits.read(3) & 0b011 or bits.read(11) != _SYNC_SBR:
        return _AAC_LC, sample_rate
    if read_aac_object_type(bits) != _AAC_SBR or not bits.read(1):
        return _AAC_LC, sample_rate
    sample_rate = read_aac_sample_rate(bits)
    if bits.remaining >= 12 and bits.read(11) == _SYNC_PS and bits.read(1):
        return _AAC_PS, sample_rate
    return _AAC_SBR, sample_rate


_OPUS_HEAD: Final = struct.Struct("<8sBBHIhB")
_OPUS_MAGIC: Final = b"OpusHead"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpusHead:
    """The identification header of RFC 7845, Opus' configuration in FLV.

    Attributes:
        channels: 1 to 255.
        pre_skip: samples at 48 kHz to drop from the start of the decoded sound.
        input_rate: sampling rate of the original sound in Hz, only informative; Opus always plays at 48 kHz.
        gain_q8: output gain in 1/256 dB.
        mapping: channel mapping family and, for any but family 0, its table; one zero byte for mono and stereo.
    """

    channels: int
    pre_skip: int = 312
    input_rate: int = 48_000
    gain_q8: int = 0
    mapping: bytes = b"\0"

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read an OpusHead.

        Raises:
            CodecConfigError: it is not one of major version 0, or its channel mapping is cut off.
        """
        if len(data) < _OPUS_HEAD.size:
            raise CodecConfigError(f"an OpusHead of {len(data)} bytes")
        magic, version, channels, pre_skip, input_rate, gain_q8, family = _OPUS_HEAD.unpack_from(data)
        if magic != _OPUS_MAGIC or version & 0xF0 or channels == 0:
            raise CodecConfigError(f"not an OpusHead: {data[:10].hex()}")
        mapping = data[_OPUS_HEAD.size - 1 :][: 1 if family == 0 else 3 + channels]
        if family and len(mapping) < 3 + channels:
            raise CodecConfigError(f"an OpusHead without a whole mapping for {channels} channels")
        if family == 0 and channels > 2:
            raise CodecConfigError(f"an OpusHead of family 0 with {channels} channels")
        return cls(
            channels=channels, pre_skip=pre_skip, input_rate=input_rate, gain_q8=gain_q8, mapping=mapping
        )

    def build(self) -> bytes:
        """Return the header's bytes."""
        head = _OPUS_HEAD.pack(_OPUS_MAGIC, 1, self.channels, self.pre_skip, self.input_rate, self.gain_q8, 0)
        return head[:-1] + self.mapping


_AV1_MARKER_AND_VERSION: Final = b"\x81"
_FLAC_MARKER: Final = b"fLaC"
_FLAC_STREAMINFO_SIZE: Final = 34


def codec_extradata(payload: bytes, info: TagInfo) -> bytes:
    """Return a header tag's decoder configuration in the form that libavformat expects as ``extradata``.

    Args:
        payload: the body of a header tag.
        info: its classification, of kind ``HEADER``.

    Returns:
        avcC, hvcC, vvcC or av1C, AudioSpecificConfig, OpusHead (the usual stereo one when the publisher left it out, which
        decodes mono and stereo alike), FLAC's STREAMINFO; empty for codecs that need none (VP8, VP9, MP3, AC-3).

    Raises:
        LocalProtocolError: ``info`` is not that of a header.
    """
    if info.kind is not TagKind.HEADER:
        raise LocalProtocolError("The codec settings were asked of a tag that holds none.", detail=str(info))
    body = bytes(frame_body(payload, info))
    match info.codec:
        case "avc1" | "hvc1" | "vvc1" | "mp4a":
            return body
        case "av01":  # an MPEG-2 TS video descriptor may stand here instead, which nobody takes as extradata
            return body if body.startswith(_AV1_MARKER_AND_VERSION) else b""
        case "Opus":
            return body if body.startswith(_OPUS_MAGIC) else OpusHead(channels=2).build()
        case "fLaC":  # with the marker and a block header by the specification, without them from FFmpeg 8
            start = 8 if body.startswith(_FLAC_MARKER) else 0
            return body[start : start + _FLAC_STREAMINFO_SIZE]
        case _:
            return b""

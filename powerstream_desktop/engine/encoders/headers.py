"""Decoder settings built from what an encoder says of itself: avcC, hvcC and av1C (rtmp.md 2.2, 2.5).

Encoders of ours make 4:2:0 with 8 bits and lengths of four bytes, so those fields are known without parsing.
"""

from __future__ import annotations

import struct
from typing import Final

from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError, without_emulation_prevention

_AVC_SPS: Final = 7
_AVC_PPS: Final = 8
_AVC_PROFILES_WITH_CHROMA: Final = frozenset({100, 110, 122, 144})
_HEVC_VPS: Final = 32
_HEVC_SPS: Final = 33
_HEVC_PPS: Final = 34
_HEVC_COMPLETE: Final = 0x80
_HEVC_TIER_LEVEL_BYTES: Final = 12

_AV1_SEQUENCE_HEADER: Final = 1
_AV1_MARKER: Final = 0x81
_AV1_LAST_LEVEL_WITHOUT_TIER: Final = 7
_AV1_CHROMA_LEFT_420: Final = 0b0000_1101
"""8 bits, colour, subsampled both ways, chroma sited left."""


def avc_headers(units: list[bytes]) -> bytes:
    """Return the AVCDecoderConfigurationRecord of the parameter sets among ``units``; empty when there are none."""
    sps = [unit for unit in units if unit[0] & 0x1F == _AVC_SPS]
    pps = [unit for unit in units if unit[0] & 0x1F == _AVC_PPS]
    if not sps or not pps:
        return b""
    profile, compatibility, level = sps[0][1:4]
    record = bytes((1, profile, compatibility, level, 0xFF, 0xE0 | len(sps)))
    record += b"".join(map(_sized, sps)) + bytes((len(pps),)) + b"".join(map(_sized, pps))
    if profile in _AVC_PROFILES_WITH_CHROMA:
        record += bytes((0xFC | 1, 0xF8, 0xF8, 0))  # 4:2:0, 8 bits twice, no SPS extensions
    return record


def hevc_headers(units: list[bytes]) -> bytes:
    """Return the HEVCDecoderConfigurationRecord of the parameter sets among ``units``; empty when there are none."""
    arrays = [
        (nal_type, [unit for unit in units if unit[0] >> 1 & 0x3F == nal_type])
        for nal_type in (_HEVC_VPS, _HEVC_SPS, _HEVC_PPS)
    ]
    if not all(sets for _, sets in arrays):
        return b""
    # Behind the NAL header: VPS id, number of sub-layers less 1, nesting flag, then the general profile, tier and level.
    sps = without_emulation_prevention(arrays[1][1][0])[2:]
    sub_layers, is_nested = (sps[0] >> 1 & 0x07) + 1, sps[0] & 1
    fixed = struct.pack(
        ">B12sHBBBBHB",
        1,
        sps[1 : 1 + _HEVC_TIER_LEVEL_BYTES],
        0xF000,
        0xFC,
        0xFC | 1,
        0xF8,
        0xF8,
        0,
        sub_layers << 3 | is_nested << 2 | 3,
    )
    return fixed + bytes((len(arrays),)) + b"".join(_hevc_array(*array) for array in arrays)


def av1_headers(obus: bytes) -> bytes:
    """Return the AV1CodecConfigurationRecord of the sequence header among ``obus``; empty when there is none.

    Raises:
        CodecConfigError: the sequence header is broken.
    """
    obu = _sequence_header_obu(obus)
    if not obu:
        return b""
    bits = BitReader(obu[_payload_offset(obu) :])
    profile = bits.read(3)
    bits.flag()  # still_picture
    if bits.flag():  # reduced_still_picture_header
        raise CodecConfigError("an AV1 still picture")
    level, tier = _first_operating_point(bits)
    return bytes((_AV1_MARKER, profile << 5 | level, tier << 7 | _AV1_CHROMA_LEFT_420, 0)) + obu


def _first_operating_point(bits: BitReader) -> tuple[int, int]:
    if bits.flag():  # timing_info_present_flag
        bits.read(64)
        if bits.flag():  # equal_picture_interval
            bits.exp_golomb()
        if bits.flag():  # decoder_model_info_present_flag
            bits.read(47)
    bits.flag()  # initial_display_delay_present_flag
    bits.read(5)  # operating_points_cnt_minus_1
    bits.read(12)  # operating_point_idc
    level = bits.read(5)
    return level, bits.read(1) if level > _AV1_LAST_LEVEL_WITHOUT_TIER else 0


def _sequence_header_obu(obus: bytes) -> bytes:
    pos = 0
    while pos < len(obus):
        if not obus[pos] & 0x02:
            raise CodecConfigError("an AV1 unit without its size")
        start = pos
        size, pos = _leb128(obus, pos + 1 + (obus[pos] >> 2 & 1))
        pos += size
        if obus[start] >> 3 & 0x0F == _AV1_SEQUENCE_HEADER:
            return obus[start:pos]
    return b""


def _payload_offset(obu: bytes) -> int:
    return _leb128(obu, 1 + (obu[0] >> 2 & 1))[1]


def _leb128(data: bytes, pos: int) -> tuple[int, int]:
    """Read a number of up to eight bytes of seven bits, the lowest first; return it and the position behind it."""
    value = 0
    for number in range(8):
        if pos >= len(data):
            break
        byte = data[pos]
        pos += 1
        value |= (byte & 0x7F) << 7 * number
        if not byte & 0x80:
            return value, pos
    raise CodecConfigError("an AV1 size that does not end")


def _hevc_array(nal_type: int, sets: list[bytes]) -> bytes:
    head = bytes((_HEVC_COMPLETE | nal_type,)) + len(sets).to_bytes(2, "big")
    return head + b"".join(map(_sized, sets))


def _sized(unit: bytes) -> bytes:
    return len(unit).to_bytes(2, "big") + unit

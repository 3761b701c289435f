"""How large the picture is: from sequence parameter sets of H.264 and HEVC and from sequence headers of AV1.

They are read only as far as the size needs; numbers in brackets are sections of the codecs' specifications. Whatever cannot
be read raises ``CodecConfigError`` and nothing else.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from powerstream_desktop.rtmp.flv.avc_sps import AVCSequence
from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError, without_emulation_prevention

_MAX_SIDE: Final = 16_384
_CHROMA_420, _CHROMA_422, _CHROMA_444 = 1, 2, 3
_CROP_UNITS: Final = {0: (1, 1), _CHROMA_420: (2, 2), _CHROMA_422: (2, 1), _CHROMA_444: (1, 1)}
"""Luma samples across and down that one unit of cropping takes, by chroma_format_idc."""


class PictureSize(NamedTuple):
    """Width and height in pixels, as shown."""

    width: int
    height: int


def avc_picture_size(nal: bytes) -> PictureSize:
    """Read a sequence parameter set of H.264 (7.3.2.1.1), NAL unit header included.

    Raises:
        CodecConfigError: it ends too early, or says what cannot be.
    """
    bits = BitReader(without_emulation_prevention(nal[1:]))
    sequence = AVCSequence.read(bits)
    fields = 1 if sequence.is_frames_only else 2
    if not sequence.is_frames_only:
        bits.flag()  # mb_adaptive_frame_field_flag
    bits.flag()  # direct_8x8_inference_flag
    across, down = _CROP_UNITS[0 if sequence.has_separate_planes else sequence.chroma_format]
    return _cropped(
        bits, sequence.width_mbs * 16, sequence.height_map_units * 16 * fields, across, down * fields
    )


def hevc_picture_size(nal: bytes) -> PictureSize:
    """Read a sequence parameter set of HEVC (7.3.2.2), NAL unit header included.

    Raises:
        CodecConfigError: it ends too early, or says what cannot be.
    """
    bits = BitReader(without_emulation_prevention(nal[2:]))
    bits.read(4)  # sps_video_parameter_set_id
    sub_layers = bits.read(3)
    bits.flag()  # sps_temporal_id_nesting_flag
    _skip_profile_tier_level(bits, sub_layers)
    bits.exp_golomb()  # sps_seq_parameter_set_id
    chroma = bits.exp_golomb()
    if chroma == _CHROMA_444 and bits.flag():  # separate_colour_plane_flag
        chroma = 0
    if chroma not in _CROP_UNITS:
        raise CodecConfigError(f"chroma_format_idc {chroma}")
    width, height = bits.exp_golomb(), bits.exp_golomb()
    across, down = _CROP_UNITS[chroma]
    return _cropped(bits, width, height, across, down)


def av1_picture_size(obus: bytes) -> PictureSize:
    """Find the sequence header among low-overhead OBUs, as those of an av1C record, and read it (5.5.1).

    The size is the largest a frame of the stream may have, which is the one encoders use.

    Raises:
        CodecConfigError: there is none, or it ends too early.
    """
    bits = BitReader(_av1_sequence_header(obus))
    bits.read(4)  # seq_profile, still_picture
    if bits.flag():  # reduced_still_picture_header
        bits.read(5)
    else:
        _skip_av1_operating_points(bits)
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    width, height = bits.read(width_bits) + 1, bits.read(height_bits) + 1
    return _checked(width, height)


def _skip_profile_tier_level(bits: BitReader, sub_layers: int) -> None:
    """Skip HEVC's profile_tier_level(1, sub_layers) (7.3.3)."""
    bits.read(88)
    bits.read(8)
    present = [(bits.flag(), bits.flag()) for _ in range(sub_layers)]
    if sub_layers:
        bits.read(2 * (8 - sub_layers))
    for has_profile, has_level in present:
        bits.read(88 * has_profile + 8 * has_level)


def _cropped(bits: BitReader, width: int, height: int, unit_width: int, unit_height: int) -> PictureSize:
    """Read the cropping rectangle, which H.264 and HEVC write alike: left, right, top, bottom."""
    if bits.flag():
        left, right, top, bottom = (bits.exp_golomb() for _ in range(4))
        width -= (left + right) * unit_width
        height -= (top + bottom) * unit_height
    return _checked(width, height)


def _checked(width: int, height: int) -> PictureSize:
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise CodecConfigError(f"a picture of {width} x {height} pixels")
    return PictureSize(width, height)


_OBU_SEQUENCE_HEADER: Final = 1
_MAX_OBUS: Final = 16
_LEB128_BYTES: Final = 8
_LAST_LEVEL_WITHOUT_TIER: Final = 7


def _av1_sequence_header(obus: bytes) -> bytes:
    bits = BitReader(obus)
    for _ in range(_MAX_OBUS):
        bits.flag()  # obu_forbidden_bit
        obu_type, has_extension, has_size = bits.read(4), bits.flag(), bits.flag()
        bits.read(1 + 8 * has_extension)
        size = _leb128(bits) if has_size else bits.remaining // 8
        body = bits.read(8 * size)
        if obu_type == _OBU_SEQUENCE_HEADER:
            return body.to_bytes(size, "big")
    raise CodecConfigError("AV1 settings without a sequence header")


def _leb128(bits: BitReader) -> int:
    value = 0
    for number in range(_LEB128_BYTES):
        has_more, low = bits.flag(), bits.read(7)
        value |= low << 7 * number
        if not has_more:
            break
    return value


def _skip_av1_operating_points(bits: BitReader) -> None:
    delay_bits = 0
    if bits.flag():  # timing_info_present_flag
        bits.read(64)
        if bits.flag():  # equal_picture_interval
            bits.exp_golomb()
        if bits.flag():  # decoder_model_info_present_flag
            delay_bits = bits.read(5) + 1
            bits.read(42)
    has_display_delay = bits.flag()
    for _ in range(bits.read(5) + 1):
        bits.read(12)  # operating_point_idc
        if bits.read(5) > _LAST_LEVEL_WITHOUT_TIER:
            bits.flag()
        if delay_bits and bits.flag():
            bits.read(2 * delay_bits + 1)
        if has_display_delay and bits.flag():
            bits.read(4)

"""A sequence parameter set of H.264, read as far as the slice headers and the picture's size need it (H.264 7.3.2.1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError, without_emulation_prevention

_PROFILES_WITH_CHROMA: Final = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_CHROMA_420, _CHROMA_444 = 1, 3
_MAX_LOG2_FRAME_NUM: Final = 16
_MAX_REFERENCE_CYCLE: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class AVCSequence:
    """What a sequence parameter set says.

    Attributes:
        chroma_format: 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4.
        has_separate_planes: the three colours are coded as three pictures; every slice names its own.
        frame_num_bits: width of frame_num in a slice header, 4 to 16.
        is_frames_only: False when pictures may be fields; every slice says whether its own is.
        width_mbs: width in macroblocks of 16 pixels.
        height_map_units: height in macroblocks, or in pairs of them when pictures may be fields.
    """

    chroma_format: int
    has_separate_planes: bool
    frame_num_bits: int
    is_frames_only: bool
    width_mbs: int
    height_map_units: int

    @classmethod
    def parse(cls, nal: bytes) -> Self:
        """Read a parameter set, NAL unit header included.

        Raises:
            CodecConfigError: it ends too early, or says what cannot be.
        """
        return cls.read(BitReader(without_emulation_prevention(nal[1:])))

    @classmethod
    def read(cls, bits: BitReader) -> Self:
        """Read a parameter set behind its NAL unit header; ``bits`` stands behind frame_mbs_only_flag afterwards.

        Raises:
            CodecConfigError: as ``parse``.
        """
        profile = bits.read(8)
        bits.read(16)  # constraint flags, level_idc
        bits.exp_golomb()  # seq_parameter_set_id
        chroma, has_separate_planes = (
            _read_chroma(bits) if profile in _PROFILES_WITH_CHROMA else (_CHROMA_420, False)
        )
        frame_num_bits = bits.exp_golomb() + 4
        if frame_num_bits > _MAX_LOG2_FRAME_NUM:
            raise CodecConfigError(f"a frame_num of {frame_num_bits} bits")
        _skip_picture_order(bits)
        bits.exp_golomb()  # max_num_ref_frames
        bits.flag()  # gaps_in_frame_num_value_allowed_flag
        return cls(
            chroma_format=chroma,
            has_separate_planes=has_separate_planes,
            frame_num_bits=frame_num_bits,
            width_mbs=bits.exp_golomb() + 1,
            height_map_units=bits.exp_golomb() + 1,
            is_frames_only=bits.flag(),
        )


def _read_chroma(bits: BitReader) -> tuple[int, bool]:
    """Read what the High profiles add; return chroma_format_idc and separate_colour_plane_flag."""
    chroma = bits.exp_golomb()
    if chroma > _CHROMA_444:
        raise CodecConfigError(f"chroma_format_idc {chroma}")
    has_separate_planes = chroma == _CHROMA_444 and bits.flag()
    bits.exp_golomb()  # bit_depth_luma_minus8
    bits.exp_golomb()  # bit_depth_chroma_minus8
    bits.flag()  # qpprime_y_zero_transform_bypass_flag
    if bits.flag():  # seq_scaling_matrix_present_flag
        for number in range(12 if chroma == _CHROMA_444 else 8):
            if bits.flag():
                _skip_scaling_list(bits, 16 if number < 6 else 64)
    return chroma, has_separate_planes


def _skip_scaling_list(bits: BitReader, size: int) -> None:
    last = scale = 8
    for _ in range(size):
        if scale:
            scale = (last + bits.signed_exp_golomb()) % 256
        last = scale or last


def _skip_picture_order(bits: BitReader) -> None:
    order_type = bits.exp_golomb()
    if order_type == 0:
        bits.exp_golomb()  # log2_max_pic_order_cnt_lsb_minus4
    elif order_type == 1:
        bits.flag()  # delta_pic_order_always_zero_flag
        bits.signed_exp_golomb()
        bits.signed_exp_golomb()
        cycle = bits.exp_golomb()
        if cycle > _MAX_REFERENCE_CYCLE:
            raise CodecConfigError(f"a reference cycle of {cycle} frames")
        for _ in range(cycle):
            bits.signed_exp_golomb()

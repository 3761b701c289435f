"""The same IDR picture of H.264, fit to be sent twice in a row.

Of two IDR pictures that follow each other the identifiers, idr_pic_id, must differ (H.264 7.4.3); one that is simply repeated
reads as one picture sent twice, and decoders may merge the two. So a copy gets an identifier of its own in every slice.

The identifier is an Exp-Golomb number, and everything behind it moves when its length changes. The new one is therefore
chosen to be exactly eight bits longer (or shorter): what follows moves by a whole byte, keeps its place inside the byte, and
needs no parsing, whichever entropy coder wrote it. As no encoder counts that far at its start, the identifier differs from
the one before and from those of an encoder that comes back, too.
"""

from __future__ import annotations

import re
from typing import Final

from powerstream_desktop.rtmp.flv.avc_sps import AVCSequence
from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError, without_emulation_prevention
from powerstream_desktop.rtmp.flv.config import AVCConfig
from powerstream_desktop.rtmp.flv.nal import nal_spans

_IDR_SLICE: Final = 5
_SEQUENCE_PARAMETERS: Final = 7
_OF_MORE_VIEWS_OR_LAYERS: Final = frozenset({14, 15, 20, 21})
"""Scalable, multi-view and depth extensions: their own headers speak of the IDR picture, too."""

_SLICE_HEADER_BYTES: Final = 24
"""More than the fields up to idr_pic_id can take."""
_LONGEST_IDENTIFIER_BITS: Final = 31
"""idr_pic_id is at most 65535; the numbers of 31 bits end at 65534."""
_BYTE: Final = 8
_COPIES: Final = 2
_NEEDS_EMULATION_PREVENTION: Final = re.compile(rb"\0\0(?=[\0-\3])")


def idr_copies(access_unit: bytes, config: AVCConfig) -> tuple[bytes, bytes] | None:
    """Return two copies of an IDR picture that may follow it, and each other, any number of times in turn.

    Args:
        access_unit: length-prefixed NAL units.
        config: the stream's settings.

    Returns:
        ``None`` when it is not an IDR picture, or holds something that is not understood.
    """
    spans = list(nal_spans(access_unit, length_size=config.nal_length_size))
    nals = [access_unit[first:end] for first, end in spans]
    if not spans or spans[-1][1] != len(access_unit):
        return None
    types = [nal[0] & 0x1F for nal in nals]
    if _IDR_SLICE not in types or _OF_MORE_VIEWS_OR_LAYERS.intersection(types):
        return None
    try:
        sequence = _common_sequence([*config.sps, *_of_type(nals, _SEQUENCE_PARAMETERS)])
        copies = [
            [_with_identifier(nal, sequence, number) if nal[0] & 0x1F == _IDR_SLICE else nal for nal in nals]
            for number in range(_COPIES)
        ]
    except CodecConfigError:
        return None
    one, other = (
        b"".join(len(nal).to_bytes(config.nal_length_size, "big") + nal for nal in copy) for copy in copies
    )
    return one, other


def _of_type(nals: list[bytes], nal_type: int) -> list[bytes]:
    return [nal for nal in nals if nal[0] & 0x1F == nal_type]


def _common_sequence(parameter_sets: list[bytes]) -> AVCSequence:
    """Return what all sets say of slice headers; with several that differ the slices' own would have to be looked up."""
    sequences = {AVCSequence.parse(nal) for nal in parameter_sets}
    if len({(each.has_separate_planes, each.frame_num_bits, each.is_frames_only) for each in sequences}) != 1:
        raise CodecConfigError(f"{len(parameter_sets)} sequence parameter sets that differ, or none")
    return sequences.pop()


def _with_identifier(nal: bytes, sequence: AVCSequence, number: int) -> bytes:
    """Return an IDR slice with the ``number``-th new identifier, counted from 0."""
    payload = without_emulation_prevention(nal)
    head = payload[1 : 1 + _SLICE_HEADER_BYTES]
    bits = BitReader(head)
    _skip_to_identifier(bits, sequence)
    bits_from_identifier = bits.remaining
    bits.exp_golomb()
    old_bits = bits_from_identifier - bits.remaining
    new_bits = old_bits + _BYTE if old_bits + _BYTE <= _LONGEST_IDENTIFIER_BITS else old_bits - _BYTE
    identifier_plus_one = (1 << new_bits // 2) + number  # which is how Exp-Golomb writes it
    value = int.from_bytes(head, "big")
    before = value >> bits_from_identifier
    behind = value & (1 << bits.remaining) - 1
    new_head = (before << new_bits | identifier_plus_one) << bits.remaining | behind
    new_size = len(head) + (new_bits - old_bits) // _BYTE
    return with_emulation_prevention(
        payload[:1] + new_head.to_bytes(new_size, "big") + payload[1 + len(head) :]
    )


def _skip_to_identifier(bits: BitReader, sequence: AVCSequence) -> None:
    """Read a slice header up to idr_pic_id (H.264 7.3.3)."""
    bits.exp_golomb()  # first_mb_in_slice
    bits.exp_golomb()  # slice_type
    bits.exp_golomb()  # pic_parameter_set_id
    if sequence.has_separate_planes:
        bits.read(2)  # colour_plane_id
    bits.read(sequence.frame_num_bits)
    if not sequence.is_frames_only and bits.flag():  # field_pic_flag
        bits.flag()  # bottom_field_flag


def with_emulation_prevention(nal: bytes) -> bytes:
    """Return a NAL unit with the bytes that keep start codes out of it (H.264 7.4.1)."""
    escaped = _NEEDS_EMULATION_PREVENTION.sub(b"\0\0\3", nal)
    return escaped + b"\3" if escaped.endswith(b"\0\0") else escaped

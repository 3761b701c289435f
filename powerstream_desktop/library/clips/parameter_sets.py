"""Two encoders' H.264 in one track: both have their parameter sets in the track's description, under different numbers. Pure.

Every slice names the picture parameter set that it was made with, and that one names its sequence parameter set (H.264 7.4.1.2.1). So a
decoder that has been given all of them reads frames of both encoders, one behind the other, as long as each stretch begins with an
IDR picture. A description holds up to 31 sequence sets (ISO/IEC 14496-15, 5.3.3.1): nothing has to change in the middle of the file,
which is what browsers and decoders in hardware do not take.
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.rtmp.flv.avc_sps import AVCSequence
from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError, without_emulation_prevention
from powerstream_desktop.rtmp.flv.config import AVCConfig

_SLICE: Final = 1
_IDR_SLICE: Final = 5
_SPS: Final = 7
_PPS: Final = 8
_NUMBERS: Final = 32
"""Of sequence parameter sets; our encoder gives its picture parameter set the same number."""
_MAX_SPS: Final = 31
_MAX_PPS: Final = 255
_START_CODE: Final = b"\0\0\1"
_BEHIND_LEVEL: Final = 24
"""Bits: profile, constraints, level."""


def free_number(config: AVCConfig) -> int | None:
    """Return a number that no parameter set of a track has; ``None`` if there is none, or its sets cannot be read."""
    try:
        taken = {_sps_number(each) for each in config.sps} | {_pps_number(each) for each in config.pps}
    except CodecConfigError:
        return None
    return next((number for number in range(_NUMBERS) if number not in taken), None)


def is_progressive(config: AVCConfig) -> bool:
    """Tell whether all pictures of a track are whole frames, so that frames of another encoder may stand between them."""
    try:
        return bool(config.sps) and all(AVCSequence.parse(each).is_frames_only for each in config.sps)
    except CodecConfigError:
        return False


def joined(record: bytes, added: bytes) -> bytes:
    """Return a track's description with another encoder's parameter sets in it.

    Args:
        record: the track's AVCDecoderConfigurationRecord.
        added: the other encoder's parameter sets, with start codes.

    Raises:
        CodecConfigError: the record is none, or has no room.
    """
    config = AVCConfig.parse(record)
    units = _units(added)
    sps = (*config.sps, *(unit for unit in units if unit[0] & 0x1F == _SPS))
    pps = (*config.pps, *(unit for unit in units if unit[0] & 0x1F == _PPS))
    if len(sps) > _MAX_SPS or len(pps) > _MAX_PPS:
        raise CodecConfigError(f"{len(sps)} and {len(pps)} parameter sets")
    profile, compatibility, level = _common_abilities(sps)
    return b"".join(
        (
            bytes((1, profile, compatibility, level, 0xFC | config.nal_length_size - 1, 0xE0 | len(sps))),
            *(len(each).to_bytes(2, "big") + each for each in sps),
            bytes((len(pps),)),
            *(len(each).to_bytes(2, "big") + each for each in pps),
            record[_size(config) :],  # depth of colour, in the High profiles
        )
    )


def with_lengths(stream: bytes, length_size: int) -> bytes:
    """Return the slices of an encoder's frame as a track has them: behind their lengths, without start codes and remarks."""
    slices = (unit for unit in _units(stream) if _SLICE <= unit[0] & 0x1F <= _IDR_SLICE)
    return b"".join(len(each).to_bytes(length_size, "big") + each for each in slices)


def _common_abilities(sps: tuple[bytes, ...]) -> tuple[int, int, int]:
    """Return profile, constraints and level that all sequences keep to."""
    constraints = 0xFF
    for each in sps:
        constraints &= each[2]
    return max(each[1] for each in sps), constraints, max(each[3] for each in sps)


def _size(config: AVCConfig) -> int:
    """Return how long the part of a record is that ``AVCConfig`` tells."""
    return 7 + sum(2 + len(each) for each in (*config.sps, *config.pps))


def _sps_number(nal: bytes) -> int:
    bits = BitReader(without_emulation_prevention(nal[1:]))
    bits.read(_BEHIND_LEVEL)
    return bits.exp_golomb()


def _pps_number(nal: bytes) -> int:
    return BitReader(without_emulation_prevention(nal[1:])).exp_golomb()


def _units(stream: bytes) -> list[bytes]:
    """Return the NAL units between start codes; zeros in front of one belong to it (H.264 B.1)."""
    _, *units = stream.split(_START_CODE)
    return [unit for padded in units if (unit := padded.rstrip(b"\0"))]

"""Pictures that say their number: an H.264 SEI message in front, so that each can be told from every other wherever it arrives."""

from __future__ import annotations

NAL_LENGTH_SIZE = 4
TAG_HEADER_SIZE = 5
"""FLV: frame type and codec, packet type, composition time."""
_DIGITS = 10
_UUID = b"PowerStream test"
_SEI = bytes((6, 5, len(_UUID) + _DIGITS)) + _UUID
"""NAL unit type 6, payload type 5 (user data, unregistered), its size, its UUID (H.264 D.1.7)."""
_STOP_BIT = b"\x80"
_NAL_SIZE = len(_SEI) + _DIGITS + len(_STOP_BIT)


def with_number(payload: bytes, number: int) -> bytes:
    """Return an FLV video tag body of one AVC picture with its number in front; digits need no emulation prevention."""
    nal = _SEI + f"{number:0{_DIGITS}}".encode() + _STOP_BIT
    return payload[:TAG_HEADER_SIZE] + len(nal).to_bytes(NAL_LENGTH_SIZE) + nal + payload[TAG_HEADER_SIZE:]


def number_in_tag(payload: bytes) -> int | None:
    """Return the number of the picture in an FLV video tag body, None if it has none."""
    return number_in_sample(payload[TAG_HEADER_SIZE : TAG_HEADER_SIZE + NAL_LENGTH_SIZE + _NAL_SIZE])


def number_in_sample(sample: bytes) -> int | None:
    """Return the number of a picture as it stands in an MP4 file, None if it has none."""
    nal = sample[NAL_LENGTH_SIZE : NAL_LENGTH_SIZE + _NAL_SIZE]
    digits = nal[len(_SEI) : len(_SEI) + _DIGITS]
    return int(digits) if nal.startswith(_SEI) and digits.isdigit() else None

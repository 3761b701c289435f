"""What encoders give, as FLV wants it: NAL units behind lengths instead of start codes, and OBUs without delimiters."""

from __future__ import annotations

from typing import Final

_START_CODE: Final = b"\0\0\1"
_TEMPORAL_DELIMITER: Final = b"\x12\0"
"""The OBU that begins each of AV1's temporal units; containers leave it out."""


def split_annex_b(stream: bytes) -> list[bytes]:
    """Return the NAL units between the start codes of an Annex B byte stream; what stands before the first is left out.

    Zero bytes in front of a start code belong to it, or pad: a NAL unit never ends with one (ISO/IEC 14496-10, B.1).
    """
    _, *units = stream.split(_START_CODE)
    return [unit for padded in units if (unit := padded.rstrip(b"\0"))]


def with_lengths(units: list[bytes]) -> bytes:
    """Join NAL units, each behind its length in four bytes."""
    parts: list[bytes] = []
    for unit in units:
        parts += (len(unit).to_bytes(4, "big"), unit)
    return b"".join(parts)


def without_delimiter(temporal_unit: bytes) -> bytes:
    """Return an AV1 temporal unit without the delimiter it begins with."""
    return temporal_unit.removeprefix(_TEMPORAL_DELIMITER)

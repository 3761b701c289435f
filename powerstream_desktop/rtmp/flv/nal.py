"""NAL units of AVC and HEVC inside an FLV tag: which frames may be dropped, and which can be started at.

Only the headers of NAL units are read. Nothing here raises: a body that is not made of NAL units simply says no
(rtmp.md 2.6; encoders that send empty NAL units exist).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MAX_NALS: Final = 1024
"""NAL units looked at in one access unit; the largest pictures have a few hundred slices."""

_AVC_SLICE: Final = range(1, 6)
_AVC_IDR: Final = 5
_AVC_SEI: Final = 6
_AVC_SPS: Final = 7
_SEI_RECOVERY_POINT: Final = 6

_HEVC_SLICE: Final = range(32)
_HEVC_RANDOM_ACCESS: Final = range(16, 22)
_HEVC_LAST_SUB_LAYER_TYPE: Final = 15


def nal_spans(
    data: bytes | memoryview, start: int = 0, end: int | None = None, *, length_size: int = 4
) -> Iterator[tuple[int, int]]:
    """Walk over length-prefixed NAL units.

    Args:
        data: buffer that holds the access unit.
        start: position of the first length prefix.
        end: position after the access unit; ``None`` for the end of the buffer.
        length_size: bytes of a length prefix, from the codec configuration; nearly always 4.

    Yields:
        Start and end of each NAL unit that is not empty and lies wholly inside; the walk ends at the first that does not.
    """
    stop = len(data) if end is None else min(end, len(data))
    for _ in range(MAX_NALS):
        first = start + length_size
        if first >= stop:
            return
        start = first + int.from_bytes(data[start:first], "big")
        if start > stop:
            return
        if start > first:
            yield first, start


def is_disposable(codec: str, data: bytes | memoryview, start: int = 0, end: int | None = None) -> bool:
    """Tell whether no other frame refers to this one, so that dropping it costs only itself.

    All slices of a picture agree in this, so the walk ends at the first slice. For HEVC only pictures of the lowest temporal
    layer count: "non-reference" speaks of a picture's own layer there, and a higher layer may still refer to it.

    Args:
        codec: ``"avc1"`` or ``"hvc1"``; every other codec says no.
        data: buffer that holds the access unit, its length prefixes four bytes long.
        start: position of the first length prefix.
        end: position after the access unit; ``None`` for the end of the buffer.
    """
    if codec == "avc1":
        for first, _ in nal_spans(data, start, end):
            if data[first] & 0x1F in _AVC_SLICE:
                return not data[first] & 0x60
    elif codec == "hvc1":
        for first, stop in nal_spans(data, start, end):
            nal_type = data[first] >> 1 & 0x3F
            if nal_type in _HEVC_SLICE:
                temporal_id_plus_1 = data[first + 1] & 0x07 if stop - first > 1 else 0
                return nal_type <= _HEVC_LAST_SUB_LAYER_TYPE and nal_type % 2 == 0 and temporal_id_plus_1 == 1
    return False


def is_random_access(
    codec: str, data: bytes | memoryview, start: int = 0, end: int | None = None, *, length_size: int = 4
) -> bool:
    """Tell whether decoding can begin at this access unit, whatever its tag header claims.

    The whole access unit is looked at: the IDR slice may stand behind a delimiter, parameter sets and SEI messages
    (MiBeeNvr#426). For AVC an access unit with parameter sets and a recovery point counts too (intra refresh).

    Args:
        codec: ``"avc1"`` or ``"hvc1"``; every other codec says no.
        data: buffer that holds the access unit.
        start: position of the first length prefix.
        end: position after the access unit; ``None`` for the end of the buffer.
        length_size: bytes of a length prefix.
    """
    spans = nal_spans(data, start, end, length_size=length_size)
    if codec == "hvc1":
        return any(data[first] >> 1 & 0x3F in _HEVC_RANDOM_ACCESS for first, _ in spans)
    if codec != "avc1":
        return False
    has_parameters = has_recovery_point = False
    for first, stop in spans:
        nal_type = data[first] & 0x1F
        if nal_type == _AVC_IDR:
            return True
        has_parameters |= nal_type == _AVC_SPS
        if nal_type == _AVC_SEI and not has_recovery_point:
            has_recovery_point = _has_recovery_point(bytes(data[first + 1 : stop]))
    return has_parameters and has_recovery_point


def _has_recovery_point(sei: bytes) -> bool:
    """Look for payload type 6 among the messages of an AVC SEI unit (without its NAL header)."""
    messages = sei.replace(b"\0\0\3", b"\0\0")  # emulation prevention would shift the sizes
    pos = 0
    while pos + 2 <= len(messages):
        payload_type, pos = _sei_number(messages, pos)
        if payload_type == _SEI_RECOVERY_POINT:
            return True
        size, pos = _sei_number(messages, pos)
        pos += size
    return False


def _sei_number(data: bytes, pos: int) -> tuple[int, int]:
    """Read a number written as bytes of 255 and a last smaller one; return it and the position after it."""
    number = 0
    while pos < len(data):
        number += data[pos]
        pos += 1
        if data[pos - 1] != 0xFF:
            break
    return number, pos

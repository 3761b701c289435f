"""The boxes that MP4 is made of (ISO/IEC 14496-12, 4.2)."""

from __future__ import annotations

import struct
from typing import Final

_HEADER: Final = struct.Struct(">I4s")
_FULL_HEADER: Final = struct.Struct(">I4sI")

PICTURE_ID: Final = 1
SOUND_ID: Final = 2


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box of that four-letter kind around ``parts``."""
    body = b"".join(parts)
    return _HEADER.pack(_HEADER.size + len(body), kind) + body


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box that begins with a version and 24 bits of flags."""
    body = b"".join(parts)
    return _FULL_HEADER.pack(_FULL_HEADER.size + len(body), kind, version << 24 | flags) + body


def box_header(kind: bytes, body_bytes: int) -> bytes:
    """Return the header of a box whose body of that size is written separately."""
    return _HEADER.pack(_HEADER.size + body_bytes, kind)

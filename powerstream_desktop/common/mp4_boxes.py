"""The boxes that MP4 is made of (ISO/IEC 14496-12, 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

BOX_HEADER: Final = struct.Struct(">I4s")
_FULL_HEADER: Final = struct.Struct(">I4sI")


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box of that four-letter kind around ``parts``."""
    body = b"".join(parts)
    return BOX_HEADER.pack(BOX_HEADER.size + len(body), kind) + body


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box that begins with a version and 24 bits of flags."""
    body = b"".join(parts)
    return _FULL_HEADER.pack(_FULL_HEADER.size + len(body), kind, version << 24 | flags) + body


def box_header(kind: bytes, body_bytes: int) -> bytes:
    """Return the header of a box whose body of that size is written separately."""
    return BOX_HEADER.pack(BOX_HEADER.size + body_bytes, kind)


def boxes_in(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of each box inside a box, none of which may have a size of 64 bits."""
    position = 0
    while position < len(body):
        size, kind = BOX_HEADER.unpack_from(body, position)
        yield kind, body[position + BOX_HEADER.size : position + size]
        position += max(size, BOX_HEADER.size)

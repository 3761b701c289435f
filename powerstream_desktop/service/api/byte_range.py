"""Which bytes of a file a request is for (RFC 9110, 14). Pure.

One range is served; of several ranges in one request none is, and the whole file goes out, as the RFC allows: nobody who plays a
replay asks so, and a request for a thousand overlapping ranges would be an attack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SINGLE: Final = re.compile(
    r"bytes=[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes of a file, ``start`` to before ``end``."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many they are."""
        return self.end - self.start


class UnsatisfiableError(ValueError):
    """The file has no such bytes."""


def range_of(header: str | None, size: int) -> ByteRange | None:
    """Return which bytes are asked for; ``None`` for the whole file.

    Args:
        header: ``Range`` as it was sent; what cannot be understood is ignored, as the RFC wants it.
        size: of the file, in bytes.

    Raises:
        UnsatisfiableError: it begins behind the file's end, or asks for its last 0 bytes.
    """
    match = _SINGLE.fullmatch(header) if header is not None else None
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None  # it is no range at all
    if start >= end:
        raise UnsatisfiableError
    return ByteRange(start, end)


def is_still(if_range: str | None, etag: str, last_modified: str) -> bool:
    """Return whether a range may be served: the file is still the one of which ``If-Range`` speaks."""
    return if_range is None or if_range in {etag, last_modified}

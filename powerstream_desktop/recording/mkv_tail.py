"""How long a Matroska file is that was never closed: told by its last cluster, for its head says nothing of it.

EBML, RFC 8794 4-6; clusters, RFC 9559 10.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

_CLUSTER: Final = b"\x1f\x43\xb6\x75"
_TIMESTAMP: Final = 0xE7
_LONGEST_HEAD: Final = 32
"""Of a cluster: kind, size, checksum of the cluster, its timestamp."""
_CRC: Final = 0xBF
_WINDOW_BYTES: Final = 8 * 1024 * 1024
"""More than a cluster of half a second at 100 Mbit/s."""


def last_cluster_s(path: Path) -> float | None:
    """Return when the last cluster of a file begins, in seconds; ``None`` if there is none near its end.

    Args:
        path: a file whose times are milliseconds, as ours are.

    Raises:
        OSError: the disk does not answer properly.
    """
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _WINDOW_BYTES))
        tail = file.read()
    end = len(tail)
    while (at := tail.rfind(_CLUSTER, 0, end)) >= 0:
        time_ms = _timestamp(tail[at + len(_CLUSTER) : at + _LONGEST_HEAD])
        if time_ms is not None:
            return time_ms / 1000
        end = at
    return None


def _timestamp(head: bytes) -> int | None:
    """Return the timestamp of a cluster, by what follows its kind; ``None`` if it was none but looked like it."""
    position = _number_bytes(head, 0)
    if head[position : position + 1] == bytes([_CRC]):
        position += 2 + head[position + 1] - 0x80 if len(head) > position + 1 else len(head)
    if head[position : position + 1] != bytes([_TIMESTAMP]) or len(head) <= position + 1:
        return None
    length = head[position + 1] - 0x80
    digits = head[position + 2 : position + 2 + length]
    return int.from_bytes(digits, "big") if 0 < length <= 8 and len(digits) == length else None


def _number_bytes(head: bytes, position: int) -> int:
    """Return where the number at ``position`` ends, whose first bit that is set tells its length."""
    first = head[position] if len(head) > position else 0
    return position + (9 - first.bit_length() if first else len(head))

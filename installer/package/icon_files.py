"""Icons as Windows and macOS want them: several PNGs in one file. Pure."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

WINDOWS_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
_MACOS_KINDS: Final = (
    (b"icp4", 16), (b"icp5", 32), (b"icp6", 64), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512), (b"ic10", 1024),
    (b"ic11", 32), (b"ic12", 64), (b"ic13", 256), (b"ic14", 512),
)  # fmt: skip
"""The last four are for screens with twice the points."""
_HEADER = struct.Struct("<HHH")
_ENTRY = struct.Struct("<BBBBHHII")


def ico_of(pngs: Mapping[int, bytes]) -> bytes:
    """Return an icon for Windows made of PNGs by their size in pixels.

    Raises:
        KeyError: a size of ``WINDOWS_SIZES`` is missing.
    """
    entries, data = b"", b""
    start = _HEADER.size + _ENTRY.size * len(WINDOWS_SIZES)
    for size in WINDOWS_SIZES:
        png = pngs[size]
        side = size % 256  # 256 is written as 0
        entries += _ENTRY.pack(side, side, 0, 0, 1, 32, len(png), start + len(data))
        data += png
    return _HEADER.pack(0, 1, len(WINDOWS_SIZES)) + entries + data


def icns_of(pngs: Mapping[int, bytes]) -> bytes:
    """Return an icon for macOS made of PNGs by their size in pixels.

    Raises:
        KeyError: a size is missing.
    """
    parts = b"".join(
        kind + struct.pack(">I", len(pngs[size]) + 8) + pngs[size] for kind, size in _MACOS_KINDS
    )
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts

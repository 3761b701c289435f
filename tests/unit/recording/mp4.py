"""Fragmented MP4 as libavformat writes it, of our own making."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from powerstream_desktop.common.mp4_boxes import box, full_box

KEY_FLAGS = 0x0200_0000
OTHER_FLAGS = 0x0101_0000
FORMAT = box(b"ftyp", b"iso5", bytes(4), b"iso5")


def numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def header(*tracks: bytes, timescale: int = 1000) -> bytes:
    film = full_box(b"mvhd", numbers(0, 0, timescale, 0), bytes(80))
    return box(b"moov", film, *tracks, box(b"mvex", full_box(b"trex", bytes(20))))


PICTURE_DESCRIPTION = box(b"avc1", b"the codec's settings")


def track(
    number: int,
    *,
    ticks_per_s: int,
    edits: Sequence[tuple[int, int]] = (),
    description: bytes = PICTURE_DESCRIPTION,
) -> bytes:
    """Return the description of a track; ``edits`` are pairs of length and where in the media."""
    rows = b"".join(struct.pack(">IiI", length, at, 1 << 16) for length, at in edits)
    edit_list = box(b"edts", full_box(b"elst", numbers(len(edits)), rows)) if edits else b""
    tables = [full_box(kind, numbers(0)) for kind in (b"stts", b"stsc", b"stco")]
    media = box(
        b"mdia",
        full_box(b"mdhd", numbers(0, 0, ticks_per_s, 0), b"\x55\xc4\0\0"),
        full_box(b"hdlr", b"vide"),
        box(b"minf", full_box(b"vmhd"), box(b"stbl", full_box(b"stsd", numbers(1), description), *tables)),
    )
    head = full_box(b"tkhd", numbers(0, 0, number, 0, 0), bytes(60), flags=3)
    return box(b"trak", head, edit_list, media)


def fragment(*trafs: bytes, media: bytes = b"") -> bytes:
    return box(b"moof", full_box(b"mfhd", numbers(1)), *trafs) + box(b"mdat", media)


def traf(
    number: int,
    time: int,
    rows: Sequence[tuple[int, ...]],
    *,
    columns: int,
    offset: int = 100,
    first_flags: int | None = None,
    default_duration: int = 0,
    default_size: int = 0,
    default_flags: int = KEY_FLAGS,
) -> bytes:
    """Return one track's part of a fragment: ``rows`` hold what ``columns``, the flags of a run, say they do."""
    defaults = numbers(number, default_duration, default_size, default_flags)
    first = b"" if first_flags is None else numbers(first_flags)
    run = numbers(len(rows)) + struct.pack(">i", offset) + first + b"".join(numbers(*row) for row in rows)
    flags = columns | 0x001 | (0 if first_flags is None else 0x004)
    return box(
        b"traf",
        full_box(b"tfhd", defaults, flags=0x020038),
        full_box(b"tfdt", struct.pack(">Q", time), version=1),
        full_box(b"trun", run, flags=flags),
    )

"""The chunk reader's vectors of rtmp.md A.2: what stands on the wire, and the messages it means."""

from __future__ import annotations

import re
from typing import TypeAlias

Expected: TypeAlias = list[tuple[int, int, int, int, bytes]]
"""Chunk stream id, timestamp, type, message stream id and payload of each message."""


def pattern(length: int, start: int = 0) -> bytes:
    return bytes((start + i) & 0xFF for i in range(length))


def expand(vector: str) -> bytes:
    """Bytes of a vector as the reference writes it: hex with P(n) and P(n,s) between."""
    wire = b""
    for token in vector.split():
        match = re.fullmatch(r"P\((\d+)(?:,(\d+))?\)", token)
        wire += pattern(int(match[1]), int(match[2] or 0)) if match else bytes.fromhex(token)
    return wire


VECTORS: dict[str, tuple[str, Expected]] = {
    "C1 fmt 0": (
        "040003e800000508010000000001020304",
        [(4, 1000, 8, 1, pattern(5))],
    ),
    "C2 fmt 1, 2 and a new fmt 3": (
        "0400000000000208010000000001440000170000030800010284000017000102c4000102",
        [(4, 0, 8, 1, pattern(2)), *[(4, ts, 8, 1, pattern(3)) for ts in (23, 46, 69)]],
    ),
    "C3 a new fmt 3 after fmt 0 adds its timestamp": (
        "0500000a00000209010000000001c50001",
        [(5, 10, 9, 1, pattern(2)), (5, 20, 9, 1, pattern(2))],
    ),
    "C4 300 bytes in chunks of 128": (
        "0600002800012c0901000000 P(128) c6 P(128,128) c6 P(44)",
        [(6, 40, 9, 1, pattern(300))],
    ),
    "C5 csid 64": ("00000000000000010801000000aa", [(64, 0, 8, 1, b"\xaa")]),
    "C6 csid 319": ("00ff0000000000010801000000aa", [(319, 0, 8, 1, b"\xaa")]),
    "C7 csid 320": ("0100010000000000010801000000aa", [(320, 0, 8, 1, b"\xaa")]),
    "C8 csid 65599": ("01ffff0000000000010801000000aa", [(65599, 0, 8, 1, b"\xaa")]),
    "C9 csid 100 in three bytes": ("0124000000000000010801000000aa", [(100, 0, 8, 1, b"\xaa")]),
    "C10 the largest short timestamp": ("04fffffe0000010801000000aa", [(4, 16777214, 8, 1, b"\xaa")]),
    "C11 the smallest extended timestamp": (
        "04ffffff000001080100000000ffffffaa",
        [(4, 16777215, 8, 1, b"\xaa")],
    ),
    "C12 a continuation repeats the extended timestamp": (
        "06ffffff000082090100000001000000 P(128) c6010000008081",
        [(6, 16777216, 9, 1, pattern(130))],
    ),
    "C13 a continuation omits the extended timestamp": (
        "06ffffff000082090100000001000000 P(128) c68081",
        [(6, 16777216, 9, 1, pattern(130))],
    ),
    "C14 an extended delta": (
        "040000050000010801000000aa44ffffff0000010801000000bb",
        [(4, 5, 8, 1, b"\xaa"), (4, 16777221, 8, 1, b"\xbb")],
    ),
    "C15 a negative delta": (
        "040003e80000010801000000aa44ffffff00000108fffffff6bb",
        [(4, 1000, 8, 1, b"\xaa"), (4, 990, 8, 1, b"\xbb")],
    ),
    "C16 a timestamp that wraps": (
        "04ffffff0000010801000000fffffff0aa4400002000000108bb",
        [(4, 4294967280, 8, 1, b"\xaa"), (4, 16, 8, 1, b"\xbb")],
    ),
    "C17 audio between two chunks of video": (
        "060000640000c80901000000 P(128) 0400006500000a0801000000 P(10,50) c6 P(72,128)",
        [(4, 101, 8, 1, pattern(10, 50)), (6, 100, 9, 1, pattern(200))],
    ),
    "C18 a new chunk size between two chunks of video": (
        "060000640000c80901000000 P(128) 02000000000004010000000000001000c6 P(72,128)",
        [(2, 0, 1, 0, bytes.fromhex("00001000")), (6, 100, 9, 1, pattern(200))],
    ),
    "C19 an abort, then a new message": (
        "060000640000c80901000000 P(128) 02000000000004020000000000000006060000c80000030901000000000102",
        [(2, 0, 2, 0, bytes.fromhex("00000006")), (6, 200, 9, 1, pattern(3))],
    ),
    "C20 empty audio": (
        "0400000700000008010000004400000a00000108cc",
        [(4, 7, 8, 1, b""), (4, 17, 8, 1, b"\xcc")],
    ),
    "C21 a chunk stream that begins with fmt 1": ("4900000500000108aa", [(9, 5, 8, 0, b"\xaa")]),
    "C22 an aggregate": (
        "0400138800002b16010000000800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015",
        [
            (
                4,
                5000,
                22,
                1,
                bytes.fromhex(
                    "0800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015"
                ),
            )
        ],
    ),
    "C23 FFmpeg with a large offset": (
        "0400000000000708010000000001020304050644ffffff0001040801312ce9 P(128) c401312ce9 P(128,128) c401312ce900010203",
        [(4, 0, 8, 1, pattern(7)), (4, 19999977, 8, 1, pattern(260))],
    ),
}

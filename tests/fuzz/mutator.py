"""The second engine's mutations: seeded, without coverage, on every system; what it lacks in guidance it makes up in speed.

Each input is a seed, or two seeds spliced, after a few small accidents. The same random generator makes the same inputs.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Sequence
from typing import Final

MAX_ACCIDENTS = 8
_LONGEST_BLOCK = 64

_NUMBERS: Final = (0, 1, 2, 4, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFE, 0xFFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)  # fmt: skip
_TOKENS: Final = (
    *(bytes([marker]) for marker in range(0x14)),
    *(bytes([fmt << 6 | csid]) for fmt in range(4) for csid in (0, 1, 2, 3, 4, 6, 63)),
    b"\x00\x00\x09",
    b"\xff\xff\xff\x7f\xff\xff\xff",
    b"FLV",
    b"avc1hvc1av01vp09mp4aOpusfLaC",
    b"\x7f\xf8\x00\x00\x00\x00\x00\x00",
    b"\x7f\xf0\x00\x00\x00\x00\x00\x00",
    b"_result_erroronStatus",
)
"""Markers, chunk headers, ends of objects, an extended timestamp, fourccs, NaN and infinity, names of answers."""


def mutated(rng: random.Random, pool: Sequence[bytes], max_size: int) -> bytes:
    """Return a new input of at most ``max_size`` bytes made of the pool's inputs."""
    data = bytearray(rng.choice(pool) if pool else b"")
    if len(pool) > 1 and rng.random() < 0.2:
        other = rng.choice(pool)
        data[_place(rng, data) :] = other[_place(rng, other) :]
    for _ in range(rng.randint(1, MAX_ACCIDENTS)):
        rng.choice(_ACCIDENTS)(rng, data)
    return bytes(data[:max_size])


def _place(rng: random.Random, data: Sequence[int]) -> int:
    return rng.randint(0, len(data))


def _span(rng: random.Random, data: bytearray) -> tuple[int, int]:
    start = _place(rng, data)
    return start, min(len(data), start + rng.randint(1, _LONGEST_BLOCK))


def _flip_a_bit(rng: random.Random, data: bytearray) -> None:
    if data:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _set_a_byte(rng: random.Random, data: bytearray) -> None:
    if data:
        data[rng.randrange(len(data))] = rng.randrange(256)


def _insert_noise(rng: random.Random, data: bytearray) -> None:
    place = _place(rng, data)
    data[place:place] = rng.randbytes(rng.randint(1, 8))


def _insert_a_token(rng: random.Random, data: bytearray) -> None:
    place = _place(rng, data)
    data[place:place] = rng.choice(_TOKENS)


def _write_a_number(rng: random.Random, data: bytearray) -> None:
    size = rng.choice((1, 2, 3, 4))
    number = struct.pack(">I", rng.choice(_NUMBERS))[-size:]
    place = _place(rng, data)
    data[place : place + size] = number if rng.random() < 0.5 else number[::-1]


def _cut_a_block(rng: random.Random, data: bytearray) -> None:
    start, end = _span(rng, data)
    del data[start:end]


def _repeat_a_block(rng: random.Random, data: bytearray) -> None:
    start, end = _span(rng, data)
    data[end:end] = data[start:end] * rng.choice((1, 1, 2, 16))


def _move_a_block(rng: random.Random, data: bytearray) -> None:
    start, end = _span(rng, data)
    block = data[start:end]
    del data[start:end]
    place = _place(rng, data)
    data[place:place] = block


def _cut_the_end(rng: random.Random, data: bytearray) -> None:
    del data[_place(rng, data) :]


_ACCIDENTS: Final[Sequence[Callable[[random.Random, bytearray], None]]] = (
    _flip_a_bit,
    _set_a_byte,
    _insert_noise,
    _insert_a_token,
    _write_a_number,
    _cut_a_block,
    _repeat_a_block,
    _move_a_block,
    _cut_the_end,
)

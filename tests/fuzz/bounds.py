"""What an input may cost: time in proportion to its size, and memory (reliability_security.md 6.3.2)."""

from __future__ import annotations

import time
import tracemalloc
import zlib

from tests.fuzz.harness import MAX_INPUT_BYTES, Target

MAX_SECONDS = 0.050
"""Of processor time for 64 KiB; smaller inputs may take as long, because a clock is no scale for microseconds."""
MAX_MEMORY_FACTOR = 8
MEMORY_ALLOWANCE_BYTES = 1024 * 1024
_TRIES = 3
_TIMED_OF = 8
_TRACED_OF = 64


class TooExpensiveError(AssertionError):
    """An input takes more time or memory than its size warrants."""


def check_sometimes(target: Target, data: bytes, *, slowdown: float = 1.0) -> None:
    """Measure one input of eight, and the memory of one of 64; the input itself decides, so a finding stays one.

    Args:
        target: what parses.
        data: the input.
        slowdown: how much slower than in earnest the product runs here, because it is instrumented.
    """
    lot = zlib.crc32(data)
    if lot % _TIMED_OF == 0:
        check_time(target, data, slowdown=slowdown)
    if lot % _TRACED_OF == 0:
        check_memory(target, data)


def check_time(target: Target, data: bytes, *, slowdown: float = 1.0) -> None:
    """Raise when ``data`` takes too long in each of three tries."""
    allowed_s = MAX_SECONDS * slowdown * max(1.0, len(data) / MAX_INPUT_BYTES)
    for _ in range(_TRIES):
        began = time.thread_time()
        target.parse(data)
        took_s = time.thread_time() - began
        if took_s <= allowed_s:
            return
    raise TooExpensiveError(f"{len(data)} bytes take {took_s * 1000:.0f} ms of {allowed_s * 1000:.0f}")


def check_memory(target: Target, data: bytes) -> None:
    """Raise when parsing ``data`` holds too much at any moment."""
    allowed = MAX_MEMORY_FACTOR * len(data) + MEMORY_ALLOWANCE_BYTES
    tracemalloc.start()
    try:
        target.parse(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if peak > allowed:
        raise TooExpensiveError(f"{len(data)} bytes take {peak} bytes of memory of {allowed}")

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from powerstream_desktop.common.spare_memory import SpareMemory, system_allocator

MIB = 1024 * 1024


class FakeAllocator:
    def __init__(self) -> None:
        self.heaps_joined = 0
        self.pages_made_small = 0
        self.given_back = threading.Semaphore(0)

    def use_one_heap(self) -> None:
        self.heaps_joined += 1

    def use_small_pages(self) -> None:
        self.pages_made_small += 1

    def give_back(self) -> None:
        self.given_back.release()


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def test_memory_is_given_back_again_and_again_until_the_context_ends() -> None:
    allocator = FakeAllocator()
    with SpareMemory(allocator, period_s=0.001):
        assert (allocator.heaps_joined, allocator.pages_made_small) == (1, 1)
        for _ in range(3):
            assert allocator.given_back.acquire(timeout=10)
    while allocator.given_back.acquire(blocking=False):
        pass
    assert not allocator.given_back.acquire(timeout=0.01)


def test_where_nothing_needs_to_be_done_no_thread_is_started() -> None:
    before = threading.active_count()
    with SpareMemory(None, period_s=0.001):
        assert threading.active_count() == before


def test_what_is_free_below_something_in_use_goes_back_to_the_system() -> None:
    allocator = system_allocator()
    if allocator is None:
        pytest.skip("this system gives back by itself")
    library = ctypes.CDLL(None)
    library.malloc.restype = library.calloc.restype = ctypes.c_void_p
    library.free.argtypes = [ctypes.c_void_p]
    # Pieces too small to be mapped by themselves, then one in use behind them, which keeps them from leaving.
    pieces = [library.malloc(100_000) for _ in range(400)]
    for piece in pieces:
        ctypes.memset(piece, 1, 100_000)
    last = library.malloc(100_000)
    try:
        for piece in pieces:
            library.free(piece)
        before = resident_bytes()
        allocator.give_back()
        assert before - resident_bytes() > 30 * MIB
    finally:
        library.free(last)


def test_a_process_that_wants_so_has_no_huge_pages() -> None:
    if system_allocator() is None:
        pytest.skip("this system gives back by itself")
    program = (
        "from pathlib import Path\n"
        "from powerstream_desktop.common.spare_memory import SpareMemory, system_allocator\n"
        "with SpareMemory(system_allocator()):\n"
        "    print(Path('/proc/self/status').read_text())\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert "THP_enabled:\t0" in run.stdout

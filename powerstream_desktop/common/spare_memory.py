"""Keeps a process of hours as small as what it uses: memory that nobody uses goes back to the system.

glibc keeps what is freed for whoever asks next, wherever something behind it is still in use, and does so in a heap of its own for
nearly every thread. A picture is 3 MiB, allocated by one thread and freed by another: whenever a moment of load has had one more
of them alive in some heap than ever before, the process stays that much larger, and in a broadcast of hours one such moment follows
the other. Other systems' allocators give back by themselves.

Linux gives an encoder that asks for it pages of 2 MiB, each of which is in memory as a whole from its first byte that is touched on,
and some are touched an hour after they were asked for. Small pages come one by one.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final, Protocol, Self

PERIOD_S: Final = 10.0
"""What is in use all the time and happens to be free at that instant is given back as well, and costs page faults when it is wanted
again: of an engine 1,800, which is a millisecond or two."""
_ARENA_MAX: Final = -8
"""glibc's number for how many heaps there are at most (malloc.h)."""
_SET_THP_DISABLE: Final = 41
"""Linux's number for having no huge pages, whoever asks for them (prctl(2)); children that are started later have none either."""


class Allocator(Protocol):
    """What the C library can do about memory; all of it from any thread."""

    def use_one_heap(self) -> None:
        """Let all threads share one heap, those that begin later at least."""

    def use_small_pages(self) -> None:
        """Have no memory that is in memory before it is used."""

    def give_back(self) -> None:
        """Give all that is free back to the system; holds the heap's lock for some milliseconds."""


class SpareMemory:
    """Gives memory back every ten seconds for as long as the context lasts, on a thread of its own.

    Args:
        allocator: does it; ``None`` where nothing needs to be done.
        period_s: from one time to the next.
    """

    def __init__(self, allocator: Allocator | None, *, period_s: float = PERIOD_S) -> None:
        self._allocator = allocator
        self._period_s = period_s
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._allocator is not None:
            self._allocator.use_one_heap()
            self._allocator.use_small_pages()
            give_back = self._allocator.give_back
            self._thread = threading.Thread(
                target=self._run, args=(give_back,), name="spare-memory", daemon=True
            )
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, give_back: Callable[[], None]) -> None:
        while not self._closing.wait(self._period_s):
            give_back()


class GlibcAllocator:
    """glibc's.

    Args:
        library: the C library.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        self._mallopt = library.mallopt
        self._trim = library.malloc_trim
        self._trim.argtypes = [ctypes.c_size_t]
        self._prctl = library.prctl
        self._prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]

    def use_one_heap(self) -> None:
        """Let all threads share one heap, except those that have another one already."""
        self._mallopt(_ARENA_MAX, 1)

    def use_small_pages(self) -> None:
        """Have no huge pages; without effect where the kernel does not know the wish."""
        self._prctl(_SET_THP_DISABLE, 1, 0, 0, 0)

    def give_back(self) -> None:
        """Give all that is free back to the system."""
        self._trim(0)


def system_allocator() -> Allocator | None:
    """Return the allocator of this process; ``None`` where it gives back by itself."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return GlibcAllocator(library) if hasattr(library, "malloc_trim") else None  # musl has none

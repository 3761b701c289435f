"""Counts the hash of a large file without being noticed: piece by piece, on threads that everybody else comes before.

Nothing waits for it. While something is live it pauses: a disk that a recording goes to must not seek for us.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.daemon_threads import DaemonThreads

if TYPE_CHECKING:
    from hashlib import _Hash

PIECE_BYTES: Final = 16 * 1024 * 1024
_STEP_BYTES: Final = 1024 * 1024
PAUSE_S: Final = 2.0
"""Between two looks whether something is still live."""
_LEAST_IMPORTANT: Final = 19


async def quiet_hash(file: Path, may_read: Callable[[], bool]) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; cancel the call to give it up.

    Args:
        file: nobody writes to it.
        may_read: called on the loop before each piece; while it says no, nothing is read.

    Raises:
        OSError: it cannot be read.
    """
    loop, threads, digest = asyncio.get_running_loop(), DaemonThreads(), hashlib.sha256()
    position = 0
    while True:
        if not may_read():
            await asyncio.sleep(PAUSE_S)
            continue
        count = await loop.run_in_executor(threads, _add_piece, digest, file, position)
        if count == 0:
            return digest.hexdigest()
        position += count


def _add_piece(digest: _Hash, file: Path, position: int) -> int:
    """Add what stands at a position, and return how much that was; opened anew each time, so that nobody is hindered in between."""
    _step_back()
    added = 0
    with file.open("rb", buffering=0) as source:
        source.seek(position)
        while added < PIECE_BYTES:
            step = source.read(_STEP_BYTES)
            if not step:
                break
            digest.update(step)
            added += len(step)
        if hasattr(os, "posix_fadvise"):
            # What was read once is not wanted again; the memory is others'.
            os.posix_fadvise(source.fileno(), position, added, os.POSIX_FADV_DONTNEED)
    return added


def _step_back() -> None:
    """Let everybody else come first; only Linux knows it of a single thread, which is ours and ends soon."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST_IMPORTANT)

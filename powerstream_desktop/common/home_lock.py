"""One service, and one window, per home: a lock that the system takes back when its holder dies, however it dies (DESIGN 2)."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault

FILE_NAME: Final = "service.lock"
PATIENCE_S: Final = 1.0
"""Somebody who only looks whether it is held holds it for a moment."""
_POLL_S: Final = 0.02


class HomeLock:
    """Holds the lock until ``release``, or until this process ends. The file stays, empty: removing it would let two in.

    Args:
        runtime: the runtime folder, which exists.
        name: of the lock's file.
    """

    def __init__(self, runtime: Path, name: str = FILE_NAME) -> None:
        self._path = runtime / name
        self._descriptor: int | None = None

    def acquire(self, patience_s: float = PATIENCE_S) -> bool:
        """Take it; return whether nobody else has it. Blocks for ``patience_s`` at most.

        Raises:
            SystemFault: the file cannot be made.
        """
        give_up_at_s = time.monotonic() + patience_s
        while not self._try():
            if time.monotonic() >= give_up_at_s:
                return False
            time.sleep(_POLL_S)
        return True

    def release(self) -> None:
        """Let somebody else have it; harmless when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _try(self) -> bool:
        try:
            # Not inherited by children: an engine that outlives us must not hold our lock.
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise SystemFault(
                f"The lock {self._path} cannot be made: {error.strerror}.",
                hint="Free that place, or set POWERSTREAM_HOME to a folder that can be written.",
                detail=repr(error),
            ) from error
        if _lock(descriptor):
            self._descriptor = descriptor
            return True
        os.close(descriptor)
        return False


def is_home_served(runtime: Path) -> bool:
    """Return whether a service holds the lock of a home."""
    if not (runtime / FILE_NAME).exists():
        return False
    lock = HomeLock(runtime)
    try:
        return not lock.acquire(patience_s=0)
    finally:
        lock.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

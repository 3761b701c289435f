"""What fuzzing finds: told apart by where it was raised, made small, and kept in a file with its story beside it."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable
from pathlib import Path

MAX_TRIES = 2_000
MAX_SECONDS = 20.0
"""Runs of a target, and the time, that making one finding small may take."""


def signature(error: BaseException) -> str:
    """Tell one bug from another: the exception and the innermost line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__} at {place}"


def failure(check: Callable[[bytes], None], data: bytes) -> Exception | None:
    """Run a check; return what it raised."""
    try:
        check(data)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return error
    return None


def minimised(check: Callable[[bytes], None], data: bytes, wanted: str) -> bytes:
    """Return a smaller input that fails in the same place: blocks are left out, halving their size down to one byte."""
    tries = 0
    stop_at = time.monotonic() + MAX_SECONDS
    size = max(1, len(data) // 2)
    while True:
        start = 0
        while start < len(data) and tries < MAX_TRIES and time.monotonic() < stop_at:
            shorter = data[:start] + data[start + size :]
            tries += 1
            error = failure(check, shorter)
            if error is not None and signature(error) == wanted:
                data = shorter
            else:
                start += size
        if size == 1 or tries >= MAX_TRIES or time.monotonic() >= stop_at:
            return data
        size //= 2


class Findings:
    """The findings of one target in one folder; each bug is kept once.

    Args:
        folder: where to keep them; it is made with the first one.
        check: what fails on them.
    """

    def __init__(self, folder: Path, check: Callable[[bytes], None]) -> None:
        self._folder = folder
        self._check = check
        self._known: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def add(self, data: bytes, error: Exception) -> None:
        """Keep an input that failed, unless its bug is known, and make it small if there is time: the file is there at once."""
        name = signature(error)
        if name in self._known:
            return
        self._known.add(name)
        story = "".join((f"{name}\n\n", *traceback.format_exception(error)))
        large = keep(self._folder, data, story)
        small = minimised(self._check, data, name)
        if small != data:
            keep(self._folder, small, story)
            discard(large)


def keep(folder: Path, data: bytes, story: str) -> Path:
    """Write an input and what is known of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    path.with_suffix(".txt").write_text(story, encoding="utf-8")
    return path


def discard(path: Path) -> None:
    """Remove what ``keep`` wrote."""
    path.unlink()
    path.with_suffix(".txt").unlink()

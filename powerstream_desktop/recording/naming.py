"""The names of recordings: readable, sortable by time, and valid on every file system we may meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from itertools import count, islice
from typing import Final

from powerstream_desktop.recording.options import Container

_UNFINISHED_MARK: Final = ".recording"
_UNFINISHED: Final = re.compile(re.escape(_UNFINISHED_MARK) + rf"(?=\.({'|'.join(Container)})$)")
_MAX_STEM_BYTES: Final = 180
"""Leaves room for " part 99 (999).recording.mp4" in the 255 bytes of a file name."""
_MAX_CLASHES: Final = 1000
_FORBIDDEN: Final = re.compile(r'[/\\:*?"<>|]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Device names of Windows, which no extension makes harmless."""


def recording_stem(name: str | None, wall_now: datetime) -> str:
    """Return the file name, without suffix, of a recording that starts at ``wall_now``.

    Args:
        name: the user's name for it; anything, also a path or a control sequence: it becomes a harmless name.
        wall_now: local wall time, used when there is no name, or nothing is left of it.
    """
    return _sanitised(name or "") or wall_now.strftime("%Y-%m-%d %H-%M-%S")


def unfinished_name(stem: str, container: Container) -> str:
    """Return what a file is called while it is written."""
    return f"{stem}{_UNFINISHED_MARK}.{container}"


def is_unfinished(name: str) -> bool:
    """Tell whether that is the name of a file while it is written, or that was left behind so."""
    return _UNFINISHED.search(name) is not None


def finished_name(name: str) -> str:
    """Return what a file is called when it is finished; other names stay as they are."""
    return _UNFINISHED.sub("", name)


def part_stem(stem: str, number: int) -> str:
    """Return the name of part ``number``, counted from 1, of the recording ``stem``."""
    return stem if number == 1 else f"{stem} part {number}"


def candidates(stem: str) -> Iterator[str]:
    """Yield ``stem`` and then the names to try when it is taken: ``stem (2)``, ``stem (3)``, up to 1000."""
    yield stem
    yield from (f"{stem} ({number})" for number in islice(count(2), _MAX_CLASHES - 1))


def _sanitised(name: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", name).split())
    # Categories C*: control characters, bidirectional overrides that disguise a name, unpaired surrogates.
    visible = "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
    dashed = _FORBIDDEN.sub("-", visible)
    shortened = dashed.encode()[:_MAX_STEM_BYTES].decode(errors="ignore")
    # A dot in front hides a file on Unix; a dot or a space at the end is lost on Windows.
    trimmed = shortened.strip(". ")
    return f"_{trimmed}" if _RESERVED.fullmatch(trimmed) else trimmed

"""The program's own folders: are they there, private, writable, and is there room for a recording?"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.text import size_text
from powerstream_desktop.service.doctor.check import Level, Verdict

RECORDING_KBPS: Final = 6000
"""What a recording of 1080p takes."""
LITTLE_BYTES: Final = 10_000_000_000
TOO_LITTLE_BYTES: Final = 1_000_000_000


def look_at_folders(paths: Paths) -> tuple[Verdict, ...]:
    """Look whether the folders can be made and written, and whether others can read what grants control.

    Raises:
        SystemFault: one cannot be made, or belongs to somebody else.
    """
    paths.ensure()
    verdicts = [
        verdict
        for name, folder in (
            ("settings", paths.config),
            ("library", paths.data),
            ("run-time", paths.runtime),
            ("log", paths.logs),
        )
        for verdict in _private_folder(name, folder)
    ]
    return tuple(verdicts) or (Verdict(sentence="All folders are private and can be written."),)


def look_at_disk(
    folder: Path, free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
) -> tuple[Verdict, ...]:
    """Look whether a recording can be written, and for how long.

    Args:
        folder: of the recordings.
        free_bytes: tells the room in a folder.

    Raises:
        SystemFault: the folder cannot be made or written.
    """
    _try_to_write(folder)
    free = free_bytes(folder)
    hours = free * 8 / (RECORDING_KBPS * 1000) / 3600
    sentence = f"{size_text(free)} are free for recordings in {folder}: {hours:.1f} hours at {RECORDING_KBPS // 1000} Mbit/s."
    if free >= LITTLE_BYTES:
        return (Verdict(sentence=sentence),)
    level = Level.WARNING if free >= TOO_LITTLE_BYTES else Level.PROBLEM
    return (Verdict(level=level, sentence=sentence, remedy="Free some room, or record to another disk."),)


def _private_folder(name: str, folder: Path) -> list[Verdict]:
    try:
        _try_to_write(folder)
    except SystemFault as fault:
        return [Verdict(level=Level.PROBLEM, sentence=fault.title, remedy=fault.hint)]
    if sys.platform != "win32" and stat.S_IMODE(folder.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return [
            Verdict(
                level=Level.WARNING,
                sentence=f"Other users of this computer may look into the {name} folder {folder}.",
                remedy=f"Run: chmod 700 '{folder}'",
            )
        ]
    return []


def _try_to_write(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise SystemFault(
            f"The folder {folder} cannot be written: {error.strerror or 'it is a file'}.",
            hint="Give this user the right to write there, or free some room.",
            detail=repr(error),
        ) from error

"""Folders that are chosen for recordings: each is proved before the choice is kept, not when the first broadcast needs it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.recording.folder import prepare_folder
from powerstream_desktop.service.settings.kinds import WrongValueError
from powerstream_desktop.service.settings.settings import OPTIONS, Settings

FOLDERS: Final = ("recording.folder", "recording.fallback_folders")
PATIENCE_S: Final = 5.0
"""For a disk that sleeps to wake up, or a NAS to answer."""


def newly_chosen(settings: Settings, changes: Mapping[str, object]) -> tuple[Path, ...]:
    """Return the folders for recordings that a change would bring. Pure; values that cannot be are somebody else's to refuse."""
    found: list[Path] = []
    for name in FOLDERS:
        option = OPTIONS[name]
        try:
            wanted = _folders(option.declared.kind.read(changes.get(name, "")))
        except WrongValueError:
            continue
        known = _folders(settings.value(option))
        found += [each for each in wanted if each not in known]
    return tuple(dict.fromkeys(found))


async def prove(folder: Path, threads: Executor, patience_s: float = PATIENCE_S) -> None:
    """Make a folder if it is missing, and write into it, on a thread of its own.

    Raises:
        UserError: it cannot be written, or does not answer.
        SystemFault: its disk is full or broken.
    """
    proving = asyncio.get_running_loop().run_in_executor(threads, prepare_folder, folder)
    done, _ = await asyncio.wait({proving}, timeout=patience_s)
    if not done:
        proving.cancel()
        raise UserError(
            f"The recording folder {folder} does not answer.",
            hint="Connect its disk or its network, or choose another folder.",
        )
    await proving


def _folders(value: object) -> tuple[Path, ...]:
    if isinstance(value, Path):
        return (value,)
    return value if isinstance(value, tuple) else ()

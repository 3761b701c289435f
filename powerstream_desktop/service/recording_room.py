"""For how long the disk has room for recordings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.recording.options import RESERVE_BYTES
from powerstream_desktop.recording.space_policy import LEAST_FREE_BYTES

SOUND_KBPS: Final = 160
"""What the sound takes beside the pictures."""
_SECONDS_PER_HOUR: Final = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRoom:
    """What is left of the disk that recordings go to.

    Attributes:
        free_bytes: as this user may fill them.
        hours: how long a recording of the program can become; 0 where there is too little room to begin one.
    """

    free_bytes: int
    hours: float


def recording_room(
    folder: Path,
    video_kbps: int,
    free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
    *,
    reserve_bytes: int = RESERVE_BYTES,
) -> RecordingRoom | None:
    """Return the room for recordings; ``None`` if the system does not tell. Blocks as the disk does.

    Args:
        folder: where recordings go; while it does not exist, where it will be made.
        video_kbps: of the program's pictures.
        free_bytes: tells the room in a folder that exists.
        reserve_bytes: what a recording keeps aside; with what it leaves to others no room for it.
    """
    try:
        free = free_bytes(next(path for path in (folder, *folder.parents) if path.exists()))
    except OSError:
        return None  # a disk that was pulled out
    bytes_per_hour = (video_kbps + SOUND_KBPS) * 1000 / 8 * _SECONDS_PER_HOUR
    usable = max(0, free - LEAST_FREE_BYTES - reserve_bytes)
    return RecordingRoom(free_bytes=free, hours=round(usable / bytes_per_hour, 2))

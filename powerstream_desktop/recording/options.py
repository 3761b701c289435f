"""What the owner of a recording may choose: frozen, and light enough to be read where nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

SPLIT_AFTER_S: Final = 3600.0
SPLIT_AT_BYTES: Final = 3_900_000_000
"""FAT32 holds files up to 4 GiB; what is left below that takes the last group of pictures and the index."""
RESERVE_BYTES: Final = 16 * 1024 * 1024


class Container(StrEnum):
    """What the files are."""

    MP4 = "mp4"
    MKV = "mkv"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingOptions:
    """How a stream is recorded (reliability_security.md 1.5).

    Attributes:
        folder: where the files go; made when missing.
        fallback_folders: where they go instead when that one cannot be used any more, in this order.
        split_after_s: media seconds after which a new file begins, at the next key frame; ``None`` for never.
        split_at_bytes: size at which a new file begins, at the next key frame; ``None`` for never.
        container: what the files are.
        reserve_bytes: what is kept aside in the folder while recording, and given up when the disk is full, so that the file can
            be finished all the same; 0 for nothing.
    """

    folder: Path
    fallback_folders: tuple[Path, ...] = ()
    split_after_s: float | None = SPLIT_AFTER_S
    split_at_bytes: int | None = SPLIT_AT_BYTES
    container: Container = Container.MP4
    reserve_bytes: int = RESERVE_BYTES

"""Free space as time: how long a disk takes what is recorded, and when that is too short (reliability_security.md 1.5.7)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.recording.packet_queue import MAX_QUEUE_BYTES
from powerstream_desktop.recording.warning import RecordingWarning

LEAST_FREE_BYTES: Final = 200_000_000 + MAX_QUEUE_BYTES
"""Whatever the bitrate: other programs write too, and what is queued must still find room."""
_LEVELS: Final = (
    (RecordingWarning.SPACE_OUT, 120.0),
    (RecordingWarning.SPACE_LOW, 600.0),
    (RecordingWarning.SPACE_SHORT, 1800.0),
)
"""Worst first: below so many seconds."""
_LEAVING_SHARE: Final = 1.1
"""A level that is reached is left only at so much more room, or it would come and go with every scene."""
_MEASURED_MS: Final = 60_000
_LEAST_MEASURED_MS: Final = 5_000
"""Less than that tells more of the first key frame than of the stream."""


class ByteRate:
    """What a recording takes of the disk, over the last minute of media."""

    def __init__(self) -> None:
        self._samples: deque[tuple[int, int]] = deque()

    def note(self, *, media_ms: int, size_bytes: int) -> None:
        """Take how much has been recorded so far: length and size of all files."""
        self._samples.append((media_ms, size_bytes))
        while len(self._samples) > 2 and media_ms - self._samples[1][0] >= _MEASURED_MS:
            self._samples.popleft()

    @property
    def bytes_per_s(self) -> float | None:
        """Bytes for a second of media; ``None`` until that is known."""
        if not self._samples:
            return None
        (first_ms, first_bytes), (last_ms, last_bytes) = self._samples[0], self._samples[-1]
        if last_ms - first_ms < _LEAST_MEASURED_MS or last_bytes <= first_bytes:
            return None
        return (last_bytes - first_bytes) * 1000 / (last_ms - first_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceVerdict:
    """What free space means for a recording.

    Attributes:
        room_s: how long the disk takes the recording; ``None`` while that is unknown.
        warning: one of the three levels of space; ``None`` if there is enough, or nobody knows.
    """

    room_s: float | None = None
    warning: RecordingWarning | None = None


def judge_space(
    free_bytes: int | None, bytes_per_s: float | None, before: RecordingWarning | None
) -> SpaceVerdict:
    """Return what free space means.

    Args:
        free_bytes: on the recording's disk; ``None`` if the system does not tell.
        bytes_per_s: what the recording takes; ``None`` if it is not measured yet.
        before: the warning of the last verdict for this disk.
    """
    if free_bytes is None:
        return SpaceVerdict()
    room_s = None if bytes_per_s is None else free_bytes / bytes_per_s
    if free_bytes < LEAST_FREE_BYTES:
        return SpaceVerdict(room_s=room_s, warning=RecordingWarning.SPACE_OUT)
    return SpaceVerdict(room_s=room_s, warning=None if room_s is None else _level(room_s, before))


def _level(room_s: float, before: RecordingWarning | None) -> RecordingWarning | None:
    was_reached = False
    for warning, limit_s in _LEVELS:
        was_reached = was_reached or warning is before
        if room_s < limit_s * (_LEAVING_SHARE if was_reached else 1.0):
            return warning
    return None

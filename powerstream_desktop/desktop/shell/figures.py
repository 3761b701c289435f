"""The health figures of the top bar, as values. Pure: made of snapshots and the time, in monotonic seconds.

Three causes are kept apart, because each is mended elsewhere: *dropped* frames did not get through to a platform (the internet),
*skipped* ones were never made, because the encoder was too slow (the computer) or a picture was not put together in time (the
graphics). Shares are those of the last minute: what went wrong two hours ago is over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.client.live import RunningBroadcast
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.studio import EngineStatus

WINDOW_S: Final = 60.0
_SHORTEST_S: Final = 0.5
"""Between two answers, for a share of the processors to mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many frames were lost in the last minute."""

    lost: int = 0
    of: int = 0

    @property
    def percent(self) -> float:
        """0 to 100."""
        return 100 * self.lost / self.of if self.of else 0.0


class Counting:
    """Two totals that grow, over the last minute. Told them about once a second.

    A total that falls begins anew: another broadcast, or another engine.
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int, int]] = deque()

    def add(self, lost: int, of: int, now: float) -> Share:
        """Take the totals as they are now; return what of them is of the last minute."""
        if self._seen and (lost < self._seen[-1][1] or of < self._seen[-1][2]):
            self._seen.clear()
        self._seen.append((now, lost, of))
        while now - self._seen[0][0] > WINDOW_S:
            self._seen.popleft()
        _, lost_before, of_before = self._seen[0]
        return Share(lost=lost - lost_before, of=of - of_before)

    def clear(self) -> None:
        """Forget all."""
        self._seen.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFigures:
    """What goes out.

    Attributes:
        upload_kbps: what all platforms together acknowledged.
        dropped: frames that did not get through, of those of all destinations.
    """

    upload_kbps: int
    dropped: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramFigures:
    """How well the program is made.

    Attributes:
        encoder: pictures that the slowest encoder missed.
        graphics: pictures that were not put together in time.
    """

    encoder: Share
    graphics: Share

    @property
    def skipped_percent(self) -> float:
        """Of both causes together, 0 to 100."""
        return min(100.0, self.encoder.percent + self.graphics.percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputerFigures:
    """What is taken of the computer, and left.

    Attributes:
        cpu_percent: of all processors together; None before it was measured.
        disk_hours: of recording that the disk has room for; None where the system does not tell.
    """

    cpu_percent: float | None = None
    disk_hours: float | None = None


class LineMeasure:
    """Makes the line's figures of snapshots of the broadcast."""

    def __init__(self) -> None:
        self._session_id = ""
        self._counting = Counting()

    def take(self, broadcast: RunningBroadcast | None, now: float) -> LineFigures | None:
        """Return the figures; None while nothing goes out."""
        if broadcast is None:
            self._counting.clear()
            return None
        if broadcast.session_id != self._session_id:
            self._session_id = broadcast.session_id
            self._counting.clear()
        dropped = sum(each.dropped_frames for each in broadcast.endpoints)
        sent = sum(each.frames_sent for each in broadcast.endpoints)
        return LineFigures(
            upload_kbps=sum(each.bitrate_kbps for each in broadcast.endpoints),
            dropped=self._counting.add(dropped, dropped + sent, now),
        )


class ProgramMeasure:
    """Makes the program's figures of the engine's."""

    def __init__(self) -> None:
        self._encoder, self._graphics = Counting(), Counting()

    def take(self, engine: EngineStatus | None, now: float) -> ProgramFigures | None:
        """Return the figures; None while nothing is encoded."""
        stats = engine.words.get("stats") if engine is not None else None
        renditions = stats.get("renditions") if isinstance(stats, dict) else None
        if not isinstance(stats, dict) or not isinstance(renditions, list) or not renditions:
            self._encoder.clear()
            self._graphics.clear()
            return None
        made = sum(_count(each, "framesMade") for each in renditions)
        missed = sum(_count(each, "framesSkipped") for each in renditions)
        undrawn = _count(stats, "framesSkipped")
        first = _count(renditions[0], "framesMade") + _count(renditions[0], "framesSkipped")
        return ProgramFigures(
            encoder=self._encoder.add(missed, made + missed, now),
            graphics=self._graphics.add(undrawn, first + undrawn, now),
        )


class ComputerMeasure:
    """Makes the computer's figures of answers of ``GET /api/stats``.

    Args:
        processors: how many the computer has.
    """

    def __init__(self, processors: int) -> None:
        self._processors = max(1, processors)
        self._before: tuple[float, dict[int, float]] | None = None
        self._cpu_percent: float | None = None

    def take(self, stats: Words, now: float) -> ComputerFigures:
        """Return the figures; processor time is that between two answers."""
        seconds = _processor_seconds(stats)
        if self._before is None:
            self._before = (now, seconds)
        elif now - self._before[0] >= _SHORTEST_S:
            then, seconds_then = self._before
            # A process that has just begun had none before; one that ended is not asked any more.
            used_s = sum(max(0.0, each - seconds_then.get(pid, 0.0)) for pid, each in seconds.items())
            self._cpu_percent = min(100.0, 100 * used_s / (now - then) / self._processors)
            self._before = (now, seconds)
        room = stats.get("recordingRoom")
        hours = room.get("hours") if isinstance(room, dict) else None
        return ComputerFigures(
            cpu_percent=self._cpu_percent,
            disk_hours=float(hours) if isinstance(hours, int | float) else None,
        )


def _processor_seconds(stats: Words) -> dict[int, float]:
    processes = stats.get("processes")
    all_of_them = [stats.get("service"), *(processes if isinstance(processes, list) else ())]
    return {
        each["pid"]: float(each["cpuSeconds"])
        for each in all_of_them
        if isinstance(each, dict) and isinstance(each.get("pid"), int) and _is_number(each.get("cpuSeconds"))
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count(words: Mapping[str, Any], name: str) -> int:
    value = words.get(name, 0) if isinstance(words, dict) else 0
    return value if isinstance(value, int) else 0

"""Who needs the studio's engine, and for how long (DESIGN 2). Pure: no process, no clock.

A broadcast needs it from going on air to going off. Everybody else needs it by asking for something: from the question to its
answer, and for ten seconds more, so that a window that looks asks for its preview every five. What is watched counts for ten
seconds as well and is then taken back, for the watcher must have died; it says its wish again as long as it lives. One watcher
that stops looking stops the others, too: their next word brings it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    StopPreview,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)

WISH_S: Final = 10.0
"""For so long the engine stays after the last answer, and is watched without another word."""


class EngineWishes:
    """Keeps account of the wishes. Owner: the studio's engine, on its loop.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._is_on_air = False
        self._questions = 0
        self._until_s = clock()
        # What is watched by what takes it back, and until when.
        self._watches: dict[EngineCommand, tuple[EngineCommand, float]] = {}

    def go_on_air(self) -> None:
        """A broadcast needs the engine from now on."""
        self._is_on_air = True

    def leave_air(self) -> None:
        """No broadcast needs it any more."""
        self._is_on_air = False

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Somebody asks for something, until the context ends and for ten seconds more."""
        self._questions += 1
        try:
            yield
        finally:
            self._questions -= 1
            self._until_s = self._clock() + WISH_S

    @property
    def is_wanted(self) -> bool:
        """Somebody needs the engine."""
        return self._is_on_air or self._questions > 0 or self._clock() < self._until_s

    @property
    def due_in_s(self) -> float | None:
        """Seconds until a wish or a watch is over, if nobody says another word; ``None`` while none ends by itself."""
        ends = [until_s for _, until_s in self._watches.values()]
        if not self._is_on_air and not self._questions:
            ends.append(self._until_s)
        return max(0.0, min(ends) - self._clock()) if ends else None

    def obeyed(self, command: EngineCommand) -> None:
        """The engine obeys this; it may be that something is watched from now on, or no more."""
        match command:
            case WatchLevels(is_watched=True) | WatchDevices(is_watched=True) | WatchPreview():
                self._watches[_taken_back_by(command)] = (command, self._clock() + WISH_S)
            case WatchLevels() | WatchDevices() | StopPreview():
                self._watches.pop(command, None)
            case _:
                pass

    @property
    def watched(self) -> tuple[EngineCommand, ...]:
        """What an engine that is started now must be told."""
        now = self._clock()
        return tuple(command for command, until_s in self._watches.values() if now < until_s)

    def lapsed(self) -> tuple[EngineCommand, ...]:
        """Return what takes back that which nobody watches any more, and forget it."""
        now = self._clock()
        lapsed = tuple(end for end, (_, until_s) in self._watches.items() if now >= until_s)
        for end in lapsed:
            del self._watches[end]
        return lapsed


def _taken_back_by(watch: WatchLevels | WatchDevices | WatchPreview) -> EngineCommand:
    match watch:
        case WatchLevels():
            return WatchLevels(is_watched=False)
        case WatchDevices():
            return WatchDevices(is_watched=False)
        case WatchPreview():
            return StopPreview()

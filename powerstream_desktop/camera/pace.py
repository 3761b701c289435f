"""A file played as if it were a camera: each picture when it is due, again and again."""

from __future__ import annotations

from typing import Final

_LATE_S: Final = 0.5
_FALLBACK_FPS: Final = 30.0
_MAX_FPS: Final = 1000.0


class FilePace:
    """Tells when the pictures of a file are due. Pure.

    Args:
        fps: of the file; used where its pictures have no times.
    """

    def __init__(self, fps: float) -> None:
        self._step_s = 1 / (fps if 0 < fps <= _MAX_FPS else _FALLBACK_FPS)
        self._began_s = 0.0
        self._position_s: float | None = None  # of the newest picture of this pass
        self._next_pass_s: float | None = None

    def restart(self) -> None:
        """Begin another pass right behind the last picture."""
        if self._position_s is not None:
            self._next_pass_s = self._began_s + self._position_s + self._step_s
        self._position_s = None

    def due_s(self, position_s: float, now: float) -> float:
        """Return the monotonic time at which a picture is due.

        Args:
            position_s: of the picture in its pass; one that does not advance is taken as the next at the file's rate.
            now: monotonic seconds. When the file is read too slowly, its clock is set back instead of hurrying.
        """
        if self._position_s is None:
            self._began_s = (now if self._next_pass_s is None else self._next_pass_s) - position_s
        elif position_s <= self._position_s:
            position_s = self._position_s + self._step_s
        self._position_s = position_s
        if now - (self._began_s + position_s) > _LATE_S:
            self._began_s = now - position_s
        return self._began_s + position_s

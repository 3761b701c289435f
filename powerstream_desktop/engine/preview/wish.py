"""What a window wants to see of the program, and for how long that counts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import UserError

LEASE_S: Final = 5.0
"""A wish that nobody renews for so long is over: the window that had it is gone."""
MAX_FPS: Final = 30
_EARLY: Final = 0.45
"""By this share of an interval a picture may come early; the grid keeps the pace all the same."""
MIN_SIDE: Final = 16
MAX_SIDE: Final = 3840


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewWish:
    """A size and a pace.

    Attributes:
        width, height: of the place in the window, 16 to 3,840 pixels; the picture is the largest that fits into it.
        fps: pictures a second, 1 to 30.

    Raises:
        UserError: there is no such preview.
    """

    width: int
    height: int
    fps: int = MAX_FPS

    def __post_init__(self) -> None:
        for side in (self.width, self.height):
            if not MIN_SIDE <= side <= MAX_SIDE:
                raise UserError(
                    f"There is no preview of {self.width}x{self.height} pixels.",
                    hint=f"Ask for {MIN_SIDE} to {MAX_SIDE} pixels.",
                )
        if not 1 <= self.fps <= MAX_FPS:
            raise UserError(f"A preview shows 1 to {MAX_FPS} pictures a second, not {self.fps}.")

    def fitted(self, canvas_width: int, canvas_height: int) -> tuple[int, int]:
        """Return the even size of the largest picture of the canvas's shape that fits; never larger than the canvas."""
        scale = min(self.width / canvas_width, self.height / canvas_height, 1.0)
        return _even(canvas_width * scale), _even(canvas_height * scale)


class PreviewPace:
    """Chooses the slots of the program that are shown. Used by the program's thread.

    Args:
        fps: pictures a second that are wanted.
    """

    def __init__(self, fps: int) -> None:
        self._interval_s = 1 / fps
        self._due_s = 0.0

    def is_due(self, now: float) -> bool:
        """Tell whether a picture made at ``now`` (monotonic seconds) is to be shown; if so, the next one is due later.

        A program of 30 frames a second whose slots come a little early or late loses none of them to a preview of 30.
        """
        if now < self._due_s - _EARLY * self._interval_s:
            return False
        is_pause = now - self._due_s > self._interval_s
        self._due_s = (now if is_pause else self._due_s) + self._interval_s
        return True


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)

"""A text as a source: painted for its place, and again only when its words or its place change."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.picture import Inset, Picture
from powerstream_desktop.engine.scene.sources import TextContent, TextKind
from powerstream_desktop.engine.sources.port import Capabilities
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.qt_images import frame_of_image
from powerstream_desktop.engine.sources.text_paint import TextPlace, paint_text
from powerstream_desktop.engine.sources.text_words import LocalTime, words_at

_LEAST_SIDE: Final = 2
_AHEAD_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be painted."""

    words: str
    place: TextPlace


class TextSource:
    """Writes a text, a clock or a countdown.

    Args:
        content: what, and how it looks.
        host: for Qt's fonts.
        canvas_size: width and height in pixels of the canvas that the content's size is a share of.
        wall_clock: Unix seconds; a clock and a countdown are for people.
        local_time: turns them into the time of this place.
    """

    def __init__(
        self,
        content: TextContent,
        host: QtHost,
        canvas_size: tuple[int, int],
        *,
        wall_clock: Clock = time.time,
        local_time: LocalTime = time.localtime,
    ) -> None:
        self._content = content
        self._host = host
        self._wall_clock = wall_clock
        self._local_time = local_time
        self._line_height = max(1.0, content.size * canvas_size[1])
        self._is_open = False
        # Written by the engine's thread, read by the program's; replaced whole.
        self._place = self._place_of(*canvas_size)
        # The program's thread's own.
        self._picture: Picture | None = None
        self._painted: _Wish | None = None
        self._ahead: dict[_Wish, Picture] = {}  # what will be shown next, at most one
        self.delivered = 0

    @property
    def label(self) -> str:
        """The kind of text, for people."""
        return {
            TextKind.FIXED: "text",
            TextKind.CLOCK: "clock",
            TextKind.COUNTDOWN: "countdown",
        }[self._content.kind]

    @property
    def capabilities(self) -> Capabilities:
        """It is transparent around its letters and painted for its place."""
        place = self._place
        return Capabilities(
            has_alpha=True,
            is_static=self._content.kind is TextKind.FIXED,
            takes_its_place=True,
            width=place.width,
            height=place.height,
        )

    def open(self) -> None:
        """Wait for Qt's fonts.

        Raises:
            BugError: Qt has ended.
        """
        self._host.need()
        self._is_open = True

    def start(self, _epoch_s: float) -> None:
        """Nothing runs on its own."""

    def show_at(self, width: int, height: int) -> None:
        """Paint for this place from the next picture on; long lines are broken to its width."""
        self._place = self._place_of(width, height)

    def picture_at(self, _time_s: float) -> Picture:
        """Return the text as it is now; painting takes about a millisecond, and is only done when something changed.

        What a clock will say half a second later is painted now: the slot in which it changes has enough to do with it.
        """
        if not self._is_open:
            raise BugError("A picture was asked of a text that was not opened.")
        wall_s = self._wall_clock()
        wanted = _Wish(words_at(self._content, wall_s, self._local_time), self._place)
        if self._picture is None or wanted != self._painted:
            painted = self._ahead.get(wanted) or self._paint(wanted)
            self.delivered += 1
            self._picture, self._painted, self._ahead = replace(painted, serial=self.delivered), wanted, {}
        elif not self._ahead and self._content.kind is not TextKind.FIXED:
            coming = _Wish(words_at(self._content, wall_s + _AHEAD_S, self._local_time), self._place)
            if coming != wanted:
                self._ahead = {coming: self._paint(coming)}
        return self._picture

    def close(self) -> None:
        """Nothing is held."""
        self._is_open = False

    def _paint(self, wish: _Wish) -> Picture:
        painted = paint_text(wish.words, self._content, wish.place)
        inset = Inset(x=painted.x, y=painted.y, width=wish.place.width, height=wish.place.height)
        return Picture(frame_of_image(painted.image), 0, inset)

    def _place_of(self, width: int, height: int) -> TextPlace:
        return TextPlace(
            width=max(_LEAST_SIDE, width),
            height=max(_LEAST_SIDE, height),
            line_height=self._line_height,
        )

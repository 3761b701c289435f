"""A text as a source: painted for its place, and again only when its words or its place change; never on the program's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.compositor.converter import Converter
from powerstream_desktop.engine.compositor.overlay import Overlay
from powerstream_desktop.engine.picture import Inset, Picture
from powerstream_desktop.engine.scene.sources import TextContent, TextKind
from powerstream_desktop.engine.sources.port import Capabilities
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.qt_images import frame_of_image
from powerstream_desktop.engine.sources.text_ahead import (
    Paint,
    PaintedWish,
    TextAhead,
    TextAheadThread,
    TextWish,
)
from powerstream_desktop.engine.sources.text_paint import TextPlace, paint_text
from powerstream_desktop.engine.sources.text_words import LocalTime, words_at

_LEAST_SIDE: Final = 2
_AHEAD_S: Final = 0.5


class TextSource:
    """Writes a text, a clock or a countdown.

    Args:
        content: what, and how it looks.
        host: for Qt's fonts.
        canvas_size: width and height in pixels of the canvas that the content's size is a share of.
        wall_clock: Unix seconds; a clock and a countdown are for people.
        local_time: turns them into the time of this place.
        paint_ahead: paints what a clock will show next.
    """

    def __init__(
        self,
        content: TextContent,
        host: QtHost,
        canvas_size: tuple[int, int],
        *,
        wall_clock: Clock = time.time,
        local_time: LocalTime = time.localtime,
        paint_ahead: Callable[[Paint], TextAhead] = TextAheadThread,
    ) -> None:
        self._content = content
        self._host = host
        self._wall_clock = wall_clock
        self._local_time = local_time
        self._paint_ahead = paint_ahead
        self._line_height = max(1.0, content.size * canvas_size[1])
        # Written by the engine's thread, read by the program's; each replaced whole.
        self._place = self._place_of(*canvas_size)
        self._painted: PaintedWish | None = None  # for the newest place; None while it is not open
        self._ahead: TextAhead | None = None  # of a text that changes by itself
        # The program's thread's own.
        self._shown: PaintedWish | None = None
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
        """It is painted for its place."""
        place = self._place
        return Capabilities(
            takes_its_place=True,
            width=place.width,
            height=place.height,
        )

    def open(self) -> None:
        """Wait for Qt's fonts, and paint the first picture.

        Raises:
            BugError: Qt has ended.
        """
        self._host.need()
        self._painted = self._painted_now(self._place)
        if self._content.kind is not TextKind.FIXED:
            self._ahead = self._paint_ahead(self._paint)

    def start(self, _epoch_s: float) -> None:
        """Nothing is bound to the program's slots."""

    def show_at(self, width: int, height: int) -> None:
        """Paint for this place, from the next picture on; long lines are broken to its width."""
        place = self._place_of(width, height)
        if self._painted is not None and place != self._place:
            self._painted = self._painted_now(place)
        self._place = place  # last: whoever sees it finds the picture as well

    def picture_at(self, _time_s: float) -> Picture:
        """Return the text as it is now, or as it was if that is still being painted, as after the clock was set.

        What a clock will say half a second later is asked for already.
        """
        painted = self._painted
        if painted is None:
            raise BugError("A picture was asked of a text that was not opened.")
        wall_s = self._wall_clock()
        wanted = self._wish(wall_s, self._place)
        if self._shown is None or self._shown.wish != wanted:
            return self._changed_to(wanted, painted)
        if self._ahead is not None:
            coming = self._wish(wall_s + _AHEAD_S, self._place)
            if coming != wanted:
                self._ahead.ask(coming)
        return self._shown.picture

    def close(self) -> None:
        """End the painting, and wait for it."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.close()
        self._painted = None

    def _changed_to(self, wanted: TextWish, painted: PaintedWish) -> Picture:
        """Show what is wanted if it is there, and have it painted if it is not."""
        ahead = None if self._ahead is None else self._ahead.newest
        found = next((each for each in (ahead, painted) if each is not None and each.wish == wanted), None)
        if found is None and self._ahead is not None:
            self._ahead.ask(wanted)
        if found is None and self._shown is None:
            found = painted
        if found is not None:
            self.delivered += 1
            self._shown = replace(found, picture=replace(found.picture, serial=self.delivered))
        assert self._shown is not None  # noqa: S101 - set above when it was not
        return self._shown.picture

    def _wish(self, wall_s: float, place: TextPlace) -> TextWish:
        return TextWish(words_at(self._content, wall_s, self._local_time), place)

    def _painted_now(self, place: TextPlace) -> PaintedWish:
        wish = self._wish(self._wall_clock(), place)
        return PaintedWish(wish, self._paint(wish))

    def _paint(self, wish: TextWish) -> Picture:
        """Paint, and prepare the picture for the compositor. On any thread."""
        painted = paint_text(wish.words, self._content, wish.place)
        inset = Inset(x=painted.x, y=painted.y, width=wish.place.width, height=wish.place.height)
        frame = frame_of_image(painted.image)
        is_on_chroma_grid = not (inset.x | inset.y | frame.width | frame.height) & 1
        if not is_on_chroma_grid:  # the compositor moves it there
            return Picture(frame, 0, inset)
        premultiplied = Converter().premultiplied(frame, frame.width, frame.height)
        return Picture(frame, 0, inset, ready=Overlay(premultiplied, 1.0))

    def _place_of(self, width: int, height: int) -> TextPlace:
        return TextPlace(
            width=max(_LEAST_SIDE, width),
            height=max(_LEAST_SIDE, height),
            line_height=self._line_height,
        )

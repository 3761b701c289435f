"""Paints what a text will show next on a thread of its own: large letters take longer than a slot of the program may."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.text_paint import TextPlace


@dataclass(frozen=True, slots=True)
class TextWish:
    """What is to be painted."""

    words: str
    place: TextPlace


@dataclass(frozen=True, slots=True, eq=False)
class PaintedWish:
    """A wish, and what it looks like."""

    wish: TextWish
    picture: Picture


Paint: TypeAlias = Callable[[TextWish], Picture]


class TextAhead(Protocol):
    """Paints wishes, so that a picture is there by the time it is to be shown."""

    @property
    def newest(self) -> PaintedWish | None:
        """What was painted last.

        Raises:
            Exception: whatever the painting raised; nothing is painted any more.
        """

    def ask(self, wish: TextWish, /) -> None:
        """Have this painted next, unless it was asked for last. Never waits."""

    def close(self) -> None:
        """End, and wait for it."""


class TextAheadThread:
    """Paints on the thread "text-ahead". Asked and looked at by the program's thread, closed by the engine's.

    Args:
        paint: called on the thread.
    """

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        # Put by the program's thread, which asks for two or three pictures a second; ``None`` ends the thread.
        self._wishes: queue.SimpleQueue[TextWish | None] = queue.SimpleQueue()
        self._asked: TextWish | None = None  # the program's thread's own
        # Written by this thread, read by the program's; replaced whole.
        self._newest: PaintedWish | None = None
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="text-ahead", daemon=True)
        self._thread.start()

    @property
    def newest(self) -> PaintedWish | None:
        """What was painted last."""
        if self._failure is not None:
            raise self._failure
        return self._newest

    def ask(self, wish: TextWish) -> None:
        """Have this painted next, unless it was asked for last."""
        if wish != self._asked:
            self._asked = wish
            self._wishes.put(wish)

    def close(self) -> None:
        """End the thread after the picture in the making, and wait for it."""
        self._wishes.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            try:
                self._newest = PaintedWish(wish, self._paint(wish))
            except Exception as error:  # noqa: BLE001 - whoever shows this text is told, and no other source suffers
                self._failure = error
                return

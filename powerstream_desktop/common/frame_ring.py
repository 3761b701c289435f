"""Pictures from one process to another through a memory-mapped file: three slots, a writer that never waits (DESIGN 2).

The file begins with a page of 64-bit words (``frame_ring_file``); behind it lie three slots of equal size. The writer fills
them in turn. A reader copies the newest one and looks afterwards whether it was written to meanwhile: the slot's *mark* is
odd while it is being written, and even, twice the picture's number, when it is whole (a seqlock). With three slots the
writer must finish two pictures and begin a third during one copy to spoil it; then the reader takes the newest instead.

A picture that does not fit gets a new file, the next *generation*; the old one is marked as superseded. The same happens
when a writer died and another takes its place. A reader that is gone costs nothing; one that waits for more renews the
moment until which it watches, so that a writer need not make pictures that nobody takes.

Times are ``time.monotonic``'s, which on all our systems is the same clock in every process.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring_file import (
    SLOTS,
    RingFile,
    SlotHeader,
    Word,
    create_ring_file,
    fence,
    open_ring_file,
)
from powerstream_desktop.common.frame_ring_folder import (
    generations,
    remove_abandoned_rings,
    remove_ring_files,
)

ResultT = TypeVar("ResultT")

_TRIES: Final = 4
"""Copies begun before a reader that was overtaken each time waits for its next turn."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9\-]{0,63}")
_NS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFrame(Generic[ResultT]):
    """A picture that was copied whole.

    Attributes:
        number: counts the pictures of one generation from 1.
        stamp_s: monotonic time at which it was captured.
        value: what the copying function returned.
    """

    number: int
    stamp_s: float
    value: ResultT


class FrameRingWriter:
    """Writes pictures. Used by one thread; no method waits for anybody.

    Args:
        folder: the runtime folder, which must exist and be private.
        name: the ring's: small letters, digits and hyphens.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = _checked(name)
        self._file: RingFile | None = None
        self._number = 0
        self._layout: FrameLayout | None = None
        self._slot: memoryview | None = None

    def slot(self, layout: FrameLayout) -> memoryview:
        """Return the bytes of the next picture, to be filled; ``commit`` makes them readable.

        Asking again before ``commit`` begins the same picture anew; asking alone makes the ring, so that a reader can say
        that it watches. The view is valid until the next call of any method.

        Raises:
            SystemFault: there is no room for the file, or it cannot be made.
        """
        if self._file is None or layout.size_bytes > self._file.capacity:
            self._next_generation(layout.size_bytes)
        assert self._file is not None  # noqa: S101 - made above
        self._release_slot()
        number = self._number + 1
        self._file.set_mark(number % SLOTS, 2 * number - 1)
        fence()
        self._layout = layout
        self._slot = self._file.pixels(number % SLOTS, layout.size_bytes)
        return self._slot

    def commit(self, stamp_s: float, *, now_s: float) -> None:
        """Hand the filled slot to the readers.

        Args:
            stamp_s: monotonic time at which the picture was captured.
            now_s: monotonic time; also a sign of life.
        """
        if self._file is None or self._layout is None or self._slot is None:
            raise BugError("A picture was committed that was never begun.")
        self._release_slot()
        number = self._number = self._number + 1
        self._file.write_header(
            number % SLOTS, SlotHeader(stamp_ns=round(stamp_s * _NS), layout=self._layout)
        )
        fence()
        self._file.set_mark(number % SLOTS, 2 * number)
        fence()
        self._file[Word.NEWEST] = number
        self.beat(now_s)

    def beat(self, now_s: float) -> None:
        """Give a sign of life although there is no picture."""
        if self._file is not None:
            self._file[Word.HEARTBEAT_NS] = round(now_s * _NS)

    def is_watched(self, now_s: float) -> bool:
        """Tell whether a reader has said that it still watches."""
        return self._file is not None and self._file[Word.WATCHED_UNTIL_NS] > now_s * _NS

    def close(self) -> None:
        """End the ring: readers find no new picture any more, and its file goes."""
        self._release_slot()
        if self._file is not None:
            self._file[Word.SUPERSEDED] = 1
            generation = self._file.generation
            self._file.close()
            self._file = None
            # A later generation is that of a writer who has taken this one's place already.
            remove_ring_files(self._folder, self._name, below=generation + 1)

    def _release_slot(self) -> None:
        if self._slot is not None:
            # The caller still holds an array over it; it frees it with that.
            with contextlib.suppress(BufferError):
                self._slot.release()
            self._slot = None

    def _next_generation(self, size_bytes: int) -> None:
        """Make a larger file, and mark all older ones, also those of a writer that died.

        Rings of other names are looked at as well: a writer that was killed together with its engine removed nothing.
        """
        watched_until_ns = self._file[Word.WATCHED_UNTIL_NS] if self._file is not None else 0
        self._release_slot()
        older = generations(self._folder, self._name)
        made = create_ring_file(self._folder, self._name, max(older, default=0) + 1, size_bytes)
        made[Word.WATCHED_UNTIL_NS] = watched_until_ns
        if self._file is not None:
            self._file.close()
        for generation in older:
            if (old := open_ring_file(self._folder, self._name, generation)) is not None:
                old[Word.SUPERSEDED] = 1
                old.close()
        remove_ring_files(self._folder, self._name, below=made.generation)
        remove_abandoned_rings(self._folder)
        self._file = made
        self._number = 0


class FrameRingReader:
    """Takes the newest picture of a ring, whoever writes it at the time. Used by one thread; never waits.

    Args:
        folder: as the writer's.
        name: as the writer's.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = _checked(name)
        self._file: RingFile | None = None
        self._taken = 0
        self.torn = 0
        """Copies that were spoilt by the writer and taken again."""

    @property
    def heartbeat_s(self) -> float | None:
        """Monotonic time of the writer's last sign of life; ``None`` while there is no ring."""
        if self._file is None:
            return None
        return self._file[Word.HEARTBEAT_NS] / _NS

    def watch(self, until_s: float) -> None:
        """Tell the writer that pictures are wanted until this monotonic time."""
        if self._is_there() and self._file is not None:
            self._file[Word.WATCHED_UNTIL_NS] = max(self._file[Word.WATCHED_UNTIL_NS], round(until_s * _NS))

    def take(self, copy: Callable[[FrameLayout, memoryview], ResultT]) -> TakenFrame[ResultT] | None:
        """Copy the newest picture if it was not taken before.

        Args:
            copy: called with the picture's shape and its bytes, which may change under its hands: it must copy and not
                interpret. Called again when they did.

        Returns:
            The picture, or ``None`` if there is none that is new and whole.
        """
        for _ in range(_TRIES):
            if not self._is_there() or self._file is None:
                return None
            number = self._file[Word.NEWEST]
            if number == self._taken:
                return None
            fence()
            taken = self._copy(self._file, number, copy)
            if taken is not None:
                self._taken = number
                return taken
            self.torn += 1
        return None

    def close(self) -> None:
        """Let the file go; it is the writer's to remove."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _copy(
        self, file: RingFile, number: int, copy: Callable[[FrameLayout, memoryview], ResultT]
    ) -> TakenFrame[ResultT] | None:
        slot = number % SLOTS
        header = file.read_header(slot)
        if header is None or header.layout.size_bytes > file.capacity or file.mark(slot) != 2 * number:
            return None
        pixels = file.pixels(slot, header.layout.size_bytes)
        value = copy(header.layout, pixels)
        with contextlib.suppress(BufferError):
            pixels.release()
        fence()
        if file.mark(slot) != 2 * number:
            return None
        return TakenFrame(number=number, stamp_s=header.stamp_ns / _NS, value=value)

    def _is_there(self) -> bool:
        """Go over to the newest generation when ours is superseded; one that is not is never left.

        A writer that ended well took its files along, so the next one counts from 1 again: what is there in place of ours is
        newer, whatever its number.
        """
        if self._file is not None and not self._file[Word.SUPERSEDED]:
            return True
        newest = max(generations(self._folder, self._name), default=0)
        found = open_ring_file(self._folder, self._name, newest) if newest else None
        if found is not None and found[Word.SUPERSEDED]:  # ours, or one that Windows could not remove yet
            found.close()
            found = None
        if found is None:
            return self._file is not None
        self.close()
        self._file = found
        self._taken = 0
        return True


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BugError(f"A frame ring cannot be called {name!r}.")
    return name

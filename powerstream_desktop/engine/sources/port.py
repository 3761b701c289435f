"""The ports of the sources: what the compositor asks of each, and what a thing that may vanish has to offer.

A source delivers pictures of its own size and format; the compositor crops, scales and converts them. Sources that cannot
fail once they are open (text, a colour, the test picture, a media file) are a ``SceneSource`` themselves. The others (a
screen, a window, an image file) are a ``Capture``, and ``held.HeldSource`` makes a ``SceneSource`` of each: what happens
when one is lost is decided in one place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.picture import PictureSource
from powerstream_desktop.engine.sound import Samples

if TYPE_CHECKING:
    import av


LossListener: TypeAlias = Callable[[str | None], None]
"""Called on the source's thread with a sentence when the source is lost, with ``None`` when it is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEvents:
    """Who is told about a source. Called on its own threads; must return soon.

    Attributes:
        on_loss: called with a sentence when the source is lost, with ``None`` when it is back.
        on_frozen: called with a sentence when it seems frozen, with ``None`` when it does no longer.
    """

    on_loss: LossListener
    on_frozen: Callable[[str | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a source is, as far as a scene has to know.

    Attributes:
        takes_its_place: it is drawn for the size at which it is shown and has none of its own.
        keeps_pace: it delivers a picture for every slot of the program, so one that is missing is late.
        reopens: once opened, be it in vain, it looks for its device by itself and has a picture to show meanwhile.
        width, height: of its pictures in their own pixels; 0 while that is not known.
        pixel_aspect: width of such a pixel divided by its height.
    """

    takes_its_place: bool = False
    keeps_pace: bool = False
    reopens: bool = False
    width: int = 0
    height: int = 0
    pixel_aspect: float = 1.0


class SceneSource(PictureSource, Protocol):
    """A source of a scene. ``picture_at`` is called by the program's thread, the rest by the engine's, one at a time."""

    @property
    def capabilities(self) -> Capabilities:
        """What it is now; a window that was resized has another size."""

    def show_at(self, width: int, height: int, /) -> None:
        """Say how large the source is shown, in pixels of the canvas; only what is drawn for its place minds."""


@runtime_checkable
class Audible(Protocol):
    """A source that can be heard as well. ``read_sound`` is called by the program's thread."""

    def read_sound(self, position: int, count: int, /) -> Samples:
        """Return ``count`` samples from a position of the program on; never blocks, never fails once opened."""


@runtime_checkable
class Restartable(Protocol):
    """A source that can be begun anew."""

    def restart(self) -> None:
        """Begin again with the program's next slot; may take as long as opening does.

        Raises:
            PowerStreamError: it cannot be played any more; what plays goes on.
        """


@runtime_checkable
class Renamable(Protocol):
    """A source that writes its name on its placeholder."""

    def rename(self, name: str, /) -> None:
        """Be called this from now on. From any thread."""


class CaptureSink(Protocol):
    """Where a capture delivers. Called on the capture's own thread; never blocks."""

    def take(self, frame: av.VideoFrame, due_s: float | None = None, /) -> None:
        """Take a picture, which nobody changes any more. The frame of before, once more, means that nothing changed.

        ``due_s`` is the time on the program's timeline of the slot that it was made for, if the capture follows the slots.
        """

    def lose(self, error: PowerStreamError, /) -> None:
        """Take notice that no more pictures will come; ``close`` follows."""


class Capture(Protocol):
    """Something that delivers pictures by itself and may vanish. All methods are called by one thread, its owner's."""

    @property
    def label(self) -> str:
        """What it is, in words for people, without secrets."""

    @property
    def capabilities(self) -> Capabilities:
        """What it is; the size is taken from its pictures."""

    def open(self, sink: CaptureSink, /) -> None:
        """Open it by name; the first picture follows now or within seconds. May be called again after ``close``.

        Raises:
            PowerStreamError: it cannot be had now; ``close`` follows.
        """

    def start(self, epoch_s: float, /) -> None:
        """Follow the program's slots, the first of which is at this monotonic time."""

    def show_at(self, width: int, height: int, /) -> None:
        """Say how large it is shown, in pixels of the canvas."""

    def check(self) -> None:
        """See, once a second, whether anything changed that no event tells of.

        Raises:
            PowerStreamError: it is lost; ``close`` follows.
        """

    def close(self) -> None:
        """Let go of everything and wait for it; nothing is delivered afterwards. Right at any time, also twice."""

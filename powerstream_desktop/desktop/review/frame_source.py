"""What a review needs of whatever gives single pictures. ``FrameProcess`` is the real one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from powerstream_desktop.desktop.review.wishes import FrameWish


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFacts:
    """What is known of an open film.

    Attributes:
        length_us: 0 where its file does not say.
        frame_us: how long a picture is seen on average; 0 where its file does not say.
    """

    length_us: int
    width: int
    height: int
    frame_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One picture of a film.

    Attributes:
        image: as large as it was asked for, or as it is.
        at_us: seen from then on.
        until_us: the next one begins then; as ``at_us`` for the last.
    """

    image: QImage
    at_us: int
    until_us: int


class FrameSource(QObject):
    """Gives the pictures of one film at a time. Used on the window's thread; decodes elsewhere.

    One picture is asked for at a time: the next when ``came`` or ``lost`` answered.
    """

    opened = Signal(object)  # FilmFacts
    refused = Signal(str, str)  # the film cannot be shown: a sentence, and what to do
    came = Signal(object)  # Still: what was asked for
    lost = Signal()  # what was asked for cannot be had

    def warm(self) -> None:
        """Get ready to open a film soon. Harmless when one is open."""
        raise NotImplementedError

    def open(self, file: str) -> None:
        """Open a film; what was open is closed, and what was asked of it is never answered."""
        raise NotImplementedError

    def ask(self, wish: FrameWish) -> None:
        """Ask for a picture."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the film, but stay ready for another; what was asked is never answered. Harmless when none is open."""
        raise NotImplementedError

    def end(self) -> None:
        """Close the film, and use nothing of the computer any more until a film is opened. Harmless when there is nothing to end."""
        raise NotImplementedError

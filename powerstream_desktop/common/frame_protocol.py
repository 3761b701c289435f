"""The words between the window and its frame server: JSON lines, commands on its stdin, reports on its stdout.

They stand here because neither of the two may import the other. A report of a picture is followed by the picture's own bytes, as many
as it says. Reports come in the order of their commands. All times are microseconds from the film's beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.json_lines import Vocabulary

MAX_SIDE: Final = 3840
"""No picture is asked for that is wider or higher, in pixels."""
MAX_PICTURE_BYTES: Final = MAX_SIDE * MAX_SIDE * 4
BYTES_PER_PIXEL: Final = 4
"""Blue, green, red, and one that means nothing: what Qt paints without converting it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFilm:
    """Open a file; what was open before is closed.

    Attributes:
        number: of the film: reports of an earlier one are nobody's any more.
    """

    type: Literal["open"] = "open"
    number: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFrame:
    """Give the picture that is seen at a moment, or one before or after that.

    Attributes:
        number: comes back with the picture.
        at_us: the moment.
        steps: so many pictures after the one seen then; negative for before.
        width, height: what the picture must fit into, in pixels; never made larger than it is.
    """

    type: Literal["frame"] = "frame"
    number: int
    at_us: int
    steps: int = 0
    width: int
    height: int


FrameCommand: TypeAlias = OpenFilm | AskFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOpened:
    """The film is open.

    Attributes:
        length_us: as its file says; 0 where it does not.
        width, height: of its pictures.
        frame_us: how long a picture is seen on average; 0 where the file does not say.
    """

    type: Literal["opened"] = "opened"
    number: int
    length_us: int
    width: int
    height: int
    frame_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmRefused:
    """The film cannot be opened: an error's title and hint."""

    type: Literal["refused"] = "refused"
    number: int
    title: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameShown:
    """A picture; its bytes follow.

    Attributes:
        at_us: seen from then on.
        until_us: seen until then; the same as ``at_us`` for the film's last picture.
        stride: bytes from row to row.
        size_bytes: of the picture behind this line.
    """

    type: Literal["frame"] = "frame"
    number: int
    at_us: int
    until_us: int
    width: int
    height: int
    stride: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLost:
    """There is no such picture: the file is damaged there."""

    type: Literal["lost"] = "lost"
    number: int


FrameReport: TypeAlias = FilmOpened | FilmRefused | FrameShown | FrameLost

FRAME_COMMANDS: Final = Vocabulary[FrameCommand]("command to a frame server", FrameCommand)
FRAME_REPORTS: Final = Vocabulary[FrameReport]("report of a frame server", FrameReport)

_MAX_LINE_BYTES: Final = 64 * 1024


class ReportStream:
    """Takes a frame server's output in pieces of any size, and gives reports with their pictures. Pure."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._shown: FrameShown | None = None

    def take(self, data: bytes) -> Iterator[tuple[FrameReport, bytes]]:
        """Yield what is complete by now; the bytes are empty for what is no picture.

        Raises:
            BugError: this is not what a frame server writes.
        """
        self._pending += data
        while (found := self._next()) is not None:
            yield found

    def _next(self) -> tuple[FrameReport, bytes] | None:
        if self._shown is None:
            end = self._pending.find(b"\n")
            if end < 0:
                if len(self._pending) > _MAX_LINE_BYTES:
                    raise BugError("A frame server wrote a line without end.")
                return None
            report = FRAME_REPORTS.decode(bytes(self._pending[:end]))
            del self._pending[: end + 1]
            if not isinstance(report, FrameShown):
                return report, b""
            self._shown = _checked(report)
        shown = self._shown
        if len(self._pending) < shown.size_bytes:
            return None
        picture = bytes(self._pending[: shown.size_bytes])
        del self._pending[: shown.size_bytes]
        self._shown = None
        return shown, picture


def _checked(shown: FrameShown) -> FrameShown:
    """Refuse what would have Qt read beyond the bytes."""
    fits = (
        0 < shown.width <= MAX_SIDE
        and 0 < shown.height <= MAX_SIDE
        and shown.stride >= shown.width * BYTES_PER_PIXEL
        and shown.stride * shown.height <= shown.size_bytes <= 2 * MAX_PICTURE_BYTES
    )
    if not fits:
        raise BugError("A frame server wrote a picture of an impossible size.")
    return shown

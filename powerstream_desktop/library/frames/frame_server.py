"""Answers the window's commands one after the other. Reads and writes streams that it is given, and knows no process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_protocol import (
    FRAME_COMMANDS,
    FRAME_REPORTS,
    MAX_SIDE,
    AskFrame,
    FilmOpened,
    FilmRefused,
    FrameLost,
    FrameReport,
    FrameShown,
    OpenFilm,
)
from powerstream_desktop.library.frames.film import Film, pixels_of
from powerstream_desktop.library.frames.frame_finder import FrameFinder

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

KEPT_BYTES: Final = 192 * 1024 * 1024
"""For decoded pictures: two seconds of 1280x720 at 60 a second."""
_LEAST_KEPT: Final = 8
_MOST_KEPT: Final = 240


class FrameServer:
    """Serves one window.

    Args:
        reports: is written to; flushed after every report.
        confine: gives up every file but one, which is opened next.
    """

    def __init__(self, reports: BinaryIO, confine: Callable[[Path], object]) -> None:
        self._reports = reports
        self._confine = confine
        self._film: Film | None = None
        self._finder: FrameFinder[VideoFrame] | None = None

    def serve(self, commands: BinaryIO) -> None:
        """Obey until the commands end: then the window is gone.

        Raises:
            BugError: a line is no command.
        """
        for line in commands:
            match FRAME_COMMANDS.decode(line):
                case OpenFilm() as wish:
                    self._open(wish)
                case AskFrame() as wish:
                    self._show(wish)
        self._close()

    def _open(self, wish: OpenFilm) -> None:
        self._close()
        try:
            self._confine(Path(wish.file))
            film = Film(Path(wish.file))
        except PowerStreamError as error:
            self._report(FilmRefused(number=wish.number, title=error.title, hint=error.hint))
            return
        self._film = film
        self._finder = FrameFinder(film, most_kept=most_kept(film.width, film.height))
        self._report(
            FilmOpened(
                number=wish.number,
                length_us=film.length_us,
                width=film.width,
                height=film.height,
                frame_us=film.frame_us,
            )
        )

    def _show(self, wish: AskFrame) -> None:
        try:
            found = None if self._finder is None else self._finder.find(max(0, wish.at_us), wish.steps)
        except PowerStreamError:
            found = None
        if found is None:
            self._report(FrameLost(number=wish.number))
            return
        width, height, stride, rows = pixels_of(
            found.picture, min(max(wish.width, 1), MAX_SIDE), min(max(wish.height, 1), MAX_SIDE)
        )
        shown = FrameShown(
            number=wish.number,
            at_us=found.at_us,
            until_us=found.until_us,
            width=width,
            height=height,
            stride=stride,
            size_bytes=len(rows),
        )
        self._report(shown, rows)

    def _report(self, report: FrameReport, picture: bytes = b"") -> None:
        self._reports.write(FRAME_REPORTS.encode(report))
        self._reports.write(picture)
        self._reports.flush()

    def _close(self) -> None:
        if self._film is not None:
            self._film.close()
        self._film = self._finder = None


def most_kept(width: int, height: int) -> int:
    """Return how many decoded pictures of a size are kept."""
    bytes_each = max(1, width * height * 3 // 2)
    return min(_MOST_KEPT, max(_LEAST_KEPT, KEPT_BYTES // bytes_each))

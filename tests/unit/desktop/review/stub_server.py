"""A frame server without a film: ``stub_server WAY`` answers rightly, or dies, is silent, or talks nonsense when a picture is asked for."""

from __future__ import annotations

import sys

from powerstream_desktop.common.frame_protocol import (
    FRAME_COMMANDS,
    FRAME_REPORTS,
    AskFrame,
    FilmOpened,
    FilmRefused,
    FrameReport,
    FrameShown,
    OpenFilm,
)


def say(report: FrameReport, picture: bytes = b"") -> None:
    """Write a report."""
    sys.stdout.buffer.write(FRAME_REPORTS.encode(report) + picture)
    sys.stdout.buffer.flush()


def answer(wish: AskFrame, way: str) -> None:
    """Answer as this server does."""
    if way == "dies":
        sys.exit(3)
    if way == "nonsense":
        sys.stdout.buffer.write(b"Hello\n")
        sys.stdout.buffer.flush()
    if way == "right":
        picture = bytes([10, 20, 30, 255]) * 4
        shown = FrameShown(
            number=wish.number, at_us=wish.at_us, until_us=9, width=2, height=2, stride=8, size_bytes=16
        )
        say(shown, picture)


def main(way: str) -> None:
    """Serve."""
    has_film = False
    for line in sys.stdin.buffer:
        match FRAME_COMMANDS.decode(line):
            case OpenFilm() as wish if has_film or wish.file == "refused":
                say(FilmRefused(number=wish.number, title="Refused.", hint="Try another."))
            case OpenFilm() as wish:
                has_film = True
                say(FilmOpened(number=wish.number, length_us=7, width=2, height=2, frame_us=1))
            case AskFrame() as wish:
                answer(wish, way)


if __name__ == "__main__":
    main(sys.argv[1])

"""Single pictures of any film: the frame server's of a file, a second player's of what comes from the cloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.review.film_place import is_streamed
from powerstream_desktop.desktop.review.frame_process import frame_process
from powerstream_desktop.desktop.review.frame_source import FrameSource
from powerstream_desktop.desktop.review.wishes import FrameWish

Maker: TypeAlias = Callable[[QObject], FrameSource]


def film_frames(owner: QWidget) -> FrameSource:
    """Make the real source."""
    return FilmFrames(owner)


def _streamed_frames(owner: QObject) -> FrameSource:
    """Make the real one for streams; imports Qt Multimedia."""
    from powerstream_desktop.desktop.review.streamed_frames import StreamedFrames

    return StreamedFrames(owner)


class FilmFrames(FrameSource):
    """Asks the one that the open film is for.

    Args:
        parent: owns it.
        make_files: makes the one for files.
        make_streams: makes the one for streams, when there is one for the first time.
    """

    def __init__(
        self, parent: QObject, *, make_files: Maker = frame_process, make_streams: Maker = _streamed_frames
    ) -> None:
        super().__init__(parent)
        self._make_streams = make_streams
        self._files = make_files(self)
        self._streams: FrameSource | None = None
        self._open = self._files
        self._pass_on(self._files)

    def warm(self) -> None:
        """See ``FrameSource``."""
        self._files.warm()

    def open(self, file: str) -> None:
        """See ``FrameSource``."""
        meant = self._source_of(file)
        if meant is not self._open:
            self._open.close()
            self._open = meant
        meant.open(file)

    def ask(self, wish: FrameWish) -> None:
        """See ``FrameSource``."""
        self._open.ask(wish)

    def close(self) -> None:
        """See ``FrameSource``."""
        self._open.close()

    def end(self) -> None:
        """See ``FrameSource``."""
        self._files.end()
        if self._streams is not None:
            self._streams.end()

    def _source_of(self, place: str) -> FrameSource:
        if not is_streamed(place):
            return self._files
        if self._streams is None:
            self._streams = self._make_streams(self)
            self._pass_on(self._streams)
        return self._streams

    def _pass_on(self, source: FrameSource) -> None:
        source.opened.connect(self.opened)
        source.refused.connect(self.refused)
        source.came.connect(self.came)
        source.lost.connect(self.lost)

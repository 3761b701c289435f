"""Single pictures of a film that comes over the network: a player without sound that stands still, and is sent from picture to picture.

What decodes files for us has no network (ADR 0024). A picture costs the way to the store, so none is fetched for a pointer that only
passes over the timeline (ADR 0028). Imported when such a film is opened: Qt Multimedia's libraries are large.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaMetaData, QMediaPlayer, QVideoFrame, QVideoSink

from powerstream_desktop.desktop.player.qt_media import reach_this_computer_directly
from powerstream_desktop.desktop.review.film_place import url_of
from powerstream_desktop.desktop.review.frame_source import FilmFacts, FrameSource, Still
from powerstream_desktop.desktop.review.time_code import US_PER_MS, US_PER_S
from powerstream_desktop.desktop.review.wishes import FrameWish

PATIENCE_MS: Final = 30_000
"""For one picture: a store on the other side of the world, behind a line that others use."""
_STEP_BACK_US: Final = 40_000
SETTLING_MS: Final = 500
"""So long a picture that lies beside its moment may still be followed by the right one: films have holes."""


class StreamedFrames(FrameSource):
    """Gives the picture that is seen at a moment. A step counts pictures of the film's own rate: in one whose rate changes, it may be off.

    Args:
        parent: owns it.
        patience_ms: for one picture.
    """

    def __init__(self, parent: QObject, *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        reach_this_computer_directly()
        self._player: QMediaPlayer | None = None
        self._sink = QVideoSink()  # of the player
        self._is_open = False
        self._frame_us = 0
        self._newest: QVideoFrame | None = None  # the last picture that came, whatever it was asked for
        self._wish: FrameWish | None = None  # what is asked for and not answered
        self._wanted_us = 0
        self._watch = QTimer(self, singleShot=True, interval=patience_ms)
        self._watch.timeout.connect(self._lose)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self._settle)

    def warm(self) -> None:
        """See ``FrameSource``; a player opens what it is told at once."""

    def open(self, file: str) -> None:
        """See ``FrameSource``."""
        self.close()
        self._player = player = QMediaPlayer(self)
        self._sink = sink = QVideoSink(player)
        sink.videoFrameChanged.connect(self._take)
        player.setVideoSink(sink)
        player.mediaStatusChanged.connect(self._follow)
        player.errorOccurred.connect(self._fail)
        player.setSource(url_of(file))
        player.pause()

    def ask(self, wish: FrameWish) -> None:
        """See ``FrameSource``."""
        if self._player is None or wish.is_glance:
            QTimer.singleShot(0, self.lost.emit)  # whoever asks has not finished asking
            return
        self._wish = wish
        self._watch.start()
        if self._is_open:
            self._seek()

    def close(self) -> None:
        """See ``FrameSource``."""
        self._watch.stop()
        self._settling.stop()
        self._wish, self._newest, self._is_open, self._frame_us = None, None, False, 0
        player, self._player = self._player, None
        if player is not None:
            player.mediaStatusChanged.disconnect(self._follow)
            player.errorOccurred.disconnect(self._fail)
            self._sink.videoFrameChanged.disconnect(self._take)
            player.stop()
            player.deleteLater()

    def end(self) -> None:
        """See ``FrameSource``."""
        self.close()

    def _follow(self, status: QMediaPlayer.MediaStatus) -> None:
        kinds = QMediaPlayer.MediaStatus
        if status is kinds.InvalidMedia:
            self._fail()
        elif status in {kinds.LoadedMedia, kinds.BufferedMedia} and not self._is_open:
            self._is_open = True
            self.opened.emit(self._facts())
            if self._wish is not None:
                self._seek()

    def _facts(self) -> FilmFacts:
        assert self._player is not None  # noqa: S101 - it has just told that it is open
        told, keys = self._player.metaData(), QMediaMetaData.Key
        size, rate = told.value(keys.Resolution), told.value(keys.VideoFrameRate)
        self._frame_us = round(US_PER_S / rate) if isinstance(rate, int | float) and rate > 0 else 0
        shown = size if isinstance(size, QSize) else QSize()
        return FilmFacts(
            length_us=max(0, self._player.duration()) * US_PER_MS,
            width=max(0, shown.width()),
            height=max(0, shown.height()),
            frame_us=self._frame_us,
        )

    def _seek(self) -> None:
        """Go where the wish is; a player counts in milliseconds, and a picture may begin in the midst of one."""
        assert self._player is not None  # noqa: S101 - of an open film
        assert self._wish is not None  # noqa: S101 - somebody asks
        last_us = max(0, self._player.duration() * US_PER_MS - 1)
        self._wanted_us = min(max(0, self._moment_of(self._wish)), last_us)
        if self._newest is not None and self._is_seen(self._newest):
            self._answer()
        else:
            self._go()

    def _go(self) -> None:
        assert self._player is not None  # noqa: S101 - of an open film
        self._player.setPosition(-(-self._wanted_us // US_PER_MS))
        self._player.pause()  # one that has come to its end stops, and gives no picture then
        if self._is_at_the_end():
            self._settling.start()

    def _is_at_the_end(self) -> bool:
        """Return whether there may be no picture any more where the film still lasts: its sound goes on a little longer."""
        assert self._player is not None  # noqa: S101 - of an open film
        return self._wanted_us > self._player.duration() * US_PER_MS - US_PER_S

    def _settle(self) -> None:
        if self._player is None or self._wish is None:
            return
        if self._newest is not None and self._is_near(self._newest):
            self._answer()
        elif self._is_at_the_end():
            self._wanted_us = max(0, self._wanted_us - (self._frame_us or _STEP_BACK_US))
            self._go()

    def _moment_of(self, wish: FrameWish) -> int:
        frame_us = self._frame_us
        if not wish.steps or not frame_us:
            return wish.at_us
        newest = self._newest
        begin_us = wish.at_us - wish.at_us % frame_us
        if newest is not None and newest.startTime() <= wish.at_us < newest.endTime():
            begin_us = newest.startTime()
        return begin_us + wish.steps * frame_us + frame_us // 2

    def _is_seen(self, frame: QVideoFrame) -> bool:
        return frame.startTime() <= self._wanted_us < max(frame.endTime(), frame.startTime() + 1)

    def _take(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        self._newest = frame
        if self._wish is None or not self._is_open:
            return
        if self._is_seen(frame):
            self._answer()
        elif self._is_near(frame):
            self._settling.start()

    def _is_near(self, frame: QVideoFrame) -> bool:
        """Return whether it may be all that there is around a moment; what comes from somewhere else was asked for earlier."""
        return abs(frame.startTime() - self._wanted_us) < US_PER_S

    def _answer(self) -> None:
        frame = self._newest
        if self._wish is None or frame is None:
            return
        wish, self._wish = self._wish, None
        self._watch.stop()
        self._settling.stop()
        image = _fitting(frame.toImage(), wish)
        if image.isNull():
            self.lost.emit()
            return
        at_us = max(0, frame.startTime())
        self.came.emit(Still(image=image, at_us=at_us, until_us=max(at_us, frame.endTime())))

    def _lose(self) -> None:
        self._settling.stop()
        self._wish = None
        self.lost.emit()

    def _fail(self, *_: object) -> None:
        self.close()
        self.refused.emit(
            self.tr("This replay does not come from the cloud now."),
            self.tr("Try again, or download it to this computer."),
        )


def _fitting(image: QImage, wish: FrameWish) -> QImage:
    """Return a picture no larger than it is painted."""
    if image.width() <= wish.width and image.height() <= wish.height:
        return image
    return image.scaled(
        QSize(max(1, wish.width), max(1, wish.height)),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )

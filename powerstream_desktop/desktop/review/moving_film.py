"""The film under review as it plays: what gives sound and moving pictures, and where it was sent."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.player.media import Media
from powerstream_desktop.desktop.player.playback import PlaybackEvent
from powerstream_desktop.desktop.player.stream_player import MediaMaker
from powerstream_desktop.desktop.review.film_place import url_of
from powerstream_desktop.desktop.review.time_code import US_PER_MS

ARRIVED_US: Final = 60_000
"""What plays may begin with a picture that is a little older than where it was sent."""


class MovingFilm(QObject):
    """Belongs to one ``Reviewer``. On the window's thread.

    Args:
        owner: the widget that the media belong to.
        make_media: what plays; made when play is pressed for the first time.
        parent: the reviewer.
    """

    pictured = Signal()  # its newest picture is the one to be seen
    moved = Signal(int)  # what is seen is from this moment, in microseconds
    ended = Signal()
    failed = Signal()

    def __init__(self, owner: QWidget, make_media: MediaMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._owner = owner
        self._make_media = make_media
        self._media: Media | None = None
        self._file = ""  # what the media have open
        self._is_playing = False
        self._is_seen = False
        self._begins_at_us = 0  # where the media were sent last
        self._at_us = 0  # where they are, or are to be
        self._must_send = False  # they have yet to be told: they are opening the film
        self._volume, self._is_muted = 1.0, False

    @property
    def is_seen(self) -> bool:
        """Its picture is the one to be seen; else one that stands still is."""
        return self._is_seen

    def picture(self) -> QImage:
        """Return the picture to be seen; a null image while one that stands still is."""
        return QImage() if self._media is None or not self._is_seen else self._media.picture()

    def play(self, file: str, at_us: int, speed: float) -> None:
        """Play a film from a moment on, so many times as fast."""
        self._is_playing = True
        media = self._media
        if media is None:
            media = self._media = self._make_media(self._owner)
            self._attend(media)
        media.set_speed(speed)
        if self._file == file:
            self.send(at_us)
            media.play()
        else:
            self._file = file
            self._begins_at_us = self._at_us = at_us
            self._must_send = at_us > 0
            media.open(url_of(file))

    def send(self, at_us: int) -> None:
        """Have it go to a moment; until it is there, the picture stands still."""
        self._begins_at_us = self._at_us = at_us
        self._is_seen = False
        if self._media is not None:
            self._media.seek(at_us // US_PER_MS)

    def pause(self) -> int | None:
        """Stop; return the moment of the picture that is seen. None if none is, or it does not say."""
        self._is_playing = False
        if self._media is None:
            return None
        self._media.pause()
        return self._media.picture_us() if self._is_seen else None

    def hide(self) -> None:
        """A picture that stands still is seen from now on."""
        self._is_seen = False

    def close(self) -> None:
        """Close what is open."""
        self._file = ""
        self._is_playing = self._is_seen = self._must_send = False
        if self._media is not None:
            self._media.close()

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast."""
        if self._media is not None:
            self._media.set_speed(speed)

    def set_volume(self, share: float) -> None:
        """Play so loud: 0 to 1."""
        self._volume = share
        if self._media is not None:
            self._media.set_volume(share)

    def set_muted(self, is_muted: bool) -> None:
        """Be heard, or not."""
        self._is_muted = is_muted
        if self._media is not None:
            self._media.set_muted(is_muted)

    def _attend(self, media: Media) -> None:
        media.set_volume(self._volume)
        media.set_muted(self._is_muted)
        media.pictured.connect(self._take_picture)
        media.moved.connect(self._follow)
        media.happened.connect(self._hear)

    def _take_picture(self) -> None:
        if self._media is None or not self._is_playing:
            return
        at_us = self._media.picture_us()
        if at_us is None or at_us >= self._begins_at_us - ARRIVED_US:
            self._is_seen = True
            self.pictured.emit()

    def _follow(self, position_ms: int) -> None:
        if self._is_playing and self._is_seen:
            self._at_us = position_ms * US_PER_MS
            self.moved.emit(self._at_us)

    def _hear(self, event: PlaybackEvent) -> None:
        if event is PlaybackEvent.FAILS:
            self._file = ""  # whoever plays again opens it anew
        if not self._is_playing:
            return
        if event is PlaybackEvent.PLAYS and self._must_send:
            # Media that have only just opened a film begin with its beginning, wherever they were sent before.
            self._must_send = False
            self.send(self._at_us)
        elif event is PlaybackEvent.ENDS:
            self.ended.emit()
        elif event is PlaybackEvent.FAILS:
            self.failed.emit()

"""Qt Multimedia as ``Media``. Imported when something is played for the first time: its libraries are large."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudio, QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

from powerstream_desktop.desktop.player.media import Media
from powerstream_desktop.desktop.player.playback import PlaybackEvent

_HERE: Final = "127.0.0.1"
_NO_PROXY_FOR: Final = "no_proxy"


class QtMedia(Media):
    """Plays with ``QMediaPlayer``, and gives pictures as they are asked for: one that nobody paints is not converted.

    Args:
        parent: owns it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        reach_this_computer_directly()
        self._sound = QAudioOutput(self)
        self._pictures = QVideoSink(self)
        self._frame = QVideoFrame()
        self._image = QImage()
        self._player = player = QMediaPlayer(self)
        player.setAudioOutput(self._sound)
        player.setVideoSink(self._pictures)
        if hasattr(
            player, "setPitchCompensation"
        ):  # since Qt 6.10; whether it is on of itself is each system's matter
            player.setPitchCompensation(True)
        self._pictures.videoFrameChanged.connect(self._take)
        player.positionChanged.connect(self.moved.emit)
        player.playbackStateChanged.connect(self._tell_state)
        player.mediaStatusChanged.connect(self._tell_status)
        player.errorOccurred.connect(lambda *_: self.happened.emit(PlaybackEvent.FAILS))

    def open(self, url: QUrl) -> None:
        """See ``Media``."""
        self.close()
        self._player.setSource(url)
        self._player.play()

    def close(self) -> None:
        """See ``Media``."""
        self._player.stop()
        self._player.setSource(QUrl())
        self._frame, self._image = QVideoFrame(), QImage()

    def play(self) -> None:
        """See ``Media``."""
        self._player.play()

    def pause(self) -> None:
        """See ``Media``."""
        self._player.pause()

    def seek(self, position_ms: int) -> None:
        """See ``Media``."""
        self._player.setPosition(position_ms)

    def set_volume(self, share: float) -> None:
        """See ``Media``."""
        scale = QAudio.VolumeScale
        loudness = QAudio.convertVolume(share, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        self._sound.setVolume(loudness)

    def set_muted(self, is_muted: bool) -> None:
        """See ``Media``."""
        self._sound.setMuted(is_muted)

    def set_speed(self, factor: float) -> None:
        """See ``Media``."""
        self._player.setPlaybackRate(factor)

    def picture(self) -> QImage:
        """See ``Media``."""
        if self._image.isNull() and self._frame.isValid():
            self._image = self._frame.toImage()
        return self._image

    def picture_us(self) -> int | None:
        """See ``Media``."""
        at_us = self._frame.startTime() if self._frame.isValid() else -1
        return at_us if at_us >= 0 else None

    def _take(self, frame: QVideoFrame) -> None:
        if (
            not frame.isValid()
        ):  # what a player says when it is closed: the last picture stays until the next one comes
            return
        self._frame, self._image = frame, QImage()
        self.pictured.emit()

    def _tell_state(self, state: QMediaPlayer.PlaybackState) -> None:
        if state is QMediaPlayer.PlaybackState.PausedState:
            self.happened.emit(PlaybackEvent.HOLDS)
        elif state is QMediaPlayer.PlaybackState.PlayingState and self._has_come():
            self.happened.emit(PlaybackEvent.PLAYS)

    def _tell_status(self, status: QMediaPlayer.MediaStatus) -> None:
        kinds = QMediaPlayer.MediaStatus
        is_playing = self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState
        if status is kinds.EndOfMedia:
            self.happened.emit(PlaybackEvent.ENDS)
        elif status is kinds.StalledMedia:
            self.happened.emit(PlaybackEvent.STALLS)
        elif is_playing and self._has_come():
            self.happened.emit(PlaybackEvent.PLAYS)

    def _has_come(self) -> bool:
        kinds = QMediaPlayer.MediaStatus
        return self._player.mediaStatus() in {kinds.BufferedMedia, kinds.BufferingMedia}


def reach_this_computer_directly() -> None:
    """Have Qt's FFmpeg ask no proxy of the environment for the broadcast of this computer (it obeys ``http_proxy``)."""
    others = os.environ.get(_NO_PROXY_FOR, "")
    if _HERE not in others.split(","):
        os.environ[_NO_PROXY_FOR] = f"{others},{_HERE}".lstrip(",")

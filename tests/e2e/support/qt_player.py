"""Qt's own player, as our window will use it, without a window: ``qt_player URL`` plays to the end and says what it saw as JSON."""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

LONGEST_S = 40.0


class Watching:
    """Plays one URL and keeps account.

    Args:
        url: what to play.
    """

    def __init__(self, url: str) -> None:
        self._began_s = time.monotonic()
        self._seen = {
            "frames": 0,
            "width": 0,
            "position_ms": 0,
            "first_frame_s": 0.0,
            "errors": 0,
            "ended": 0,
        }
        self._sink = QVideoSink()
        self._sound = QAudioOutput()
        self._player = QMediaPlayer()
        self._player.setVideoSink(self._sink)
        self._player.setAudioOutput(self._sound)
        self._sink.videoFrameChanged.connect(self._frame)
        self._player.errorOccurred.connect(self._error)
        self._player.mediaStatusChanged.connect(self._status)
        self._player.setSource(QUrl(url))
        self._player.play()

    def tell(self) -> None:
        """Print what was seen."""
        self._seen["has_sound"] = int(self._player.hasAudio())
        sys.stdout.write(json.dumps(self._seen) + "\n")

    def _frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        if not self._seen["frames"]:
            self._seen["first_frame_s"] = time.monotonic() - self._began_s
        self._seen["frames"] += 1
        self._seen["width"] = frame.width()
        self._seen["position_ms"] = max(self._seen["position_ms"], self._player.position())

    def _error(self, _error: QMediaPlayer.Error, text: str) -> None:
        self._seen["errors"] += 1
        sys.stderr.write(text + "\n")

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia:
            self._seen["ended"] = 1
            QGuiApplication.quit()


def main(url: str) -> None:
    """Play until the end, or for 40 s."""
    application = QGuiApplication([])
    watching = Watching(url)
    QTimer.singleShot(round(LONGEST_S * 1000), application.quit)
    application.exec()
    watching.tell()


if __name__ == "__main__":
    main(sys.argv[1])

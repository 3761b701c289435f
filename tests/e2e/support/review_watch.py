"""Our own review of a film in a process of its own: ``review_watch FILM PICTURES`` says as JSON which numbered pictures it saw."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaPlayer
from PySide6.QtWidgets import QApplication, QWidget

from powerstream_desktop.desktop.player.stream_player import qt_media
from powerstream_desktop.desktop.review.frame_process import frame_process
from powerstream_desktop.desktop.review.reviewer import Reviewer
from powerstream_desktop.desktop.review.transport import Motion
from tests.bench.engine.stamp import read_number

PATIENCE_S = 30.0
FPS = 30
FRAME_US = 1_000_000 / FPS


def go_on(time_ms: int) -> None:
    """Let Qt's loop run for so long, as the window's does."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def number_of(image: QImage) -> int | None:
    """Return the number in a picture; None while there is none."""
    if image.isNull():
        return None
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return read_number(np.ascontiguousarray(rows[:, : grey.width()]))


class Watcher:
    """Reviews a film, and keeps account."""

    def __init__(self, film: str, pictures: int) -> None:
        self.owner = QWidget()
        self.last = pictures - 1
        self.refused: list[str] = []
        self.reviewer = Reviewer(self.owner, make_media=qt_media, make_frames=frame_process)
        self.reviewer.refused.connect(lambda sentence, _: self.refused.append(sentence))
        self.reviewer.set_muted(True)
        self.reviewer.show_size(QSize(1920, 1080))
        self.reviewer.offer(film, 0)

    def wait(self, condition: Callable[[], bool]) -> bool:
        """Let Qt go on until a condition holds; return whether it did in time."""
        end = time.monotonic() + PATIENCE_S
        while not condition() and time.monotonic() < end:
            go_on(5)
        return condition()

    @property
    def number(self) -> int | None:
        """The number of the picture that is seen."""
        return number_of(self.reviewer.picture())

    def shows(self, number: int) -> bool:
        """Return whether this picture is seen in time, and is where the review says it is."""
        return self.wait(lambda: self.number == number) and self.is_where_it_says()

    def keeps_pitch(self) -> bool:
        """Return whether what plays keeps its pitch at every speed, as far as this Qt can be told to."""
        [player] = self.owner.findChildren(QMediaPlayer)
        return not hasattr(player, "pitchCompensation") or player.pitchCompensation()

    def is_where_it_says(self) -> bool:
        """Return whether the picture that is seen is the one of the position."""
        return round(self.reviewer.transport.position_us / FRAME_US) == self.number


def watch(watcher: Watcher) -> dict[str, object]:
    """Look at the first picture, seek, step, play, hold, rewind, and play to the end."""
    reviewer, last = watcher.reviewer, watcher.last
    told: dict[str, object] = {"first": watcher.shows(0)}
    reviewer.seek(round(200.5 * FRAME_US))
    told["seeks"] = watcher.shows(200)
    for _ in range(25):
        reviewer.step(-1)
    told["steps_back"] = watcher.shows(175)
    reviewer.step(1)
    told["steps_on"] = watcher.shows(176)
    reviewer.toggle()
    told["plays_on"] = watcher.wait(lambda: (watcher.number or 0) > 185)
    told["keeps_the_pitch"] = watcher.keeps_pitch()
    reviewer.hold()
    held = watcher.number
    told["holds_on_what_was_seen"] = held is not None and watcher.wait(watcher.is_where_it_says)
    told["and_stays_there"] = watcher.number == held
    reviewer.backward()
    told["rewinds"] = watcher.wait(lambda: (watcher.number or last) < (held or 0) - 10)
    reviewer.seek(round((last - 20) * FRAME_US))
    told["stands_before_the_end"] = watcher.wait(lambda: watcher.number == last - 20)
    reviewer.toggle()
    told["ends"] = watcher.wait(lambda: watcher.number == last) and watcher.wait(
        lambda: reviewer.transport.motion is Motion.STILL
    )
    told["ends_on_the_last"] = watcher.shows(last)
    return told


def main(film: str, pictures: int) -> None:
    """Review a film."""
    application = QApplication([])
    watcher = Watcher(str(Path(film).resolve()), pictures)
    told = watch(watcher)
    told["nothing_is_refused"] = watcher.refused == []
    watcher.reviewer.rest()
    application.processEvents()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

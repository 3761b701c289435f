"""Our own player in a process of its own: ``player_watch URL`` plays, pauses, hides, and says what it saw as JSON."""

from __future__ import annotations

import faulthandler
import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from powerstream_desktop.desktop.player.playback import PlaybackState
from powerstream_desktop.desktop.player.stream_player import StreamPlayer

PATIENCE_S = 15.0
PATIENCE_IN_ALL_S = 40.0
HANGS_AFTER_S = 48.0
"""Then Python says where it stands: all waiting has ended by itself before."""


def go_on(time_ms: int) -> None:
    """Let Qt's loop run for so long, as the window's does.

    ``QTest.qWait`` would keep Python's lock all the while: Qt waits there for its audio thread to end, which asks for that lock.
    """
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


class Watcher:
    """Watches something, and keeps account."""

    def __init__(self) -> None:
        self.patient_until = time.monotonic() + PATIENCE_IN_ALL_S
        self.player = StreamPlayer()
        self.player.resize(640, 420)
        self.player.show()
        self.states: list[str] = []
        self.player.state_changed.connect(lambda state: self.states.append(state.value))

    def wait(self, condition: Callable[[], bool]) -> bool:
        """Let Qt go on until a condition holds; return whether it did in time."""
        end = min(time.monotonic() + PATIENCE_S, self.patient_until)
        while not condition() and time.monotonic() < end:
            go_on(5)
        return condition()

    def has_picture(self) -> bool:
        """Return whether something else than black is seen."""
        seen = self.player.picture.grab().toImage()
        spots = ((0.3, 0.3), (0.5, 0.5), (0.7, 0.6), (0.4, 0.7))
        return any(
            seen.pixelColor(int(seen.width() * x), int(seen.height() * y)) != Qt.GlobalColor.black
            for x, y in spots
        )


def watch_live(watcher: Watcher, url: str) -> dict[str, object]:
    """Watch a broadcast: wait for it, see it, pause it, go on, leave it, and take it up again."""
    player = watcher.player
    player.play_live(url)
    told: dict[str, object] = {
        "plays": watcher.wait(lambda: player.state is PlaybackState.PLAYING),
    }
    told["picture"] = watcher.wait(watcher.has_picture)
    QTest.keyClick(player, Qt.Key.Key_Space)
    told["pauses"] = watcher.wait(lambda: player.state is PlaybackState.PAUSED)
    QTest.keyClick(player, Qt.Key.Key_Space)
    told["goes_on"] = watcher.wait(lambda: player.state is PlaybackState.PLAYING)
    player.hide()
    told["is_left"] = watcher.wait(lambda: player.state is PlaybackState.EMPTY)
    player.show()
    told["is_taken_up"] = watcher.wait(lambda: player.state is PlaybackState.PLAYING)
    return told


def main(url: str) -> None:
    """Watch the broadcast of a playlist."""
    faulthandler.dump_traceback_later(HANGS_AFTER_S)
    application = QApplication([])
    watcher = Watcher()
    told = watch_live(watcher, url)
    told["states"] = watcher.states
    watcher.player.close_media()
    watcher.player.close()
    application.processEvents()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

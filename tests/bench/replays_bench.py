"""Measure how smoothly a large library scrolls: what a frame costs the window's thread.

    python tests/bench/replays_bench.py                    10 000 replays with pictures, half a minute
    python tests/bench/replays_bench.py --replays 1000     fewer

The cards are the real ones, painted into memory; the library is a list, and pictures are decoded by the desk's own threads. Told is the
time that the window's thread computed for a frame: the whole view is painted in each. Exit code 1 when 95 of 100 frames of scrolling
do not stay within 8 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray  # noqa: E402 - needs the lines above
from PySide6.QtGui import QColor, QImage, QImageWriter  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from powerstream_desktop.desktop.link.errands import ThreadedDesk  # noqa: E402
from powerstream_desktop.desktop.look.look import look  # noqa: E402
from powerstream_desktop.desktop.outlook.feed import OutlookFeed  # noqa: E402
from powerstream_desktop.desktop.replays.query import ReplayQuery  # noqa: E402
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent  # noqa: E402
from powerstream_desktop.desktop.shell.surroundings import Surroundings  # noqa: E402
from tests.unit.desktop.fakes import FakeWays  # noqa: E402
from tests.unit.desktop.replays.fake_client import RECORDED_AT, FakeClient, FakeLibrary, asset  # noqa: E402

FRAME_MS = 8.0
FRAMES = 400
STEP_PX, JUMP_PX = 40, 600
SIZE = (800, 650)
PATIENCE_S = 120.0


class PictureLibrary(FakeLibrary):
    """Replays that all have the same picture."""

    def __init__(self, replays: int) -> None:
        super().__init__(page_rows=100)
        self._picture = _picture()
        self.assets = [
            asset(
                number,
                f"No Limit Live — Episode {number}",
                thumbnail_url="there",
                recorded_at=RECORDED_AT - timedelta(hours=5 * number),
            )
            for number in range(replays)
        ]

    def thumbnail(self, asset_id: str) -> bytes:
        """See ``Library``."""
        return self._picture


class PictureClient(FakeClient):
    """Its own door, too: each thread of the desk gets this client."""

    def __init__(self, replays: int) -> None:
        super().__init__()
        self.library = PictureLibrary(replays)

    def client(self) -> Any:
        """See ``Door``."""
        return self

    def close(self) -> None:
        """Nothing is open."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replays", type=int, default=10_000)
    options = parser.parse_args(arguments)
    application = cast("QApplication", QApplication.instance() or QApplication([]))
    look()
    client = PictureClient(options.replays)
    desk = ThreadedDesk(cast("Any", client))
    desk.start()
    lent = Surroundings(desk=desk, feed=OutlookFeed(), ways=FakeWays())
    content = RecordedContent(lent, now=lambda: RECORDED_AT)
    content.resize(*SIZE)
    content.show()
    content.show_query(ReplayQuery())
    try:
        return report(application, content, options.replays)
    finally:
        desk.aclose()


def report(application: QApplication, content: RecordedContent, replays: int) -> int:
    """Measure, and say what was found."""
    bar = content.list.verticalScrollBar()

    def load_all() -> bool:
        bar.setValue(bar.maximum())
        return len(content.model.rows) == replays

    wait_for(application, lambda: bar.maximum() > 0)
    wait_for(application, load_all)
    rows = (("scrolling by 40 px", STEP_PX), ("jumping by 600 px", JUMP_PX))
    measured = [(name, frames(application, content, step_px)) for name, step_px in rows]
    say(f"{replays} replays, {SIZE[0]} x {SIZE[1]} px, {FRAMES} frames each\n")
    for name, taken in measured:
        say(f"{name:24} median {statistics.median(taken):5.1f} ms   95 of 100 within {at_95(taken):5.1f} ms")
    is_smooth = at_95(measured[0][1]) <= FRAME_MS
    if not is_smooth:
        say(f"\nScrolling should stay within {FRAME_MS:.0f} ms.")
    return 0 if is_smooth else 1


def frames(application: QApplication, content: RecordedContent, step_px: int) -> list[float]:
    """Scroll from the beginning, and return what each frame took, in ms."""
    bar = content.list.verticalScrollBar()
    bar.setValue(0)
    wait_for(application, lambda: bar.value() == 0)
    taken = []
    for _ in range(FRAMES):
        began_at = time.thread_time()
        bar.setValue(bar.value() + step_px)
        content.list.viewport().repaint()
        application.processEvents()
        taken.append(1000 * (time.thread_time() - began_at))
    return taken


def at_95(taken: Sequence[float]) -> float:
    """Return what 95 of 100 stay within."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]


def wait_for(application: QApplication, condition: Callable[[], bool]) -> None:
    """Let Qt go on until a condition holds."""
    gives_up_at = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > gives_up_at:
            raise SystemExit("The library did not come.")
        application.processEvents()


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _picture() -> bytes:
    image = QImage(480, 270, QImage.Format.Format_RGB32)
    image.fill(QColor("#1c4a63"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpg")).write(image)
    return bytes(buffer.data().data())


if __name__ == "__main__":
    sys.exit(main())

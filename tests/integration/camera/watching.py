"""A camera source as the program sees it: asked again and again, and what it showed written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.sources import CameraContent
from powerstream_desktop.engine.sources.camera import CameraSource
from powerstream_desktop.engine.sources.port import SourceEvents
from tests.e2e.support.waiting import wait_until

PLACEHOLDER_FORMAT = "gray"
"""The camera's own pictures are the program's planes."""


@dataclass
class Watched:
    """A source and what was heard of it."""

    source: CameraSource
    losses: list[str | None] = field(default_factory=list)
    frosts: list[str | None] = field(default_factory=list)
    slowest_s: float = 0.0
    """The longest that the program waited for a picture."""

    def picture(self) -> Picture:
        before_s = monotonic()
        picture = self.source.picture_at(0.0)
        self.slowest_s = max(self.slowest_s, monotonic() - before_s)
        return picture

    def shows_placeholder(self) -> bool:
        return self.picture().frame.format.name == PLACEHOLDER_FORMAT

    def size(self) -> tuple[int, int]:
        frame = self.picture().frame
        return frame.width, frame.height

    def wait_for(self, look: Callable[[], object], what: str, timeout_s: float) -> float:
        """Wait while asking for pictures; return how long it took."""
        began_s = monotonic()

        def ask_and_look() -> bool:
            self.picture()
            return bool(look())

        wait_until(ask_and_look, what=what, timeout_s=timeout_s)
        return monotonic() - began_s

    def wait_for_new_pictures(self, count: int, timeout_s: float) -> float:
        target = self.source.delivered + count
        return self.wait_for(lambda: self.source.delivered >= target, f"{count} new pictures", timeout_s)


def draw_placeholder(width: int, height: int, _name: str, _sentence: str) -> av.VideoFrame:
    """Draw one that is not taken for a picture of the camera."""
    return av.VideoFrame.from_ndarray(np.zeros((height, width), np.uint8), format=PLACEHOLDER_FORMAT)


@contextmanager
def watched(
    device: str, home: Path, *, command: Sequence[str] | None = None, name: str = "Desk", fps: int = 30
) -> Iterator[Watched]:
    """Make a source; the test opens it."""
    home.mkdir(exist_ok=True)
    losses: list[str | None] = []
    frosts: list[str | None] = []
    source = CameraSource(
        CameraContent(device=device),
        source_id="source-1",
        name=name,
        fps=fps,
        ring_folder=home,
        events=SourceEvents(on_loss=losses.append, on_frozen=frosts.append),
        command=command,
        draw_placeholder=draw_placeholder,
    )
    try:
        yield Watched(source, losses, frosts)
    finally:
        source.close()
    assert list(home.glob("*.ring")) == []

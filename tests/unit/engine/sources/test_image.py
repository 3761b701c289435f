from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.compositor.converter import has_alpha
from powerstream_desktop.engine.scene.sources import ImageContent
from powerstream_desktop.engine.sources.held import HeldSource
from powerstream_desktop.engine.sources.held_life import HeldState
from powerstream_desktop.engine.sources.image import ImageCapture
from tests.e2e.support.waiting import wait_until
from tests.unit.engine.sources.captures import FakeClock
from tests.unit.engine.sources.qt_application import host_with_application
from tests.unit.engine.sources.test_image_file import RED_LEFT, SQUARE, png

if TYPE_CHECKING:
    import av


class Shown:
    """An image on the air."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock, self.told = FakeClock(), list[str | None]()
        self.capture = ImageCapture(ImageContent(path=path), host_with_application())
        self.source = HeldSource(self.capture, "Logo", self.told.append, hold_s=math.inf, clock=self.clock)

    def look(self) -> None:
        """Have the source look at its file again."""
        self.clock.now += 2.0
        self.source.show_at(200, 100)

    def save(self, content: bytes) -> None:
        """Put the file there in one step, as editors do: the source's thread may look at any time."""
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_bytes(content)
        unfinished.replace(self.path)

    @property
    def frame(self) -> av.VideoFrame:
        return self.source.picture_at(0.0).frame

    def await_size(self, width: int, height: int) -> None:
        wait_until(
            lambda: (self.frame.width, self.frame.height) == (width, height), what="the size", timeout_s=5
        )


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    made = Shown(tmp_path / "logo.png")
    yield made
    made.source.close()


def test_an_image_is_read_once_and_again_when_it_changes(shown: Shown) -> None:
    shown.save(png(6, 4))
    shown.source.open()
    first = shown.source.picture_at(0.0)
    shown.look()
    shown.capture.check()
    assert shown.source.picture_at(0.0) is first
    shown.save(png(8, 6))
    shown.look()
    shown.await_size(8, 6)
    assert has_alpha(shown.source.picture_at(0.0).frame)


def test_an_image_that_is_caught_half_written_stays_until_it_is_whole(shown: Shown) -> None:
    shown.save(png(6, 4))
    shown.source.open()
    whole = png(8, 6)
    shown.save(whole[: len(whole) // 2])
    shown.look()
    wait_until(lambda: shown.told, what="the loss", timeout_s=5)
    assert (shown.frame.width, shown.frame.height) == (6, 4)
    shown.save(whole)
    shown.look()
    shown.await_size(8, 6)
    wait_until(lambda: len(shown.told) == 2, what="the return", timeout_s=5)
    assert shown.told == ["The file 'logo.png' is not an image, or it is damaged.", None]


def test_an_image_stays_while_its_file_is_away(shown: Shown) -> None:
    shown.save(png(6, 4))
    shown.source.open()
    shown.path.unlink()
    shown.look()
    wait_until(lambda: shown.told, what="the loss", timeout_s=5)
    shown.clock.now += 1000
    assert (shown.frame.width, shown.frame.height) == (6, 4)
    shown.save(png(10, 8))
    shown.look()
    shown.await_size(10, 8)
    wait_until(lambda: len(shown.told) == 2, what="the return", timeout_s=5)
    assert shown.told == ["There is no image 'logo.png'.", None]


def test_a_missing_image_gets_a_placeholder_and_a_sentence(shown: Shown) -> None:
    with pytest.raises(UserError, match=r"There is no image 'logo\.png'"):
        shown.source.open()
    assert shown.frame.width == 1280
    assert shown.source.snapshot.state is HeldState.REPLACED
    shown.save(png(6, 4))
    shown.look()
    shown.await_size(6, 4)


def test_an_svg_is_drawn_again_for_another_place(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SQUARE.format(more="", body=RED_LEFT), encoding="utf-8")
    shown = Shown(tmp_path / "logo.svg")
    shown.source.show_at(100, 100)
    shown.source.open()
    try:
        shown.await_size(100, 50)
        shown.source.show_at(200, 200)
        shown.await_size(200, 100)
    finally:
        shown.source.close()

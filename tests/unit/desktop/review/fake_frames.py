"""A source of single pictures that decodes nothing: a film of even pictures, which come when a test says so."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage

from powerstream_desktop.desktop.review.frame_source import FilmFacts, FrameSource, Still
from powerstream_desktop.desktop.review.wishes import FrameWish

FRAME_US = 40_000


class FakeFrames(FrameSource):
    """Notes what was asked of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked: list[str] = []
        self.wishes: list[FrameWish] = []
        self.length_us = 60_000_000
        self.is_warm = False

    def warm(self) -> None:
        self.is_warm = True

    def open(self, file: str) -> None:
        self.asked.append(f"open {file}")

    def ask(self, wish: FrameWish) -> None:
        self.wishes.append(wish)

    def close(self) -> None:
        self.asked.append("close")
        self.wishes.clear()

    def end(self) -> None:
        self.asked.append("end")
        self.wishes.clear()

    def tell_facts(self) -> None:
        """The film is open."""
        self.opened.emit(FilmFacts(length_us=self.length_us, width=1280, height=720, frame_us=FRAME_US))

    def answer(self) -> Still:
        """Give the picture that was asked for."""
        wish = self.wishes.pop(0)
        last = (self.length_us - 1) // FRAME_US
        number = min(last, max(0, wish.at_us // FRAME_US + wish.steps))
        image = QImage(wish.width, wish.height, QImage.Format.Format_RGB32)
        image.fill(QColor(number % 256, 0, 0))
        until_us = (number if number == last else number + 1) * FRAME_US
        still = Still(image=image, at_us=number * FRAME_US, until_us=until_us)
        self.came.emit(still)
        return still

    def answer_all(self) -> None:
        """Give pictures until none is asked for."""
        while self.wishes:
            self.answer()


class FrameMakers:
    """Makes fake sources, and remembers them."""

    def __init__(self) -> None:
        self.made: list[FakeFrames] = []

    def __call__(self, owner: QObject) -> FakeFrames:
        self.made.append(FakeFrames(owner))
        return self.made[-1]

    @property
    def frames(self) -> FakeFrames:
        """The one that was made."""
        [only] = self.made
        return only

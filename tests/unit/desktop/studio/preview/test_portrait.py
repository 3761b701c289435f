from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.preview.portrait_view import PortraitView
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.preview.window_handle import WindowHandle
from powerstream_desktop.desktop.studio.scenery.box import Box
from tests.unit.desktop.driver import press, show
from tests.unit.desktop.fakes import FakeDesk, surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient


class Handled:
    """A handle on a preview."""

    def __init__(self) -> None:
        self.client = StudioClient()
        self.surroundings, self.desk, _, _ = surroundings_with(self.client)
        self.preview = PreviewView(self.surroundings)
        self.handle = WindowHandle(self.preview, StudioHand(self.surroundings, self.preview))
        show(self.preview, 640, 360)
        self.handle.show_position(0.5)

    @property
    def wanted(self) -> list[float]:
        return [body["position"] for path, body in self.client.asked if path == "portrait"]


def test_the_handle_lies_over_the_window() -> None:
    handled = Handled()
    centre = handled.handle.geometry().center().x()
    assert centre == pytest.approx(320, abs=1)
    assert handled.handle.width() == pytest.approx(360 * 9 / 16, abs=1)


def test_dragging_it_moves_the_window() -> None:
    handled = Handled()
    middle = handled.handle.rect().center()
    QTest.mousePress(handled.handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handled.handle, middle + QPoint(-80, 0))
    QTest.mouseRelease(handled.handle, Qt.MouseButton.LeftButton)
    room = 640 - 360 * 9 / 16
    assert handled.wanted[-1] == pytest.approx((room / 2 - 80) / room, abs=0.01)


def test_while_it_is_in_the_hand_the_engines_older_word_does_not_move_it() -> None:
    handled = Handled()
    middle = handled.handle.rect().center()
    QTest.mousePress(handled.handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handled.handle, middle + QPoint(-80, 0))
    before = handled.handle.part
    handled.handle.show_position(0.9)
    assert handled.handle.part == before
    QTest.mouseRelease(handled.handle, Qt.MouseButton.LeftButton)


def test_arrow_keys_move_it_and_stop_at_the_edge() -> None:
    handled = Handled()
    press(handled.handle, Qt.Key.Key_Right)
    assert handled.wanted[-1] == pytest.approx(0.51)
    handled.handle.show_position(0.97)
    for _ in range(2):
        press(handled.handle, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert isinstance(handled.desk, FakeDesk)
    assert handled.handle.part.right == pytest.approx(1.0)


def two_halves() -> QImage:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 10, 200))
    painter = QPainter(image)
    painter.fillRect(0, 0, 320, 360, QColor(200, 10, 10))
    painter.end()
    return image


@pytest.mark.parametrize(("x", "colour"), [(0.0, QColor(200, 10, 10)), (0.6, QColor(10, 10, 200))])
def test_the_portrait_shows_its_part_of_the_picture(x: float, colour: QColor) -> None:
    surroundings, _, _, _ = surroundings_with(StudioClient())
    preview = PreviewView(surroundings)
    portrait = PortraitView(preview)
    holder = QWidget()
    portrait.setParent(holder)
    portrait.resize(180, 320)
    show(holder, 180, 320)
    preview._show_picture(two_halves())
    portrait.show_window(Box(x=x, y=0.0, width=0.3, height=1.0))
    assert portrait.grab().toImage().pixelColor(QPoint(90, 160)) == colour


def test_a_scene_with_a_portrait_layout_of_its_own_says_so() -> None:
    surroundings, _, _, _ = surroundings_with(StudioClient())
    portrait = PortraitView(PreviewView(surroundings))
    portrait.show_window(None)
    assert "layout of its own" in portrait.accessibleDescription()

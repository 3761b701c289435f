from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QImage

from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.preview.preview_watch import PreviewWatch
from powerstream_desktop.desktop.studio.preview.state import PreviewState
from tests.unit.desktop.driver import show
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, an_engine, tell


class StillWatch(PreviewWatch):
    """A watch whose state and pictures a test sets."""

    told = PreviewState.STARTING

    @property
    def state(self) -> PreviewState:
        return self.told

    def be(self, state: PreviewState) -> None:
        self.told = state
        self.state_changed.emit(state)


def a_view() -> tuple[PreviewView, StillWatch, StudioClient, OutlookFeed]:
    client = StudioClient()
    surroundings, _, feed, _ = surroundings_with(client)
    watch = StillWatch(surroundings, feed)
    return PreviewView(surroundings, watch=watch), watch, client, feed


def red(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 30))
    return image


def test_it_watches_while_it_is_seen() -> None:
    view, watch, client, _ = a_view()
    assert not watch.is_watching
    show(view, 640, 360)
    assert view.is_watching
    assert client.watched[-1] == (640, 360)
    view.hide()
    assert not view.is_watching


def test_a_window_that_is_minimised_rests_and_goes_on() -> None:
    view, _, _, _ = a_view()
    show(view, 640, 360)
    view.rest()
    assert not view.is_watching
    view.watch()
    assert view.is_watching


def test_the_picture_is_shown_and_can_be_captured() -> None:
    view, watch, _, _ = a_view()
    show(view, 640, 360)
    watch.be(PreviewState.SHOWING)
    watch.pictured.emit(red(640, 360))
    assert view.grab().toImage().pixelColor(QPoint(320, 180)) == QColor(200, 30, 30)


def test_a_picture_of_another_size_is_scaled_until_the_right_one_comes() -> None:
    view, watch, _, _ = a_view()
    show(view, 640, 360)
    watch.be(PreviewState.SHOWING)
    watch.pictured.emit(red(320, 180))
    image = view.grab().toImage()
    assert image.pixelColor(QPoint(12, 12)).red() > 150
    assert image.pixelColor(QPoint(627, 347)).red() > 150


@pytest.mark.parametrize("size", [(654, 368), (654, 366), (320, 180)])
def test_nothing_of_what_was_there_before_is_seen_at_the_edge_of_a_picture(size: tuple[int, int]) -> None:
    view, watch, _, _ = a_view()
    show(view, 655, 400)
    watch.be(PreviewState.SHOWING)
    watch.pictured.emit(red(*size))
    before = QImage(655, 400, QImage.Format.Format_RGB32)
    before.fill(QColor(0, 255, 0))
    view.render(before)
    greens = [(x, y) for x in range(655) for y in range(400) if before.pixelColor(x, y).green() > 60]
    assert greens == []


def test_a_canvas_of_another_shape_is_shown_whole() -> None:
    view, watch, _, _ = a_view()
    show(view, 640, 360)
    watch.pictured.emit(red(480, 360))
    assert view.fit.width == pytest.approx(480)
    assert view.fit.left == pytest.approx(80)


def test_no_state_is_without_words_but_that_of_showing() -> None:
    view, watch, _, _ = a_view()
    said = set()
    for state in PreviewState:
        watch.be(state)
        said.add(view.accessibleDescription())
    assert len(said) == len(PreviewState)
    assert "" not in said


def test_an_engine_that_failed_says_why() -> None:
    view, watch, _, feed = a_view()
    failure = {"message": "There is no display.", "hint": "Start it on a desktop.", "fault": "user"}
    tell(feed, engine=an_engine("failed", failure=failure))
    watch.be(PreviewState.FAILED)
    assert view.accessibleDescription() == "There is no display. Start it on a desktop."


def test_the_last_picture_stays_veiled_while_the_engine_is_gone() -> None:
    view, watch, _, _ = a_view()
    show(view, 640, 360)
    watch.be(PreviewState.SHOWING)
    watch.pictured.emit(red(640, 360))
    watch.be(PreviewState.COMING_BACK)
    corner = view.grab().toImage().pixelColor(QPoint(30, 30))
    assert 20 < corner.red() < 150
    assert view.image.size() == QSize(640, 360)


def test_a_hint_is_said_over_the_picture_unless_something_worse_is_to_be_said() -> None:
    view, watch, _, _ = a_view()
    show(view, 640, 360)
    watch.be(PreviewState.SHOWING)
    watch.pictured.emit(red(640, 360))
    clear = view.grab().toImage()
    view.show_hint("This scene shows nothing yet.")
    assert view.accessibleDescription() == "This scene shows nothing yet."
    assert view.grab().toImage() != clear
    watch.be(PreviewState.COMING_BACK)
    assert view.accessibleDescription() == "The studio is coming back…"
    view.show_hint("")
    watch.be(PreviewState.SHOWING)
    assert view.grab().toImage() == clear

"""The player, driven by keys and mouse, with media that decode nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSlider

from powerstream_desktop.desktop.kit.buttons import Button, IconButton
from powerstream_desktop.desktop.player.picture_view import fitted
from powerstream_desktop.desktop.player.playback import PlaybackEvent, PlaybackState
from powerstream_desktop.desktop.player.stream_player import LIVE_TRIES, StreamPlayer
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, wait_for
from tests.unit.desktop.player.fake_media import FakeMedia, MediaMakers

URL = "http://127.0.0.1:5001/live/show/index.m3u8"


class Scene:
    """A player that is shown, and its media."""

    def __init__(self) -> None:
        self.makers = MediaMakers()
        self.player = StreamPlayer(make_media=self.makers, live_pause_ms=1)
        show(self.player, 640, 480)

    @property
    def media(self) -> FakeMedia:
        return self.makers.media

    def happens(self, *events: PlaybackEvent) -> None:
        for event in events:
            self.media.happened.emit(event)

    def asked(self) -> list[str]:
        """Return what the media were asked since this was called last."""
        asked = list(self.media.asked)
        self.media.asked.clear()
        return asked

    def plays_live(self) -> None:
        self.player.play_live(URL)
        self.happens(PlaybackEvent.PLAYS)
        self.asked()


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.player.close()


def test_it_is_loading_until_the_first_picture_comes_and_says_how_long_it_is_watched(scene: Scene) -> None:
    scene.player.play_live(URL)
    assert "Loading…" in texts(scene.player)
    scene.happens(PlaybackEvent.PLAYS)
    assert "Loading…" not in texts(scene.player)
    assert control(scene.player, "Pause", IconButton).isEnabled()
    scene.media.moved.emit(20_000)
    assert "0:20" in texts(scene.player)


def test_keys_and_the_button_pause_go_on_change_the_volume_and_mute(scene: Scene) -> None:
    scene.plays_live()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_M, Qt.Key.Key_M):
        press(scene.player, key)
    scene.happens(PlaybackEvent.HOLDS)
    click(control(scene.player, "Play", IconButton))
    assert scene.asked() == ["pause", "volume 0.95", "muted True", "muted False", "play"]


def test_a_broadcast_that_is_over_says_so(scene: Scene) -> None:
    scene.plays_live()
    scene.happens(PlaybackEvent.ENDS)
    assert "The broadcast is over." in texts(scene.player)


def test_what_was_chosen_before_anything_was_open_counts_from_the_beginning() -> None:
    makers = MediaMakers()
    player = show(StreamPlayer(make_media=makers, starts_muted=True), 640, 480)
    assert control(player, "Unmute", IconButton).isEnabled()
    press(player, Qt.Key.Key_Down)
    player.play_live(URL)
    assert makers.media.asked == ["volume 0.95", "muted True", f"open {URL}"]
    press(player, Qt.Key.Key_M)
    assert makers.media.asked[-1] == "muted False"
    player.close()


def test_keys_with_modifiers_are_not_the_players(scene: Scene) -> None:
    scene.plays_live()
    press(scene.player, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert scene.asked() == []


def test_a_click_on_the_picture_pauses_and_two_fill_the_screen(scene: Scene) -> None:
    scene.plays_live()
    click(scene.player.picture)
    assert scene.asked() == ["pause"]
    scene.happens(PlaybackEvent.HOLDS)
    press(scene.player, Qt.Key.Key_F)
    assert scene.player.picture.window() is not scene.player.window()
    press(scene.player.picture, Qt.Key.Key_Escape)
    assert scene.player.picture.window() is scene.player.window()
    assert scene.asked() == []


def test_the_keys_mean_the_same_while_it_fills_the_screen(scene: Scene) -> None:
    scene.plays_live()
    press(scene.player, Qt.Key.Key_F)
    press(scene.player.picture, Qt.Key.Key_Space)
    assert scene.asked() == ["pause"]
    scene.player.picture.window().close()
    assert scene.player.picture.window() is scene.player.window()


def test_the_volume_is_a_slider(scene: Scene) -> None:
    scene.plays_live()
    press(control(scene.player, "Volume", QSlider), Qt.Key.Key_Home)
    assert scene.asked() == ["volume 0.00"]


def test_a_broadcast_that_has_just_begun_is_asked_for_until_it_is_there(scene: Scene) -> None:
    scene.player.play_live(URL)
    assert scene.asked() == [f"open {URL}"]
    scene.happens(PlaybackEvent.FAILS)
    wait_for(lambda: f"open {URL}" in scene.media.asked)
    scene.happens(PlaybackEvent.PLAYS)
    assert scene.player.state is PlaybackState.PLAYING


def test_a_broadcast_that_never_comes_says_so_in_the_end(scene: Scene) -> None:
    scene.player.play_live(URL)
    for tries in range(1, LIVE_TRIES + 1):
        scene.happens(PlaybackEvent.FAILS)
        wait_for(lambda wanted=tries + 1: scene.media.asked.count(f"open {URL}") == wanted)  # type: ignore[misc]
    scene.happens(PlaybackEvent.FAILS)
    assert "The broadcast cannot be shown at the moment." in texts(scene.player)
    click(control(scene.player, "Try again", Button))
    assert scene.media.asked.count(f"open {URL}") == LIVE_TRIES + 2


def test_a_button_leads_to_the_live_edge(scene: Scene) -> None:
    scene.plays_live()
    click(control(scene.player, "Jump to live", Button))
    assert scene.asked()[-1] == f"open {URL}"


def test_the_same_broadcast_is_not_opened_twice(scene: Scene) -> None:
    scene.plays_live()
    scene.player.play_live(URL)
    assert scene.asked() == []


def test_a_broadcast_is_left_while_hidden_and_taken_up_again(scene: Scene) -> None:
    scene.plays_live()
    scene.player.hide()
    assert scene.asked() == ["close"]
    scene.player.show()
    wait_for(lambda: f"open {URL}" in scene.media.asked)


def test_a_broadcast_that_begins_while_hidden_waits_to_be_seen(scene: Scene) -> None:
    scene.player.hide()
    scene.player.play_live(URL)
    assert scene.makers.made == []
    scene.player.show()
    wait_for(lambda: bool(scene.makers.made))
    assert scene.asked()[-1] == f"open {URL}"


def test_what_is_closed_is_forgotten(scene: Scene) -> None:
    scene.plays_live()
    scene.player.close_media()
    scene.happens(PlaybackEvent.FAILS, PlaybackEvent.PLAYS)
    assert scene.player.state is PlaybackState.EMPTY
    scene.player.hide()
    scene.player.show()
    assert scene.asked() == ["close"]


def test_a_picture_is_painted_as_large_as_it_fits() -> None:
    assert fitted(QSize(1280, 720), QRectF(0, 0, 640, 480)) == QRectF(0, 60, 640, 360)
    assert fitted(QSize(720, 1280), QRectF(0, 0, 640, 480)).center() == QPointF(320, 240)
    assert fitted(QSize(), QRectF(0, 0, 640, 480)).isEmpty()


def test_the_newest_picture_is_what_is_seen(scene: Scene) -> None:
    scene.plays_live()
    red = QImage(160, 90, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    scene.media.image = red
    scene.media.pictured.emit()
    seen = scene.player.picture.grab().toImage()
    assert seen.pixelColor(seen.width() // 2, seen.height() // 2) == Qt.GlobalColor.red


def test_everything_has_a_name(scene: Scene) -> None:
    scene.plays_live()
    assert nameless(scene.player) == []


SCRIPT = """
import sys
import powerstream_desktop.desktop.station.page
import powerstream_desktop.desktop.replays.page
print("PySide6.QtMultimedia" in sys.modules)
from powerstream_desktop.desktop.player.stream_player import load_media
load_media()
print("PySide6.QtMultimedia" in sys.modules)
"""


def test_a_page_is_there_before_the_large_libraries_of_playing_are() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=50, check=False
    )
    assert run.stdout.split() == ["False", "True"], run.stderr[-500:]

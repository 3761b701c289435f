"""Going through the film of the review panel by buttons, keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.driver import click, control, press, texts
from tests.unit.desktop.review.fake_frames import FRAME_US
from tests.unit.desktop.review.review_scene import HELD, KEY, ReviewScene, S


@pytest.fixture
def scene() -> Iterator[ReviewScene]:
    made = ReviewScene()
    yield made
    made.panel.close()


def test_buttons_step_both_ways(scene: ReviewScene) -> None:
    scene.open()
    for _ in range(3):
        click(scene.button("+1 frame"))
    click(scene.button("−1 frame"))
    assert scene.position_us == 2 * FRAME_US
    assert "00:00:00.08" in texts(scene.panel)


def test_arrows_go_by_a_picture_a_second_and_ten(scene: ReviewScene) -> None:
    scene.open()
    scene.key(KEY.Key_Right, HELD.ControlModifier)
    assert scene.position_us == 10 * S
    scene.key(KEY.Key_Left, HELD.ShiftModifier)
    assert scene.position_us == 9 * S
    scene.key(KEY.Key_Left)
    assert scene.position_us == 9 * S - FRAME_US
    scene.key(KEY.Key_Home)
    assert scene.position_us == 0
    scene.key(KEY.Key_End)
    assert scene.position_us == 60 * S - FRAME_US


def test_keys_mean_the_same_wherever_the_keyboard_is_on_the_panel(scene: ReviewScene) -> None:
    scene.open()
    press(scene.button("Edit details"), KEY.Key_L)
    assert scene.motion() is Motion.PLAYING
    press(scene.button("Edit details"), KEY.Key_K)
    assert scene.motion() is Motion.STILL


def test_j_k_and_l_rewind_hold_and_play_and_the_speed_is_said(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.jump_to(30_000)
    assert scene.position_us == 30 * S
    scene.key(KEY.Key_L)
    scene.key(KEY.Key_L)
    assert scene.media.asked[-1] == "speed 2.0"
    assert scene.panel.stage.bar.rate.text() == "2×"
    scene.key(KEY.Key_J)
    assert scene.panel.stage.bar.rate.text() == "−1×"
    scene.key(KEY.Key_J)
    assert scene.panel.stage.bar.rate.text() == "−2×"
    scene.key(KEY.Key_K)
    assert scene.motion() is Motion.STILL
    assert scene.panel.stage.bar.rate.text() == "1×"


def test_the_rate_is_chosen_from_a_menu(scene: ReviewScene) -> None:
    scene.open()
    menu = scene.panel.stage.bar.rate.menu()
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["0.25×", "0.5×", "1×", "1.5×", "2×", "4×"]
    actions["0.25×"].trigger()
    click(scene.button("Play"))
    assert "speed 0.25" in scene.media.asked


def test_a_press_on_the_timeline_goes_there_and_dragging_follows(scene: ReviewScene) -> None:
    scene.open()
    timeline = scene.panel.stage.timeline
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=scene.place_of(20 * S))
    assert abs(scene.position_us - 20 * S) < S // 2
    QTest.mouseMove(timeline, scene.place_of(45 * S))
    assert abs(scene.position_us - 45 * S) < S // 2
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=scene.place_of(45 * S))
    QTest.mouseMove(timeline, scene.place_of(5 * S))
    assert abs(scene.position_us - 45 * S) < S // 2


def test_hovering_shows_a_small_picture_and_moves_nothing(scene: ReviewScene) -> None:
    scene.open()
    QTest.mouseMove(scene.panel.stage.timeline, scene.place_of(30 * S))
    glance = scene.panel.stage.glance
    assert glance.isVisible()
    assert glance.image.isNull()
    assert scene.position_us == 0
    assert not glance.image.isNull()
    scene.panel.stage.timeline.left_alone.emit()
    assert not glance.isVisible()


def test_volume_and_silence_are_keys_and_knobs(scene: ReviewScene) -> None:
    scene.open()
    scene.key(KEY.Key_Down)
    scene.key(KEY.Key_S)
    click(scene.button("Play"))
    assert {"volume 0.95", "muted True"} <= set(scene.media.asked)
    click(control(scene.panel, "Unmute"))
    assert scene.media.asked[-1] == "muted False"


def test_f_fills_the_screen_and_escape_leaves_it(scene: ReviewScene) -> None:
    scene.open()
    scene.key(KEY.Key_F)
    assert scene.fills_screen()
    scene.key(KEY.Key_Right)
    assert scene.position_us == FRAME_US
    scene.key(KEY.Key_Escape)
    assert not scene.fills_screen()
    assert scene.panel.stage.isVisible()
    assert scene.panel.isAncestorOf(scene.panel.stage)

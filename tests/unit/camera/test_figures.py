from __future__ import annotations

import pytest

from powerstream_desktop.camera.figures import CameraFigures


def test_the_rate_is_that_of_the_last_seconds() -> None:
    figures = CameraFigures(0.0)
    for number in range(300):
        figures.delivered(1280, 720, number / 30, is_same=False)
    beat = figures.beat(10.0)
    assert (beat.frames, beat.width, beat.height) == (300, 1280, 720)
    assert beat.fps == pytest.approx(30.0, abs=0.1)
    assert beat.idle_ms == round(1000 / 30)


def test_a_camera_that_stops_has_no_rate_and_is_idle() -> None:
    figures = CameraFigures(0.0)
    for number in range(31):
        figures.delivered(640, 480, number / 30, is_same=False)
    beat = figures.beat(4.0)
    assert (beat.fps, beat.idle_ms, beat.unchanged_ms) == (0.0, 3000, 0)


def test_pictures_that_are_all_the_same_are_counted_as_unchanged() -> None:
    figures = CameraFigures(0.0)
    figures.delivered(640, 480, 1.0, is_same=False)
    for number in range(1, 61):
        figures.delivered(640, 480, 1.0 + number / 10, is_same=True)
    assert figures.beat(7.0).unchanged_ms == 6000
    figures.delivered(640, 480, 7.1, is_same=False)
    assert figures.beat(7.1).unchanged_ms == 0


def test_a_camera_that_is_opened_again_is_measured_anew_but_counts_on() -> None:
    figures = CameraFigures(0.0)
    figures.delivered(640, 480, 1.0, is_same=False)
    figures.opened(5.0)
    beat = figures.beat(5.5)
    assert (beat.frames, beat.fps, beat.idle_ms, beat.unchanged_ms) == (1, 0.0, 500, 0)

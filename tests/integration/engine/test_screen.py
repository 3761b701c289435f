"""Capture from a real X server without hardware."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.config import Region
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.screen import ScreenSource
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.xvfb import Screen
from tests.integration.engine.programs import config

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="X11 capture and Xvfb exist on Linux only"),
]


@pytest.fixture(scope="module")
def still_screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with Screen(tmp_path_factory.mktemp("still"), size=(320, 180), moving_fps=0) as screen:
        yield screen


def source_of(display: str, losses: list[str | None], region: Region | None = None) -> ScreenSource:
    wanted = config(source="screen", display=display, region=region, width=320, height=180, fps=30)
    return ScreenSource(wanted, losses.append)


def test_a_moving_screen_is_captured_at_the_programs_rate(tmp_path: Path) -> None:
    with Screen(tmp_path, size=(320, 180), moving_fps=60) as screen:
        source = source_of(screen.display, [])
        source.open()
        source.start(monotonic())
        began, looks = monotonic(), set()

        def look_and_see() -> bool:
            looks.add(planes_of(source.picture_at(0.0).frame)[0].tobytes())
            return source.delivered >= 20

        try:
            wait_until(look_and_see, what="twenty grabs", timeout_s=10)
        finally:
            source.close()
        assert monotonic() - began > 18 / 30
        assert len(looks) > 10


def test_a_screen_that_does_not_change_is_converted_once(still_screen: Screen) -> None:
    source = source_of(still_screen.display, [])
    source.open()
    first = source.picture_at(0.0)
    source.start(monotonic())
    try:
        wait_until(lambda: source.delivered >= 5, what="five grabs", timeout_s=10)
        later = source.picture_at(0.0)
    finally:
        source.close()
    assert later.serial > first.serial
    assert later.frame is first.frame


def test_a_region_is_captured_and_one_outside_the_screen_is_refused(still_screen: Screen) -> None:
    source = source_of(still_screen.display, [], Region(x=160, y=90, width=160, height=90))
    source.open()
    assert (source.picture_at(0.0).frame.width, source.picture_at(0.0).frame.height) == (320, 180)
    source.close()
    outside = source_of(still_screen.display, [], Region(x=161, y=90, width=160, height=90))
    with pytest.raises(UserError, match="outside the screen, which is 320x180"):
        outside.open()
    outside.close()


def test_a_display_that_is_not_there_is_named() -> None:
    source = source_of(":9999", [])
    with pytest.raises(UserError, match="display :9999 cannot be reached"):
        source.open()
    source.close()


def test_when_the_display_goes_away_the_last_picture_stays(tmp_path: Path) -> None:
    losses: list[str | None] = []
    with Screen(tmp_path, size=(320, 180), moving_fps=0) as screen:
        source = source_of(screen.display, losses)
        source.open()
        source.start(monotonic())
        wait_until(lambda: source.delivered >= 3, what="three grabs", timeout_s=10)
    try:
        wait_until(lambda: losses, what="the loss to be told", timeout_s=10)
        assert losses == [f"The display {screen.display} cannot be reached."]
        assert source.picture_at(0.0).frame.width == 320
    finally:
        source.close()

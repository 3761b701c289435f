"""Screens and windows of a real X server with a real window manager."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.engine.scene.sources import ScreenContent, WindowContent
from powerstream_desktop.engine.sources.desktop_devices import list_capture_devices
from powerstream_desktop.engine.sources.devices import ScreenDevice
from powerstream_desktop.engine.sources.held import HeldSource
from powerstream_desktop.engine.sources.held_life import HeldState
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.x11_capture import X11Capture
from powerstream_desktop.engine.sources.x11_places import X11ScreenPlace, X11WindowPlace
from powerstream_desktop.engine.sources.x11_server import X11Server
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.xvfb import Screen
from tests.integration.engine.sources.desktop import Desktop, order
from tests.unit.engine.sources.captures import ignore

if TYPE_CHECKING:
    import av

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="X11 capture and Xvfb exist on Linux only"),
]
FPS = 30
RED, RIGHT = (255, 0, 0), (0x20, 0x40, 0xFF)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path) as made:
        yield made


@pytest.fixture
def hold() -> Iterator[Callable[[HeldSource], HeldSource]]:
    """Open a source and start it; it is closed at the end."""
    held: list[HeldSource] = []

    def take(source: HeldSource) -> HeldSource:
        held.append(source)
        source.open()
        source.start(monotonic())
        return source

    yield take
    for source in held:
        source.close()


def window_source(desktop: Desktop, title: str, told: list[str | None]) -> HeldSource:
    place = X11WindowPlace(WindowContent(title=title), desktop.environ)
    return HeldSource(X11Capture(place, FPS), title, told.append)


def pixel(source: HeldSource, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(level) for level in rgb(source.picture_at(0.0).frame)[y, x])


def rgb(frame: av.VideoFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


def size(source: HeldSource) -> tuple[int, int]:
    frame = source.picture_at(0.0).frame
    return frame.width, frame.height


def await_pixel(source: HeldSource, x: int, y: int, colour: tuple[int, ...]) -> None:
    wait_until(lambda: pixel(source, x, y) == colour, what=f"{colour} at {x},{y}", timeout_s=10)


def await_state(source: HeldSource, state: HeldState) -> None:
    wait_until(lambda: source.snapshot.state is state, what=state.value, timeout_s=10)


def test_a_window_is_found_by_its_title_and_shown_in_its_size_and_colours(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    desktop.window("Größe 🎲", (100, 100, 320, 201), "ff0000")
    source = hold(window_source(desktop, "Größe 🎲", []))
    assert size(source) == (320, 201)
    assert pixel(source, 5, 5) == pixel(source, 159, 200) == RED
    assert pixel(source, 160, 0) == pixel(source, 319, 200) == RIGHT
    first = source.delivered
    wait_until(lambda: source.delivered > first + 10, what="ten grabs", timeout_s=10)


def test_a_still_window_is_the_same_frame_again_and_again(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    desktop.window("still", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "still", []))
    first = source.picture_at(0.0)
    wait_until(lambda: source.picture_at(0.0).serial > first.serial + 3, what="grabs", timeout_s=10)
    assert source.picture_at(0.0).frame is first.frame


class HoldingSink:
    """Keeps different pictures, so many."""

    def __init__(self, count: int) -> None:
        self.frames: list[av.VideoFrame] = []
        self._count = count

    def take(self, frame: av.VideoFrame, _due_s: float | None = None) -> None:
        if len(self.frames) < self._count and frame not in self.frames:
            self.frames.append(frame)

    def lose(self, error: PowerStreamError) -> None:
        raise error

    @property
    def is_full(self) -> bool:
        return len(self.frames) == self._count


def shared_with_the_server_kib() -> int:
    """Return how much memory of this process an X server draws into."""
    mappings = Path("/proc/self/smaps").read_text().split("VmFlags:")
    return sum(
        int(line.split()[1])
        for mapping in mappings
        if "/SYSV" in mapping
        for line in mapping.splitlines()
        if line.startswith("Rss:")
    )


def test_pictures_that_are_held_by_a_program_that_is_late_take_no_more_memory(tmp_path: Path) -> None:
    with Screen(tmp_path, size=(640, 360), moving_fps=30) as screen:
        capture = X11Capture(X11ScreenPlace(ScreenContent(display=screen.display)), FPS)
        sink = HoldingSink(4)
        try:
            capture.open(sink)
            opened_kib = shared_with_the_server_kib()
            capture.start(monotonic())
            wait_until(lambda: sink.is_full, what="four different pictures", timeout_s=10)
            assert opened_kib > 4 * 640 * 360 * 4 // 1024
            assert shared_with_the_server_kib() == opened_kib
        finally:
            capture.close()
        assert len({id(frame) for frame in sink.frames}) == 4


def test_a_grab_is_there_in_time_for_its_slot(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    desktop.window("still", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "still", []))
    epoch_s = monotonic()
    source.start(epoch_s)

    def is_in_time() -> bool:
        slot_s = math.floor((monotonic() - epoch_s) * FPS) / FPS
        picture = source.picture_at(slot_s)
        return picture.due_s is not None and not picture.is_late_at(slot_s) and picture.is_late_at(slot_s + 1)

    wait_until(is_in_time, what="a grab for the slot that is due", timeout_s=10)


def test_a_window_that_lies_behind_another_or_half_outside_is_shown_whole(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    behind = desktop.window("behind", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "behind", []))
    desktop.window("in front", (50, 50, 500, 400), "00ff00")
    order(behind, "colour 00ffff")
    await_pixel(source, 10, 10, (0, 255, 255))
    order(behind, "move -200 -50")
    order(behind, "colour ffff00")
    await_pixel(source, 10, 10, (255, 255, 0))
    assert pixel(source, 310, 190) == RIGHT


def test_the_pointer_is_drawn_into_a_window(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    window = desktop.window("pointed at", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "pointed at", []))
    order(window, "pointer 40 60")

    def pointed_at() -> bool:
        strange = np.argwhere((rgb(source.picture_at(0.0).frame)[:, :160] != RED).any(axis=-1))
        return bool(len(strange)) and bool((np.abs(strange.mean(axis=0) - (60, 40)) < 16).all())

    wait_until(pointed_at, what="the pointer at 40,60", timeout_s=10)


def test_a_window_that_is_resized_is_followed(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    told: list[str | None] = []
    window = desktop.window("stretched", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "stretched", told))
    for width, height in ((400, 300), (160, 120)):
        order(window, f"resize {width} {height}")
        wait_until(lambda: size(source) == (width, height), what="the new size", timeout_s=10)  # noqa: B023
        await_pixel(source, width - 1, height - 1, RIGHT)
    assert told == []
    assert (source.capabilities.width, source.capabilities.height) == (160, 120)


def test_a_closed_window_is_lost_and_comes_back_by_its_title(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    told: list[str | None] = []
    window = desktop.window("game", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "game", told))
    window.stop()
    await_state(source, HeldState.HELD)
    assert pixel(source, 5, 5) == RED
    wait_until(lambda: size(source) == (320, 200) and pixel(source, 5, 5) != RED, what="it", timeout_s=5)
    desktop.window("game", (300, 200, 200, 100), "00ff00")
    await_state(source, HeldState.LIVE)
    await_pixel(source, 5, 5, (0, 255, 0))
    wait_until(lambda: len(told) == 2, what="the return to be told", timeout_s=5)
    assert told == ["There is no window 'game'.", None]


def test_a_hidden_window_says_so(desktop: Desktop, hold: Callable[[HeldSource], HeldSource]) -> None:
    told: list[str | None] = []
    window = desktop.window("shy", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "shy", told))
    order(window, "hide")
    wait_until(lambda: told, what="the loss", timeout_s=10)
    assert told[0] in {"The window 'shy' is minimised or hidden.", "There is no window 'shy'."}
    order(window, "show")
    await_state(source, HeldState.LIVE)


def test_a_window_that_is_not_there_is_named(desktop: Desktop) -> None:
    desktop.window("the other one", (100, 100, 320, 200), "ff0000")
    source = window_source(desktop, "the other", [])
    with pytest.raises(UserError, match="no window 'the other'"):
        source.open()
    source.close()


def test_a_screen_is_shown_with_what_lies_on_it(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    desktop.window("on the screen", (100, 100, 320, 200), "ff0000")
    for content in (ScreenContent(), ScreenContent(display=desktop.display), ScreenContent(display="screen")):
        place = X11ScreenPlace(content, desktop.environ)
        source = hold(HeldSource(X11Capture(place, FPS), "screen", ignore))
        assert size(source) == (800, 600)
        assert (rgb(source.picture_at(0.0).frame) == RED).all(axis=-1).sum() == 160 * 200


def test_a_screen_that_is_not_there_is_named(desktop: Desktop) -> None:
    place = X11ScreenPlace(ScreenContent(display="HDMI-7"), desktop.environ)
    source = HeldSource(X11Capture(place, FPS), "screen", ignore)
    with pytest.raises(UserError, match="no screen 'HDMI-7'"):
        source.open()
    source.close()


def test_a_server_that_goes_away_is_a_loss_and_nothing_more(
    desktop: Desktop, hold: Callable[[HeldSource], HeldSource]
) -> None:
    told: list[str | None] = []
    desktop.window("doomed", (100, 100, 320, 200), "ff0000")
    source = hold(window_source(desktop, "doomed", told))
    desktop.close()
    wait_until(lambda: told, what="the loss", timeout_s=10)
    assert told == [f"The display {desktop.display} cannot be reached."]
    assert source.picture_at(0.0).frame.width == 320


def test_screens_and_windows_are_listed_and_newcomers_appear(desktop: Desktop) -> None:
    host = QtHost()
    desktop.window("first", (100, 100, 320, 200), "ff0000")
    before = list_capture_devices(host, desktop.environ)
    desktop.window("zweites Fenster", (100, 100, 320, 200), "ff0000")
    after = list_capture_devices(host, desktop.environ)
    assert after.screens == (ScreenDevice(name="screen", x=0, y=0, width=800, height=600),)
    assert [window.title for window in before.windows] == ["first"]
    assert [window.title for window in after.windows] == ["first", "zweites Fenster"]


def test_a_display_that_is_not_there_is_named() -> None:
    with pytest.raises(UserError, match="display :9999 cannot be reached"):
        X11Server(":9999")

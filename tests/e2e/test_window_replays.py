"""A broadcast becomes a replay and a piece of it a clip, by mouse and keyboard only."""

from __future__ import annotations

from typing import Final

import pytest

from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.served import show_in
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.window import Control, Window
from tests.e2e.support.window_deeds import END_S, add_platform, end_stream, opened

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

REPLAYS: Final = 3
"""The page's place on the rail."""
TITLE: Final = "Harbour walk"
CLIP: Final = "Best moment"
LIGHT_S: Final = 60.0
CUT_S: Final = 60.0
PICTURE_S: Final = 30.0
RECORDED_S: Final = 60.0
MARKED_AT: Final = "00:00:03"
LONG_ENOUGH: Final = "00:00:07"
BEGINNING: Final = "00:00:00.00"
IN_AT, OUT_AT = 0.2, 0.7
"""Of the film's length."""


def test_a_person_finds_a_broadcast_again_scrubs_through_it_and_cuts_a_clip_that_plays(stage: Stage) -> None:
    server = stage.nginx()
    show_in(stage.folder / "home", TestPictureContent())
    window = opened(stage)
    window.click("Add a platform", kind="QPushButton", timeout_s=LIGHT_S)
    add_platform(window, "One", server, "key-one")
    broadcast_with_a_marker(window)

    find_replay(window)
    window.click_row(TITLE)
    chip = window.wait_for_words("0:", kind="JumpChip", timeout_s=PICTURE_S)
    assert chip.text.startswith("⚑")
    window.wait_for("Play", kind="QPushButton", timeout_s=PICTURE_S)
    select(window)
    export(window)
    window.click(f"Open: {CLIP}", kind="QPushButton", timeout_s=CUT_S)
    wait_until(lambda: position(window) == BEGINNING, what="the clip at its beginning", timeout_s=PICTURE_S)
    window.click("Play", kind="QPushButton", timeout_s=PICTURE_S)
    position_after(window, BEGINNING)
    assert window.complaints() == []


def broadcast_with_a_marker(window: Window) -> None:
    """Go live with all that is there, mark a moment by its key that is heard everywhere, and end it."""
    window.click("Go live", kind="QPushButton")
    window.write("Title", TITLE, kind="QLineEdit")
    window.wait_for_words("Reached: One", timeout_s=LIGHT_S)
    window.hands.click(*button_of_sheet(window, "Go live").centre)
    window.wait_for_words("LIVE", kind="StatePill", timeout_s=LIGHT_S)
    wait_until(lambda: safe_to(window) >= MARKED_AT, what="a recording to mark", timeout_s=RECORDED_S)
    window.hands.press("Control_L", "Alt_L", "m")
    wait_until(lambda: safe_to(window) >= LONG_ENOUGH, what="a recording to cut", timeout_s=RECORDED_S)
    end_stream(window)


def safe_to(window: Window) -> str:
    """Return to what time code the recording cannot be lost any more, as the window says it."""
    said = window.find_words("Safe on disk to", kind="Label")
    return said[0].text.split()[-1] if said else ""


def button_of_sheet(window: Window, words: str) -> Control:
    """Return a sheet's button which the page behind has as well: that at the bottom."""
    reached = window.find(words, kind="QPushButton", where=lambda each: each.enabled and each.on_top)
    return max(reached, key=lambda each: each.place[1])


def find_replay(window: Window) -> None:
    """Look for it by words, first by one that it does not have."""
    window.go_to(REPLAYS)
    window.wait_for_words(TITLE, kind="row", timeout_s=END_S)
    window.write("Search replays", "zebra", kind="QLineEdit")
    window.wait_for_words("Nothing was found.")
    window.write("Search replays", "harb", kind="QLineEdit")
    window.wait_for_words(TITLE, kind="row")


def select(window: Window) -> None:
    """Choose a piece of the film: a click on the timeline goes there, a key says what begins or ends there."""
    begins_at = scrub_to(window, IN_AT)
    window.hands.press("i")
    ends_at = scrub_to(window, OUT_AT)
    window.hands.press("o")
    assert BEGINNING < begins_at < ends_at


def scrub_to(window: Window, share: float) -> str:
    """Click the timeline; return the time code once it has followed."""
    before = position(window)
    x, y, width, height = window.wait_for("Timeline").place
    window.hands.click(x + round(width * share), y + height // 2)
    return position_after(window, before)


def export(window: Window) -> None:
    """Have what is selected cut out to the picture, under a name."""
    selected = window.wait_for_words("Export clip 00:", kind="QPushButton")
    window.click(selected.words, kind="QPushButton")
    window.write("Title", CLIP, kind="QLineEdit")
    window.click("Exactly these pictures", kind="QRadioButton")
    window.click("Export", kind="QPushButton")


def position(window: Window) -> str:
    """Return the time code of the picture that is shown."""
    return window.wait_for("Position", timeout_s=PICTURE_S).text


def position_after(window: Window, before: str) -> str:
    """Return the time code once it is another one."""

    def look() -> str:
        now = position(window)
        return now if now != before else ""

    return wait_until(look, what=f"another time code than {before}", timeout_s=PICTURE_S)

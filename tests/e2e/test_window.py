"""The window as a person has it: on an X display with a window manager, by mouse and keyboard, with all that is behind it."""

from __future__ import annotations

from typing import Final

import pytest

from powerstream_desktop.desktop.language.language import GERMAN, PSEUDO
from tests.e2e.support.stage import Stage
from tests.e2e.support.window import Window
from tests.e2e.support.window_deeds import END_S, add_platform, end_stream, opened

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SMALL: Final = (1280, 800)
LIGHT_S: Final = 60.0
"""The engine starts, encodes and is connected: a second on an idle machine."""
RETRIES_S: Final = 40.0
PAGE_MS: Final = 100
STALL_MS: Final = 100
"""For the loop's own computing. On two processors that had work for fifteen it was 54 at most, of which two thirds are those processors'."""
BUSY_STALL_MS: Final = 150
"""With all it waited for. What the scheduler withheld is taken off; that pages, locks and the disk come later on such a machine is not."""


def make_station(window: Window, name: str) -> None:
    """Make a station on its page."""
    window.go_to(1)
    window.click("New station", kind="QPushButton")
    window.write("Name", name, kind="QLineEdit")
    window.click("Save", kind="QPushButton")
    window.wait_until_gone("Save", kind="QPushButton")


def test_a_person_goes_from_an_empty_home_to_two_platforms_and_one_dies_and_comes_back(stage: Stage) -> None:
    first, second = stage.nginx("first"), stage.nginx("second")
    window = opened(stage)
    window.click("Add a platform", kind="QPushButton", timeout_s=LIGHT_S)
    add_platform(window, "One", first, "key-one")
    window.click("Add another platform", kind="QPushButton")
    add_platform(window, "Two", second, "key-two")
    make_station(window, "My channel")
    go_live(window, "My first show")
    window.go_to(0)
    window.wait_for_words("One: Live", timeout_s=LIGHT_S)
    window.wait_for_words("Two: Live", timeout_s=LIGHT_S)
    first.wait_for_streams(["key-one"], timeout_s=LIGHT_S)
    second.wait_for_streams(["key-two"], timeout_s=LIGHT_S)
    second.kill()
    window.wait_for_words("Two: Reconnecting", timeout_s=RETRIES_S)
    assert window.find_words("One: Live"), "the other platform does not mind"
    second.restart()
    window.wait_for_words("Two: Live", timeout_s=LIGHT_S)
    end_stream(window)
    window.go_to(1)
    window.wait_for_words("My first show", kind="row", timeout_s=END_S)
    assert len(first.recordings("key-one")) == 1, "the platform that lived was never left"
    assert max(computed for _, computed in window.page_changes_ms()) < PAGE_MS
    stalls = window.stalls_ms()
    assert max((computed for _, computed in stalls), default=0) < STALL_MS, stalls
    assert max((stood for stood, _ in stalls), default=0) < BUSY_STALL_MS, stalls
    assert window.complaints() == []


def test_a_rehearsal_is_never_called_live(stage: Stage) -> None:
    window = opened(stage)
    window.click("Rehearse", kind="QPushButton", timeout_s=LIGHT_S)
    window.wait_for_words("Built-in receiver: Live", timeout_s=LIGHT_S)
    pill = window.wait_for_words("REHEARSAL", kind="StatePill")
    assert "LIVE" not in pill.words
    end_stream(window)
    assert window.complaints() == []


def go_live(window: Window, title: str) -> None:
    """Open the sheet, give the broadcast a title, and go live with all that is there."""
    window.click("Go live", kind="QPushButton")
    window.write("Title", title, kind="QLineEdit")
    window.click("Go live on 2 of 2", kind="QPushButton", timeout_s=LIGHT_S)
    window.wait_for_words("LIVE", kind="StatePill", timeout_s=LIGHT_S)


@pytest.mark.parametrize("language", [GERMAN.code, PSEUDO.code])
def test_every_page_has_room_for_longer_words(stage: Stage, language: str) -> None:
    window = opened(stage)
    window.speak(language)
    window.resize(SMALL)
    cut: list[str] = []
    for number, entry in enumerate(window.wait_for_rail()):
        window.go_to(number)
        window.resize(SMALL)
        cut += [f"{entry.words}: {words}" for words in window.clipped()]
    assert cut == []
    assert window.complaints() == []

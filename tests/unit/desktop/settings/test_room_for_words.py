"""All words of the settings page have room on the smallest usual screen, in every language and in large letters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from powerstream_desktop.client.access import NetworkDoor
from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys
from powerstream_desktop.desktop.language.language import ENGLISH, GERMAN, PSEUDO, Language
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.settings.option_row import OptionRow
from powerstream_desktop.desktop.settings.page import SettingsPage
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.service.settings.settings import OPTIONS
from tests.unit.desktop import driver
from tests.unit.desktop.clipping import clipped
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.hotkeys.test_hotkeys import Backend
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.settings.stage import FakeService, device

PAGE_PX = (1204, 720)
"""What frame, rail and foot leave of 1280 × 800."""
SETTLED_S = 5.0
"""Qt lays out what becomes visible step by step."""


@pytest.fixture
def normal_letters() -> Iterator[None]:
    yield
    look().set_text_size(100)


def busy_service(language: Language, text_percent: int) -> FakeService:
    """Return a service with something to show in every part."""
    service = FakeService()
    service.settings.spoken = language.code
    service.settings.change({"appearance.text_percent": text_percent})
    service.settings.change({"hotkeys.scene_1": "Ctrl+Alt+M", "hotkeys.privacy": "Ctrl+C", "video.fps": 60})
    service.access.paired = [device("Phone of Ada")]
    service.access.door = NetworkDoor(
        words={}, is_wanted=True, is_open=True, urls=("https://192.168.178.20:5443",), fingerprint="AB:CD:EF"
    )
    return service


@pytest.mark.parametrize("text_percent", [100, 125])
@pytest.mark.parametrize("language", [ENGLISH, GERMAN, PSEUDO], ids=lambda language: language.code)
def test_no_word_is_cut_off(normal_letters: None, language: Language, text_percent: int) -> None:
    with speaking(language.code):
        surroundings, _, _, _ = surroundings_with(busy_service(language, text_percent))
        hotkeys = Hotkeys(surroundings, backend=Backend())
        hotkeys.start()
        page = driver.show(SettingsPage(replace(surroundings, hotkeys=hotkeys)), *PAGE_PX)
        page.came_up()
        driver.wait_for(lambda: len(page.findChildren(OptionRow)) == len(OPTIONS))
        lost = {}
        for section in Section:
            page.show_subject(section.value)
            with suppress(AssertionError):  # what is still missing then is named below
                driver.wait_for(lambda: not clipped(page), SETTLED_S)
            lost[section.value] = clipped(page)
        assert {name: texts for name, texts in lost.items() if texts} == {}

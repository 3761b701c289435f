from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.page import StudioPage
from powerstream_desktop.desktop.studio.sources.add_sheet import AddSourceSheet
from powerstream_desktop.desktop.studio.sources.content.kinds import KINDS
from tests.unit.desktop.clipping import clipped
from tests.unit.desktop.driver import show, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.studio.page_client import PageClient
from tests.unit.desktop.studio.studio_words import a_status, a_studio, an_engine, studio_words, tell

SMALLEST = (1280 - 76, 800 - 80)
BOTH = {"renditions": [{"rendition": "landscape"}, {"rendition": "portrait"}]}


def fits(widget: QWidget) -> None:
    """Fail unless every text has its room, once the layout has come to rest."""
    wait_for(lambda: clipped(widget) == [])


@pytest.mark.parametrize("language", ["de", "qps"])
def test_every_word_has_its_room_in_the_smallest_window(language: str) -> None:
    with speaking(language):
        surroundings, _, feed, _ = surroundings_with(PageClient())
        tell(feed, a_status(studio_words(transition={"kind": "fade", "durationMs": 5000}), isPrivate=True))
        tell(feed, feed.now.studio, an_engine(stats=BOTH))
        page = show(StudioPage(surroundings), *SMALLEST)
        fits(page)
        page.show_subject("sources")
        for row in range(page.panel.list.count()):
            page.panel.list.setCurrentRow(row)
            fits(page)
        assert page.width() == SMALLEST[0]  # it did not have to grow for them


def test_the_editor_is_as_wide_as_its_place_in_large_letters() -> None:
    look().set_text_size(150)
    try:
        with speaking("de"):
            surroundings, _, feed, _ = surroundings_with(PageClient())
            tell(feed)
            page = show(StudioPage(surroundings), *SMALLEST)
            page.show_subject("sources")
            details = page.panel._details
            for row in range(page.panel.list.count()):
                page.panel.list.setCurrentRow(row)
                wait_for(lambda: details._canvas.width() == details.viewport().width() > 100)
    finally:
        look().set_text_size(100)


@pytest.mark.parametrize("language", ["de", "qps"])
def test_every_word_of_every_kind_of_source_has_its_room(language: str) -> None:
    with speaking(language):
        surroundings, _, _, _ = surroundings_with(PageClient())
        sheet = show(AddSourceSheet(surroundings, a_studio()))
        for row in (*range(len(KINDS)), len(KINDS) + 1):
            sheet.kinds.setCurrentRow(row)
            fits(sheet)

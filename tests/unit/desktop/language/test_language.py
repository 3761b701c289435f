"""Which language the window speaks."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject
from PySide6.QtWidgets import QWidget

from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.language import language
from powerstream_desktop.desktop.language.language import ENGLISH, GERMAN, language_of
from tests.unit.desktop.language.speaking import speaking


def translated(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Moments", text, "", count)


def test_a_text_is_shown_in_the_language_that_was_chosen() -> None:
    with speaking("de"):
        assert translated("just now") == "gerade eben"
    assert translated("just now") == "just now"


def test_english_counts_too() -> None:
    with speaking("en"):
        assert [translated("%n day(s) ago", count) for count in (1, 2)] == ["1 day ago", "2 days ago"]


def test_the_language_of_tests_has_a_word_for_everything() -> None:
    with speaking("qps"):
        assert translated("never seen before").startswith("[ñévéŕ šééñ béfö")


def test_qts_own_menus_speak_it_too() -> None:
    with speaking("de"):
        assert QCoreApplication.translate("QWidgetTextControl", "&Copy") == "&Kopieren"
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy") == "&Copy"


class _Heard(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.changes = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.changes += event.type() == QEvent.Type.LanguageChange
        return False


def test_who_shows_texts_hears_of_a_change_once() -> None:
    with speaking("en"):
        widget, heard = QWidget(), _Heard()
        widget.installEventFilter(heard)
        language.choose("de")
        QCoreApplication.sendPostedEvents()
        assert heard.changes == 1
        widget.deleteLater()


def test_a_language_that_nobody_knows_is_the_systems() -> None:
    with speaking("tlh"):
        assert language.current() is language_of(QLocale.system().uiLanguages())


@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [
        (["de-AT", "en"], GERMAN),
        (["de_DE"], GERMAN),
        (["fr-FR", "de", "en"], GERMAN),
        (["en-GB", "de"], ENGLISH),
        (["zh-Hans-CN"], ENGLISH),
        ([], ENGLISH),
    ],
)
def test_the_first_wish_that_can_be_met_is_met(wishes: list[str], spoken: object) -> None:
    assert language_of(wishes) is spoken


@pytest.mark.allow_warning_logs
def test_a_damaged_file_costs_its_own_texts_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = resource_path("translations/de/language.ts").read_text("utf-8")
    (tmp_path / "whole.ts").write_text(whole, "utf-8")
    (tmp_path / "damaged.ts").write_text(whole[:300], "utf-8")
    monkeypatch.setattr(language.__name__ + ".resource_path", lambda _name: tmp_path)
    with caplog.at_level(logging.WARNING):
        messages = language.messages_of(GERMAN)
    assert {message.source for message in messages} >= {"just now", "today {time}"}
    assert "damaged.ts cannot be read" in caplog.text

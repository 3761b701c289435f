"""The window speaks German as completely as English."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.language.language import ENGLISH, GERMAN, messages_of
from powerstream_desktop.desktop.language.ts_file import Message, read_ts
from tests.unit.desktop.language.code_texts import ROOT
from tests.unit.desktop.language.update_translations import updates

SERVICE = sorted(resource_path("translations/de/service").glob("*.ts"))
GERMAN_TEXTS = messages_of(GERMAN)
SENTENCES = tuple(message for path in SERVICE for message in read_ts(path))

HOLE = re.compile(r"\{\w*")
COUNT = re.compile(r"%L?n")


def described(message: Message) -> str:
    return f"{message.context}: {message.source!r} -> {message.translation}"


def test_the_files_hold_what_the_code_says() -> None:
    stale = [str(update.path.relative_to(ROOT)) for update in updates() if update.is_needed]
    assert stale == [], "run python -m tests.unit.desktop.language.update_translations"


def test_every_text_is_translated() -> None:
    texts = (*GERMAN_TEXTS, *messages_of(ENGLISH), *SENTENCES)
    assert [described(message) for message in texts if not message.is_finished] == []


@pytest.mark.parametrize("what", [HOLE, COUNT], ids=["names", "numbers"])
def test_a_translation_has_the_same_holes(what: re.Pattern[str]) -> None:
    wrong = [
        described(message)
        for message in (*GERMAN_TEXTS, *messages_of(ENGLISH), *SENTENCES)
        for form in message.translation
        if set(what.findall(message.source)) != set(what.findall(form))
    ]
    assert wrong == []


def test_a_translation_ends_as_its_source_does() -> None:
    """A text with an ellipsis leads on, one with a colon announces."""
    wrong = [
        described(message)
        for message in (*GERMAN_TEXTS, *SENTENCES)
        for form in message.translation
        for ending in ("…", "...", ":", ".", "?", " ")
        if message.source.endswith(ending) is not form.endswith(ending)
    ]
    assert wrong == []


def test_a_translation_has_a_mnemonic_where_its_source_has_one() -> None:
    mnemonic = re.compile(r"&(?=\w)")
    wrong = [
        described(message)
        for message in GERMAN_TEXTS
        for form in message.translation
        if len(mnemonic.findall(message.source)) != len(mnemonic.findall(form))
    ]
    assert wrong == []


def test_no_text_stands_in_two_files() -> None:
    """Two areas with a class of one name would otherwise fight for its texts."""
    counted = Counter((message.context, message.source, message.comment) for message in GERMAN_TEXTS)
    assert [key for key, number in counted.items() if number > 1] == []


def test_no_sentence_of_the_service_is_translated_twice() -> None:
    """Of two translations for one code only one is ever said."""
    counted = Counter((message.context, message.source) for message in SENTENCES)
    assert [key for key, number in counted.items() if number > 1] == []

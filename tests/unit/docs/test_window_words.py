"""What the guide says stands in the window does stand there."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from tests.unit.docs.pages import ROOT, Page, page, pages

TRANSLATIONS = ROOT / "resources" / "translations" / "de"
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
OF_SERVERS = "outgrowing-one-machine.md"
"""A page about computers without a window."""
GUIDE = [
    each
    for each in pages()
    if each.name.startswith("docs/guide/") and "**" in each.prose and each.path.name != OF_SERVERS
]


SYMPTOMS = "docs/guide/trouble.md"
QUOTED = re.compile(r"“(.+?)”", re.DOTALL)


@cache
def everything_said() -> tuple[str, ...]:
    """Return every text of the window and every sentence of the service, in English."""
    files = TRANSLATIONS.rglob("*.ts")
    return tuple(source.text or "" for file in files for source in ET.parse(file).iter("source"))


@cache
def window_words() -> frozenset[str]:
    """Return every text that the window asks to be translated."""
    files = TRANSLATIONS.glob("*.ts")
    return frozenset(source.text or "" for file in files for source in ET.parse(file).iter("source"))


def said_in_bold(at: Page) -> list[str]:
    return [" ".join(words.split()) for words in BOLD.findall(at.prose)]


@pytest.mark.parametrize("at", GUIDE, ids=lambda at: at.name)
def test_words_in_bold_stand_in_the_window(at: Page) -> None:
    assert [words for words in said_in_bold(at) if words not in window_words()] == []


def test_the_guide_names_much_of_the_window() -> None:
    assert len({words for at in GUIDE for words in said_in_bold(at)}) > 80


def quoted(at: Page) -> list[str]:
    return [" ".join(words.split()) for words in QUOTED.findall(at.prose)]


def never_said(at: Page) -> list[str]:
    return [words for words in quoted(at) if not any(words in said for said in everything_said())]


def test_what_the_page_of_symptoms_quotes_is_said_by_the_program() -> None:
    assert len(quoted(page(SYMPTOMS))) >= 10
    assert never_said(page(SYMPTOMS)) == []


def test_a_quoted_sentence_that_nobody_says_is_found() -> None:
    at = Page(page(SYMPTOMS).path, "| “The key was not sent.” | “The key was sent to the moon.” |")
    assert never_said(at) == ["The key was sent to the moon."]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [("press **Go live**", []), ("press **Launch**", ["Launch"]), ("press **End\nstream**", [])],
)
def test_words_that_the_window_does_not_have_are_found(markdown: str, found: list[str]) -> None:
    at = Page(page("README.md").path, markdown)
    assert [words for words in said_in_bold(at) if words not in window_words()] == found

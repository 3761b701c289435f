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


@pytest.mark.parametrize(
    ("markdown", "found"),
    [("press **Go live**", []), ("press **Launch**", ["Launch"]), ("press **End\nstream**", [])],
)
def test_words_that_the_window_does_not_have_are_found(markdown: str, found: list[str]) -> None:
    at = Page(page("README.md").path, markdown)
    assert [words for words in said_in_bold(at) if words not in window_words()] == found

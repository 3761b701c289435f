"""Decisions are numbered once, and are found by their numbers."""

from __future__ import annotations

import re

from tests.unit.docs.pages import PRODUCT, ROOT, pages

FOLDER = ROOT / "docs" / "adr"
NAMED = re.compile(r"\bADR (\d{4})\b")


def test_decisions_are_numbered_in_a_row_and_each_number_is_given_once() -> None:
    numbers = sorted(int(path.name[:4]) for path in FOLDER.glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_decision_says_its_number_in_its_title() -> None:
    titles = {path.name: path.read_text("utf-8").splitlines()[0] for path in FOLDER.glob("*.md")}
    assert [name for name, title in titles.items() if not title.startswith(f"# {int(name[:4])}. ")] == []


def test_a_decision_that_code_or_a_page_names_was_taken() -> None:
    texts = [each.text for each in pages()] + [path.read_text("utf-8") for path in PRODUCT.rglob("*.py")]
    named = {number for text in texts for number in NAMED.findall(text)}
    assert len(named) > 15
    assert named - {path.name[:4] for path in FOLDER.glob("*.md")} == set()

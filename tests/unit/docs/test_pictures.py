"""Pictures of the documents are known, are those that were noted, and say which code they show (ADR 0030)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pictures.documents import (
    FOLDER,
    MANIFEST,
    PICTURES,
    Picture,
    code_digest,
    picture_digest,
    read_manifest,
)
from tests.unit.docs.pages import ROOT, pages

CODE = "class Page:\n    title = 'Studio'\n"


def test_every_picture_is_known_and_shown() -> None:
    kept = {path.name for path in FOLDER.iterdir()} - {MANIFEST.name}
    shown = {link.rpartition("/")[2] for each in pages() for link in each.links if "images/" in link}
    assert kept == set(PICTURES) == shown == set(read_manifest())


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_one_that_was_noted(name: str) -> None:
    """Whoever puts another one there notes which code it shows: ``python -m tests.pictures.documents``."""
    assert read_manifest()[name]["picture"] == picture_digest(name)


@pytest.mark.parametrize("name", PICTURES)
def test_the_code_that_a_picture_shows_is_there(name: str) -> None:
    assert [shown for shown in PICTURES[name].shows if not (ROOT / shown).exists()] == []


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        ("class Page:\n    title = 'Workshop'\n", True),
        ("class Page:\n    title = 'Studio'\n    width = 3\n", True),
        ("# A remark.\n" + CODE, False),
        (CODE.replace("\n", "\n\n"), False),
        (CODE.replace("    ", "  "), False),
    ],
)
def test_only_a_change_that_may_be_seen_makes_a_picture_old(
    tmp_path: Path, change: str, is_seen: bool
) -> None:
    picture = Picture(shot="page", shows=("desktop",))
    file = tmp_path / "desktop" / "page.py"
    file.parent.mkdir()
    file.write_text(CODE)
    before = code_digest(picture, tmp_path)
    file.write_text(change)
    assert (code_digest(picture, tmp_path) != before) is is_seen

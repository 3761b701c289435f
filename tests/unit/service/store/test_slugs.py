"""Slugs: made from any name, safe in addresses and as folders, unique."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.service.store.slugs import MAX_CHARACTERS, NAMELESS, free_slug, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("News", "news"),
        ("  Café  Zürich! ", "cafe-zurich"),
        ("Straße", "strasse"),
        ("放送局", "放送局"),
        ("Игра №1", "игра-no1"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\u202ec", "a-b-c"),
        ("🎮🎮", NAMELESS),
        ("", NAMELESS),
        ("CON", f"{NAMELESS}-con"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_becomes_its_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_a_slug_is_short_and_holds_only_letters_digits_and_single_hyphens(name: str) -> None:
    slug = slug_of(name)
    assert 1 <= len(slug) <= MAX_CHARACTERS + len(NAMELESS)
    assert all(character.isalnum() for character in slug.replace("-", ""))
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug
    assert len(slug.encode()) <= 255
    assert unquote(quote(slug)) == slug


@given(st.text())
def test_the_slug_of_a_slug_is_itself(name: str) -> None:
    assert slug_of(slug_of(name)) == slug_of(name)


@given(st.text(), st.integers(0, 30))
def test_a_taken_slug_gets_the_first_free_number_and_stays_a_slug(name: str, taken_count: int) -> None:
    taken: set[str] = set()
    for _ in range(taken_count + 1):
        slug = free_slug(slug_of(name), taken.__contains__)
        assert slug not in taken
        assert slug_of(slug) == slug
        taken.add(slug)

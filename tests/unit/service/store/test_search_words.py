"""What a search finds, asked of a real index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.migrations import MIGRATIONS
from powerstream_desktop.service.store.search_words import index_query, indexed_words, station_word


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for migration in MIGRATIONS:
        database.apply(connection, migration)
    yield connection
    connection.close()


def finds(
    index: sqlite3.Connection, title: str, query: str, *, station: str = "a", asked: str | None = None
) -> bool:
    wanted = index_query(query, asked)
    assert wanted is not None
    index.execute("DELETE FROM asset_words")
    index.execute(
        "INSERT INTO asset_words (rowid, title, description, markers, facts) VALUES (1, ?, '', '', ?)",
        (indexed_words(title), station_word(station)),
    )
    found = index.execute("SELECT rowid FROM asset_words WHERE asset_words MATCH ?", (wanted,)).fetchall()
    return found == [(1,)]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Cafés in Zürich", "cafe"),
        ("Cafes in Zurich", "ZÜR"),
        ("Straße", "STRASSE"),
        ("Speedrun: any%", "any% speed"),
        ("今日の放送です", "放送"),
        ("รายการสด", "สด"),
        ("Folge 12 — Rückblick", "12 rück"),
        ("안녕하세요", "안녕"),
        ("C++ and C#", '"c" OR NOT ('),
    ],
)
def test_a_word_is_found_by_its_beginning_in_any_spelling(
    index: sqlite3.Connection, title: str, query: str
) -> None:
    if "NOT" in query:
        title += " or not"
    assert finds(index, title, query)


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Cafés in Zürich", "afes"),
        ("Cafés in Zürich", "cafe bern"),
        ("今日の放送です", "送放"),
        ("Evening", "title"),
    ],
)
def test_all_words_have_to_be_there(index: sqlite3.Connection, title: str, query: str) -> None:
    assert not finds(index, title, query)


def test_only_replays_of_the_asked_station_are_found(index: sqlite3.Connection) -> None:
    assert finds(index, "Evening", "even", station="a-1", asked="a-1")
    assert not finds(index, "Evening", "even", station="a-1", asked="a")
    assert not finds(index, "Evening", station_word("a-1"), station="a-1")


@pytest.mark.parametrize("text", ["", "  ", "!?%", "🎮", "\u0301"])
def test_a_text_without_a_word_is_no_query(text: str) -> None:
    assert index_query(text, None) is None


def test_a_letter_that_the_index_does_not_know_hides_no_other_word(index: sqlite3.Connection) -> None:
    assert index_query("\u19b0") is None
    assert finds(index, "Evening \u19b0 show", "even \u19b0 show")


@given(st.text())
def test_nothing_that_is_typed_is_read_as_the_query_language(index: sqlite3.Connection, text: str) -> None:
    query = index_query(text, "station")
    index.execute("DELETE FROM asset_words")
    index.execute(
        "INSERT INTO asset_words (rowid, title, description, markers, facts) VALUES (1, ?, '', '', ?)",
        (indexed_words(text), station_word("another")),
    )
    if query is not None:
        found = index.execute("SELECT rowid FROM asset_words WHERE asset_words MATCH ?", (query,)).fetchall()
        assert found == []


@given(
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x2FFF), min_size=1), st.data()
)
def test_every_word_of_a_title_finds_it_by_every_beginning(
    index: sqlite3.Connection, title: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(title)))
    if index_query(title[:cut], None) is not None:
        assert finds(index, title, title[:cut])

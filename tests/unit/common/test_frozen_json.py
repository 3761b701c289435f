"""Values as JSON and back."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.common.frozen_json import (
    MAX_NUMBER,
    MalformedError,
    from_json,
    parse_json,
    to_json,
    write_json,
)
from powerstream_desktop.common.secrets import Secret


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


class Rank(Enum):
    FIRST = 1
    SECOND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Dog:
    type: Literal["dog"] = "dog"
    name: str
    age: int = 3

    def __post_init__(self) -> None:
        if self.age < 0:
            raise UserError("A dog has an age.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cat:
    type: Literal["cat"] = "cat"
    lives: tuple[float, float]


Pet: TypeAlias = Dog | Cat


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    pets: tuple[Pet, ...]
    guest: Pet | None = None
    moods: frozenset[Mood] = frozenset()
    rank: Rank = Rank.FIRST
    is_open: bool = False
    plan: Path = Path("plan.svg")
    words: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Holder:
    key: Secret


FINITE = st.floats(min_value=-MAX_NUMBER, max_value=MAX_NUMBER)
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
DOGS = st.builds(Dog, name=TEXT, age=st.integers(0, 2**53))
PETS: st.SearchStrategy[Pet] = DOGS | st.builds(Cat, lives=st.tuples(FINITE, FINITE))
HOUSES = st.builds(
    House,
    pets=st.lists(PETS, max_size=4).map(tuple),
    guest=st.none() | PETS,
    moods=st.frozensets(st.sampled_from(Mood)),
    rank=st.sampled_from(Rank),
    is_open=st.booleans(),
    plan=TEXT.filter(lambda text: "\0" not in text).map(Path),
    words=st.lists(TEXT, max_size=3).map(tuple),
)


@given(HOUSES)
def test_what_was_written_is_read(house: House) -> None:
    text = write_json(to_json(house))
    assert text.isascii()
    assert "\n" not in text
    assert from_json(House, parse_json(text)) == house
    assert from_json(House, parse_json(text.encode())) == house


def test_what_is_left_out_has_its_default() -> None:
    assert from_json(House, {"pets": [{"type": "dog", "name": "Rex"}]}) == House(pets=(Dog(name="Rex"),))


def test_a_whole_number_is_taken_where_any_is_allowed_and_becomes_one() -> None:
    cat = from_json(Cat, {"lives": [1, 2.5]})
    assert cat == Cat(lives=(1.0, 2.5))
    assert isinstance(cat.lives[0], float)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "it must be an object"),
        ({}, "pets is missing"),
        ({"pets": {}}, "pets must be a list"),
        ({"pets": [7]}, "pets[0] must be an object"),
        ({"pets": [{"name": "Rex"}]}, "pets[0].type must be one of cat, dog"),
        ({"pets": [{"type": "cow"}]}, "pets[0].type must be one of cat, dog"),
        ({"pets": [{"type": "dog"}]}, "pets[0].name is missing"),
        ({"pets": [{"type": "dog", "name": "R", "colour": 1}]}, "pets[0] has a field that is none of type, name, age"),
        ({"pets": [{"type": "dog", "name": "R", "age": 1.0}]}, "pets[0].age must be a whole number"),
        ({"pets": [{"type": "dog", "name": "R", "age": 2**53 + 1}]}, "pets[0].age is beyond all reason"),
        ({"pets": [{"type": "cat", "lives": [1]}]}, "pets[0].lives must be a list of 2"),
        ({"pets": [{"type": "cat", "lives": [1, "2"]}]}, "pets[0].lives[1] must be a number"),
        ({"pets": [{"type": "cat", "lives": [1, math.nan]}]}, "pets[0].lives[1] is beyond all reason"),
        ({"pets": [{"type": "cat", "lives": [1, -math.inf]}]}, "pets[0].lives[1] is beyond all reason"),
        ({"pets": [], "guest": 0}, "guest must be an object"),
        ({"pets": [], "moods": ["ugly"]}, "moods[0] must be one of good, bad"),
        ({"pets": [], "moods": ["bad", "bad"]}, "moods must not name a thing twice"),
        ({"pets": [], "rank": "1"}, "rank must be one of 1, 2"),
        ({"pets": [], "rank": True}, "rank must be one of 1, 2"),
        ({"pets": [], "is_open": 1}, "is_open must be true or false"),
        ({"pets": [], "plan": "a\0b"}, "plan is not a path"),
        ({"pets": [], "plan": 1}, "plan must be text"),
        ({"pets": [], "words": [None]}, "words[0] must be text"),
        ({"pets": [], "words": ["\udc80"]}, "words[0] holds half a character"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_its_place(value: Any, said: str) -> None:
    with pytest.raises(MalformedError) as caught:
        from_json(House, value)
    assert str(caught.value) == said


def test_a_literal_is_just_that() -> None:
    with pytest.raises(MalformedError, match="type must be dog"):
        from_json(Dog, {"type": "cat", "name": "Rex"})


def test_a_value_that_its_class_refuses_says_so_in_its_own_words() -> None:
    with pytest.raises(UserError, match="age"):
        from_json(Dog, {"name": "Rex", "age": -1})


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"nul", b'{"a":NaN}', b'{"a":-Infinity}', b'{"a":1,"a":1}', b"\xff", b"1 2", b"[" * 99_999, b"9" * 9_999],
)  # fmt: skip
def test_what_is_no_json_is_refused_without_quoting_it(text: bytes) -> None:
    with pytest.raises(MalformedError) as caught:
        parse_json(text)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_path_that_is_no_utf_8_survives() -> None:
    path = Path("caf\udce9.png")
    assert from_json(Path, parse_json(write_json(to_json(path)))) == path


def test_a_secret_leaves_only_when_it_may() -> None:
    holder = Holder(Secret("swordfish-9"))
    with pytest.raises(BugError):
        to_json(holder)
    value = to_json(holder, reveals_secrets=True)
    assert value == {"key": "swordfish-9"}
    assert from_json(Holder, value) == holder


def test_what_json_cannot_say_is_a_bug() -> None:
    with pytest.raises(BugError):
        to_json(object())
    with pytest.raises(BugError):
        write_json({"a": math.inf})


def test_a_type_that_cannot_be_read_is_a_bug_of_the_program() -> None:
    with pytest.raises(BugError):
        from_json(dict, {})
    with pytest.raises(BugError):
        from_json(int | str, 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | FINITE | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        house = from_json(House, parse_json(json.dumps(value)))
    except MalformedError:
        return
    assert isinstance(house, House)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T19:30:05.250Z", datetime(2026, 11, 22, 19, 30, 5, 250_000, tzinfo=UTC)),
        ("2026-11-22T20:30:05+01:00", datetime(2026, 11, 22, 19, 30, 5, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_any_time_zone(text: str, moment: datetime) -> None:
    read = from_json(datetime, text)
    assert read == moment
    assert read.tzinfo is UTC


def test_a_moment_is_written_in_utc_and_whole_milliseconds() -> None:
    moment = datetime(2026, 11, 22, 20, 30, 5, 250_999, tzinfo=timezone(timedelta(hours=1)))
    assert to_json(moment) == "2026-11-22T19:30:05.250Z"


@pytest.mark.parametrize(
    "value", ["2026-11-22T19:30:05", "yesterday", "", 5, "0001-01-01T00:00:00+23:00", "\ud800"]
)
def test_what_is_no_moment_is_refused(value: object) -> None:
    with pytest.raises(MalformedError):
        from_json(datetime, value)


def test_a_moment_without_a_time_zone_is_a_fault_of_ours() -> None:
    with pytest.raises(BugError):
        to_json(datetime(2026, 11, 22))  # noqa: DTZ001 - what is refused

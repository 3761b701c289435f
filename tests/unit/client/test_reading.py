from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.reading import Words, api_name, read_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    inch_count: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Car:
    words: Words
    is_new: bool
    weight_kg: float | None = None
    wheels: tuple[Wheel, ...] = ()
    built_at: datetime | None = None
    extras: Words | None = None


GOOD: dict[str, Any] = {
    "isNew": True,
    "weightKg": 900,
    "wheels": [{"inchCount": 15}],
    "builtAt": "2026-11-23T02:00:00Z",
}


def test_an_answer_is_read_by_its_camel_case_names() -> None:
    car = read_answer(Car, GOOD, "car")
    assert car.wheels == (Wheel(inch_count=15),)
    assert (car.is_new, car.weight_kg, car.extras) == (True, 900.0, None)
    assert car.built_at == datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_new_fields_are_left_alone_and_stay_in_the_words() -> None:
    words = GOOD | {"colour": "red", "wheels": [{"inchCount": 15, "brand": "x"}]}
    car = read_answer(Car, words, "car")
    assert car.words == words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"isNew": 1}, "car.isNew is not true or false"),
        ({"isNew": None}, "car.isNew is not true or false"),
        ({"weightKg": "heavy"}, "car.weightKg is not a number"),
        ({"weightKg": True}, "car.weightKg is not a number"),
        ({"wheels": {}}, "car.wheels is not a list"),
        (
            {"wheels": [{"inchCount": 15}, {"inchCount": 1.5}]},
            "car.wheels[1].inchCount is not a whole number",
        ),
        ({"wheels": [{}]}, "car.wheels[0].inchCount is not there"),
        ({"wheels": [{"inchCount": 1, "name": None}]}, "car.wheels[0].name is not text"),
        ({"builtAt": "yesterday"}, "car.builtAt is not a moment"),
        ({"builtAt": "2026-11-23T02:00:00"}, "car.builtAt is not a moment with its time zone"),
        ({"extras": []}, "car.extras is not an object"),
    ],
)
def test_what_is_wrong_is_said_by_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadAnswerError) as raised:
        read_answer(Car, GOOD | change, "car")
    assert raised.value.detail == said


def test_what_is_no_object_is_no_answer() -> None:
    with pytest.raises(BadAnswerError):
        read_answer(Car, [GOOD], "car")


@pytest.mark.parametrize(
    ("name", "spelled"), [("id", "id"), ("started_at", "startedAt"), ("max_video_kbps", "maxVideoKbps")]
)
def test_names_are_spelled_as_the_api_does(name: str, spelled: str) -> None:
    assert api_name(name) == spelled

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict, dataclass

import pytest

from powerstream_desktop.common.redaction import REDACTOR
from powerstream_desktop.common.secrets import Secret

KEY = "live_778899_kVmT5s0Qz"


@dataclass(frozen=True)
class Endpoint:
    name: str
    key: Secret


@pytest.mark.parametrize(
    "shown", [str, repr, ascii, "{}".format, "{:>40}".format, "{!r}".format, "%s".__mod__]
)
def test_it_shows_as_stars_however_it_is_printed(shown: object) -> None:
    assert callable(shown)
    text = shown(Secret(KEY))
    assert "***" in text
    assert KEY not in text


def test_it_shows_as_stars_inside_other_values() -> None:
    assert repr(Endpoint("main", Secret(KEY))) == "Endpoint(name='main', key=Secret('***'))"


def test_reveal_gives_the_text_itself() -> None:
    assert Secret(KEY).reveal() == KEY


def test_the_attributes_do_not_give_it_away() -> None:
    secret = Secret(KEY)
    assert not hasattr(secret, "__dict__")
    assert all(KEY not in str(getattr(secret, name)) for name in dir(secret) if not name.startswith("_"))


def test_it_cannot_be_pickled() -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(Secret(KEY), protocol)


def test_it_cannot_be_written_as_json() -> None:
    with pytest.raises(TypeError):
        json.dumps({"key": Secret(KEY)})


def test_a_copy_is_the_same_secret() -> None:
    secret = Secret(KEY)
    assert copy.copy(secret) is secret
    assert copy.deepcopy([secret])[0] is secret
    assert asdict(Endpoint("main", secret))["key"] is secret


@pytest.mark.parametrize("value", ["", "k", KEY, "schlüssel", "\ud800 half a pair"])
def test_equal_texts_are_equal_secrets(value: str) -> None:
    assert Secret(value) == Secret(value)
    assert hash(Secret(value)) == hash(Secret(value))
    assert Secret(value) != Secret(value + "x")


def test_it_never_equals_a_plain_text() -> None:
    assert Secret(KEY) != KEY


def test_only_an_empty_secret_is_false() -> None:
    assert Secret(KEY)
    assert not Secret("")


def test_making_one_protects_its_value_everywhere() -> None:
    Secret("correct-horse-battery")
    assert REDACTOR.redact("refused: correct-horse-battery!") == "refused: ***!"

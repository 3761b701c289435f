from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.json_lines import Vocabulary

SECRET = "rtsp://u:hunter2@camera"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    type: Literal["aim"] = "aim"
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    type: Literal["fire"] = "fire"
    at: str


WORDS = Vocabulary[Aim | Fire]("order", Aim | Fire)


@pytest.mark.parametrize("word", [Fire(at="\u00fc\u2028\n"), Aim(places=(1, 2)), Aim(places=())])
def test_a_word_is_one_line_and_comes_out_as_it_went_in(word: Aim | Fire) -> None:
    line = WORDS.encode(word)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert WORDS.decode(line) == word


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'["type"]',
        b'{"at":"' + SECRET.encode() + b'"}',
        b'{"type":"fire","at":"' + SECRET.encode(),
        b'{"type":"flee","at":"' + SECRET.encode() + b'"}',
        b'{"type":"fire","at":"here","loud":"' + SECRET.encode() + b'"}',
        b'{"type":"fire"}',
        b'{"type":"aim","places":["' + SECRET.encode() + b'"]}',
    ],
)
def test_a_line_that_is_no_word_is_a_bug_and_is_not_quoted(line: bytes) -> None:
    with pytest.raises(BugError, match="no order") as caught:
        WORDS.decode(line)
    assert "hunter2" not in f"{caught.value} {caught.value.detail} {caught.value.__cause__}"

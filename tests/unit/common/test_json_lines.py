from __future__ import annotations

from dataclasses import dataclass

import pytest

from powerstream_desktop.common.errors import BugError, Fault, PeerError, UserError
from powerstream_desktop.common.json_lines import ErrorReport, Vocabulary

SECRET = "rtsp://u:hunter2@camera"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    at: str


def read_aim(fields: dict[str, list[int]]) -> Aim:
    if not fields["places"]:
        raise UserError("There is nothing to aim at.")
    return Aim(places=tuple(fields["places"]))


WORDS = Vocabulary[Aim | Fire | ErrorReport](
    "order",
    {"aim": Aim, "fire": Fire, "error": ErrorReport},
    writers={Aim: lambda aim: {"places": [*aim.places, 0]}},
    readers={Aim: read_aim, ErrorReport: ErrorReport.read},
)


def test_a_flat_word_comes_out_as_it_went_in() -> None:
    assert WORDS.encode(Fire(at="ü\u2028\n")).count(b"\n") == 1
    assert WORDS.decode(WORDS.encode(Fire(at="ü\u2028\n"))) == Fire(at="ü\u2028\n")


def test_a_word_with_a_writer_and_a_reader_goes_through_both() -> None:
    assert WORDS.decode(WORDS.encode(Aim(places=(1, 2)))) == Aim(places=(1, 2, 0))


def test_an_error_is_reported_with_its_party_and_without_its_detail() -> None:
    report = ErrorReport.of(PeerError("It is silent.", hint="Is it on?", detail=SECRET))
    assert WORDS.decode(WORDS.encode(report)) == ErrorReport(
        title="It is silent.", hint="Is it on?", fault=Fault.PEER
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"", "not a JSON object with a type"),
        (b"[]", "not a JSON object with a type"),
        (b'["type"]', "not a JSON object with a type"),
        (b'{"at":"' + SECRET.encode() + b'"}', "not a JSON object with a type"),
        (b'{"type":"fire","at":"' + SECRET.encode(), "not a JSON object with a type"),
        (b'{"type":"dance","at":"' + SECRET.encode() + b'"}', "no order of this name: 'dance'"),
        (b'{"type":"fire","to":"' + SECRET.encode() + b'"}', "order is malformed: 'fire'"),
        (b'{"type":"aim"}', "order is malformed: 'aim'"),
        (b'{"type":"error","title":"","hint":"","fault":"nobody"}', "order is malformed: 'error'"),
    ],
)
def test_a_line_that_holds_no_word_is_our_own_fault_and_is_not_quoted(line: bytes, what: str) -> None:
    with pytest.raises(BugError, match=what) as caught:
        WORDS.decode(line)
    assert SECRET not in f"{caught.value} {caught.value.detail}"
    assert caught.value.__cause__ is None


def test_what_a_word_asks_for_in_vain_is_said_as_its_reader_says_it() -> None:
    with pytest.raises(UserError, match="nothing to aim at"):
        WORDS.decode(b'{"type":"aim","places":[]}')

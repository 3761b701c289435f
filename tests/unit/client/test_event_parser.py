from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.client import event_parser
from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.event_parser import EventParser, ParsedEvent


def parsed(*pieces: bytes) -> list[ParsedEvent]:
    parser = EventParser()
    return [event for piece in pieces for event in parser.feed(piece)]


def message(data: str, *, name: str = "message", id_: str = "") -> ParsedEvent:
    return ParsedEvent(name=name, data=data, id=id_)


VECTORS: dict[str, tuple[bytes, list[ParsedEvent]]] = {
    "data": (b"data: one\n\n", [message("one")]),
    "two lines of data": (b"data: one\ndata: two\n\n", [message("one\ntwo")]),
    "empty lines of data": (b"data\ndata\n\n", [message("\n")]),
    "no space": (b"data:one\n\n", [message("one")]),
    "only one space is no data": (b"data:  one\n\n", [message(" one")]),
    "name and id": (b"event: live\nid: 7-1\ndata: {}\n\n", [message("{}", name="live", id_="7-1")]),
    "the name is of one event": (b"event: a\ndata: 1\n\ndata: 2\n\n", [message("1", name="a"), message("2")]),
    "the id stays": (b"id: 1\ndata: a\n\ndata: b\n\n", [message("a", id_="1"), message("b", id_="1")]),
    "an empty id": (b"id: 1\ndata: a\n\nid\ndata: b\n\n", [message("a", id_="1"), message("b")]),
    "an id with a zero": (b"id: 1\0\ndata: a\n\n", [message("a")]),
    "a comment": (b": still here\n\ndata: a\n: x\ndata: b\n\n", [message("a\nb")]),
    "a field that is none": (b"date: 1\ndata: a\n\n", [message("a")]),
    "nothing but a name": (b"event: a\n\ndata: b\n\n", [message("b")]),
    "not ended": (b"data: a\n\ndata: b\n", [message("a")]),
    "carriage returns": (b"data: a\rdata: b\r\rdata: c\r\r", [message("a\nb"), message("c")]),
    "both": (b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", [message("a\nb"), message("c")]),
    "mixed": (b"data: a\n\r\ndata: b\r\r\ndata: c\r\n\n", [message("a"), message("b"), message("c")]),
    "a byte order mark": (b"\xef\xbb\xbfdata: a\n\n", [message("a")]),
    "a second one is text": (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\ndata: b\n\n", [message("b")]),
    "other line ends are text": ("data: a\u2028b\x0bc\x85\n\n".encode(), [message("a\u2028b\x0bc\x85")]),
    "letters of four bytes": ("data: \U0001f600\n\n".encode(), [message("\U0001f600")]),
    "what is no UTF-8": (b"data: a\xff\n\n", [message("a\ufffd")]),
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_stream_is_read_whole_and_byte_by_byte_and_at_every_cut(name: str) -> None:
    stream, events = VECTORS[name]
    assert parsed(stream) == events
    assert parsed(*(stream[at : at + 1] for at in range(len(stream)))) == events
    for cut in range(len(stream)):
        assert parsed(stream[:cut], stream[cut:]) == events


@given(
    st.lists(
        st.sampled_from(
            ["data: a", "data:\u00e4\U0001f600", "event: x", "id: 9", ": c", "retry: 5", "", "", "\ufeff"]
        )
    ),
    st.lists(st.sampled_from(["\n", "\r", "\r\n"]), min_size=40, max_size=40),
    st.lists(st.integers(0, 400), max_size=8),
)
def test_where_a_stream_is_cut_makes_no_difference(
    lines: list[str], ends: list[str], cuts: list[int]
) -> None:
    stream = "".join(line + end for line, end in zip(lines, ends, strict=False)).encode()
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    assert parsed(*(stream[a:b] for a, b in itertools.pairwise(places))) == parsed(stream)


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])), min_size=1
    )
)
def test_what_is_written_line_by_line_is_read_as_it_was(lines: list[str]) -> None:
    stream = "".join(f"data: {line}\n" for line in lines) + "\n"
    assert parsed(stream.encode()) == [message("\n".join(lines))]


@given(st.binary())
def test_rubbish_is_survived(rubbish: bytes) -> None:
    assert parsed(rubbish, b"\n\ndata: a\n\n")[-1].data == "a"


def test_only_what_is_complete_is_gone_on_behind() -> None:
    parser = EventParser("5")
    parser.feed(b"id: 6\ndata: a\n\nid: 7\ndata: b\n")
    assert parser.last_id == "6"
    parser.feed(b"\n")
    assert parser.last_id == "7"


def test_an_id_without_data_counts_too() -> None:
    parser = EventParser()
    assert parser.feed(b"id: 6\n\n") == []
    assert parser.last_id == "6"


@pytest.mark.parametrize(
    ("said", "retry_ms"),
    [("1000", 1000), ("0", 0), ("-1", None), ("1e3", None), ("", None), ("99999999", 60_000)],
)
def test_how_long_the_service_wants_to_be_left_alone(said: str, retry_ms: int | None) -> None:
    parser = EventParser()
    parser.feed(f"retry: {said}\n\n".encode())
    assert parser.retry_ms == retry_ms


@pytest.mark.parametrize("piece", [b"data: " + b"x" * 50 + b"\n", b"x" * 50])
def test_an_event_without_end_is_given_up(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_parser, "MAX_EVENT_CHARACTERS", 1000)
    parser = EventParser()
    for _ in range(15):
        parser.feed(piece)
    with pytest.raises(BadAnswerError):
        parser.feed(piece * 10)


@pytest.mark.parametrize("piece", [b"data: " + b"x" * 50 + b"\n\n", b": " + b"x" * 50 + b"\n"])
def test_events_and_heartbeats_come_without_end(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_parser, "MAX_EVENT_CHARACTERS", 1000)
    parser = EventParser()
    events = [event for _ in range(100) for part in (piece[:20], piece[20:]) for event in parser.feed(part)]
    assert len(events) == (100 if piece.startswith(b"data") else 0)

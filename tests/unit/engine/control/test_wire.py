"""Commands and reports on their way: what is well said arrives as it was, what is not is refused and harms nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import BugError, Fault, SystemFault
from powerstream_desktop.engine.control.commands import EngineCommand, ForceKeyframe, Start, Stop
from powerstream_desktop.engine.control.reports import EngineReport, Failed
from powerstream_desktop.engine.control.wire import (
    MAX_LINE_BYTES,
    BadOrder,
    LineSplitter,
    Order,
    decode_command,
    decode_report,
    encode_command,
    encode_report,
)
from tests.unit.engine.control.examples import COMMANDS, KEY, REPORTS

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["start", "stop", "mute", "landscape", "\ud800", "x" * 200, 1e308, -1, 2**70]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def kind_of(value: object) -> str:
    return type(value).__name__


def test_there_is_an_example_of_everything_that_can_be_said() -> None:
    assert {type(each) for each in COMMANDS} == set(typing.get_args(EngineCommand))
    assert {type(each) for each in REPORTS} == set(typing.get_args(EngineReport))


@pytest.mark.parametrize("command", COMMANDS, ids=kind_of)
def test_every_command_survives_the_way_as_one_line(command: EngineCommand) -> None:
    line = encode_command(command, "7")
    assert line.count(b"\n") == 1
    assert decode_command(line) == Order(command, "7")
    assert decode_command(encode_command(command)) == Order(command, None)


@pytest.mark.parametrize("report", REPORTS, ids=kind_of)
def test_every_report_survives_the_way_as_one_line(report: EngineReport) -> None:
    line = encode_report(report)
    assert line.count(b"\n") == 1
    assert decode_report(line) == report


def test_no_command_shows_the_key_in_its_text() -> None:
    assert all(KEY not in repr(command) for command in COMMANDS)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "is not JSON"),
        (b"nonsense", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "must be an object"),
        (b'"stop"', "must be an object"),
        (b"{}", "type must be one of"),
        (b'{"type":7}', "type must be one of"),
        (b'{"type":"dance"}', "type must be one of"),
        (b'{"type":"stop","type":"stop"}', "says a name twice"),
        (b'{"type":"stop","now":true}', "has a field that is none of type"),
        (b'{"type":"set_gain","channel":"m","gain_db":NaN}', "a number that JSON has not got"),
        (b'{"type":"set_gain","channel":"m","gain_db":1e999}', "gain_db is beyond all reason"),
        (b'{"type":"set_gain","channel":"m","gain_db":"3"}', "gain_db must be a number"),
        (b'{"type":"set_gain","channel":"m"}', "gain_db is missing"),
        (b'{"type":"mute","channel":"m","is_muted":1}', "is_muted must be true or false"),
        (b'{"type":"mute","channel":"\\ud800","is_muted":true}', "channel holds half a character"),
        (b'{"type":"move_layer","layer":"l","to_index":1.5}', "to_index must be a whole number"),
        (b'{"type":"move_layer","layer":"l","to_index":true}', "to_index must be a whole number"),
        (b'{"type":"move_layer","layer":"l","to_index":1' + b"0" * 30 + b"}", "beyond all reason"),
        (b'{"type":"set_renditions","renditions":["landscape","landscape"]}', "twice"),
        (b'{"type":"set_renditions","renditions":["square"]}', "renditions[0] must be one of"),
        (b'{"type":"put_source","source":{"id":"a","name":"A","content":{"type":"hologram"}}}', "source.content.type"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_command_is_refused_and_says_why(line: bytes, why: str) -> None:
    bad = decode_command(line)
    assert isinstance(bad, BadOrder)
    assert why in bad.error.title
    assert not bad.is_start


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (b'{"type":"set_bitrate","video_kbps":1}', "1 kbit/s"),
        (b'{"type":"watch_preview","width":1,"height":1}', "1x1"),
        (
            b'{"type":"put_source","source":{"id":"a","name":"A","content":{"type":"camera","device":"","width":99999}}}',
            "No camera",
        ),
        (
            b'{"type":"put_source","source":{"id":"a","name":"A","content":{"type":"text","text":"x","size":50}}}',
            "as high as the picture",
        ),
    ],
)
def test_a_command_that_asks_for_what_cannot_be_is_refused_in_the_words_of_its_value(
    line: bytes, title: str
) -> None:
    bad = decode_command(line)
    assert isinstance(bad, BadOrder)
    assert title in bad.error.title
    assert bad.error.fault is Fault.USER


@pytest.mark.parametrize("id_", ['""', "7", "[]", f'"{"x" * 65}"', "true"])
def test_an_id_that_cannot_be_one_is_refused_without_an_id(id_: str) -> None:
    bad = decode_command(f'{{"type":"stop","id":{id_}}}'.encode())
    assert isinstance(bad, BadOrder)
    assert bad.id is None
    assert " id " in bad.error.title


def test_a_refusal_keeps_the_id_of_the_command() -> None:
    bad = decode_command(b'{"type":"dance","id":"a-1"}')
    assert isinstance(bad, BadOrder)
    assert bad.id == "a-1"


@pytest.mark.parametrize("version", ["1", "3", "0", "true", '"1"', "null"])
def test_another_version_is_refused_and_ends_a_start(version: str) -> None:
    line = json.loads(encode_command(COMMANDS[0]))
    line["version"] = json.loads(version)
    bad = decode_command(json.dumps(line).encode())
    assert isinstance(bad, BadOrder)
    assert "version" in bad.error.title
    assert bad.is_start


def test_a_version_need_not_be_said() -> None:
    assert decode_command(b'{"type":"force_keyframe"}') == Order(ForceKeyframe())


def test_a_broken_start_does_not_show_the_key_in_the_error() -> None:
    whole = encode_command(COMMANDS[0])
    value = json.loads(whole)
    value["config"]["colour"] = "red"
    nameless = json.loads(whole)
    nameless["config"]["publish"]["key"] = [KEY]
    for line in (whole[:-20], json.dumps(value).encode(), json.dumps(nameless).encode()):
        bad = decode_command(line)
        assert isinstance(bad, BadOrder)
        assert KEY not in f"{bad.error} {bad.error.detail} {bad.error.__cause__}"


def test_lines_are_cut_wherever_they_were_torn() -> None:
    text = b"".join(encode_command(command) for command in COMMANDS)
    for size in (1, 7, 1000, len(text)):
        splitter = LineSplitter()
        lines = [
            line for start in range(0, len(text), size) for line in splitter.feed(text[start : start + size])
        ]
        assert [decode_command(line) for line in lines] == [Order(command) for command in COMMANDS]


def test_a_line_of_a_megabyte_and_more_is_refused_and_not_kept() -> None:
    splitter = LineSplitter()
    piece = b" " * 65_536
    lines = [line for _ in range(40) for line in splitter.feed(piece)]
    lines.extend(splitter.feed(b'\n{"type":"stop"}\n'))
    assert lines == [None, b'{"type":"stop"}']
    bad = decode_command(lines[0])
    assert isinstance(bad, BadOrder)
    assert "longer" in bad.error.title


def test_a_long_line_that_comes_in_one_piece_is_refused_too() -> None:
    assert list(LineSplitter().feed(b"x" * (MAX_LINE_BYTES + 1) + b"\n")) == [None]
    assert list(LineSplitter().feed(b"x" * MAX_LINE_BYTES + b"\n")) == [b"x" * MAX_LINE_BYTES]


@given(st.binary())
def test_whatever_is_sent_is_a_command_or_refused(data: bytes) -> None:
    for line in LineSplitter().feed(data + b"\n"):
        assert isinstance(decode_command(line), Order | BadOrder)


@given(st.data())
def test_a_command_with_a_part_replaced_is_refused_or_means_what_it_says(data: st.DataObject) -> None:
    value = json.loads(encode_command(data.draw(st.sampled_from(COMMANDS))))
    _replace_a_part(data, value)
    found = decode_command(json.dumps(value).encode())
    if isinstance(found, Order):
        assert decode_command(encode_command(found.command, found.id)) == found


def _replace_a_part(data: st.DataObject, value: Any) -> None:
    """Change one place, at any depth: another value, none at all, or one more."""
    place: Any = value
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys)) if keys else None
        if key is None or not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            break
        place = place[key]
    match data.draw(st.sampled_from(["change", "remove", "add"])):
        case "remove" if key is not None:
            del place[key]
        case "add" if isinstance(place, dict):
            place[data.draw(st.text(max_size=8))] = data.draw(JSON)
        case _ if key is not None:
            place[key] = data.draw(JSON)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"type":"dance"}',
        b'{"type":"publishing"}',
        b'{"type":"publishing","connects":1,"more":2}',
        b'{"type":"failed","title":""}',
    ],
)
def test_a_line_that_is_no_report_is_a_bug(line: bytes) -> None:
    with pytest.raises(BugError, match="malformed"):
        decode_report(line)


def test_a_failure_is_reported_without_its_technical_detail() -> None:
    report = Failed.of(SystemFault("The disk is full.", hint="Make room.", detail="errno 28"))
    assert report == Failed(title="The disk is full.", hint="Make room.", fault=Fault.SYSTEM)


def test_start_and_stop_are_told_apart_when_they_are_malformed() -> None:
    start, stop = decode_command(b'{"type":"start"}'), decode_command(b'{"type":"stop","x":1}')
    assert isinstance(start, BadOrder)
    assert isinstance(stop, BadOrder)
    assert (start.is_start, stop.is_start) == (True, False)
    assert {Start, Stop} <= set(typing.get_args(EngineCommand))


def test_the_service_side_loads_neither_pyav_nor_numpy_nor_qt() -> None:
    program = (
        "import sys, powerstream_desktop.service.studio.engine_process, powerstream_desktop.engine.control.wire; "
        "print({'av', 'numpy', 'PySide6'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"

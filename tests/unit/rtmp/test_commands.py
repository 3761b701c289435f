"""Reading and writing of command, data and status messages, with the oddities of real encoders (rtmp.md 1.10, 4.4)."""

from __future__ import annotations

import math

import pytest

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import UNDEFINED, AMFValue
from powerstream_desktop.rtmp.commands import build_command, build_data, parse_command, parse_data
from powerstream_desktop.rtmp.errors import AMFError, LimitExceeded
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.status import info_object, number_of, parse_info

YES = True


def message(payload: bytes, type_id: int = 20, stream_id: int = 0, timestamp: int = 0) -> Message:
    return Message(type_id, stream_id, timestamp, payload, 3)


def test_the_vectors_of_the_reference_are_read() -> None:
    created = parse_command(
        message(bytes.fromhex("0200075f726573756c7400401000000000000005003ff0000000000000"))
    )
    published = parse_command(
        message(bytes.fromhex("02000946435075626c697368004008000000000000050200046b657931"))
    )
    played = parse_command(
        message(bytes.fromhex("020004706c6179004010000000000000050200046b65793100c09f400000000000"))
    )

    assert created is not None
    assert (created.name, created.transaction, created.command_object, created.arguments) == (
        "_result",
        4,
        None,
        (1.0,),
    )
    assert published is not None
    assert (published.name, published.transaction, published.text_argument(0)) == ("FCPublish", 3, "key1")
    assert played is not None
    assert (played.name, played.arguments) == ("play", ("key1", -2000.0))


def test_commands_are_written_as_the_vectors_of_the_reference() -> None:
    assert build_command("_result", 4, None, 1) == bytes.fromhex(
        "0200075f726573756c7400401000000000000005003ff0000000000000"
    )
    assert build_data("|RtmpSampleAccess", YES, YES) == bytes.fromhex(
        "0200117c52746d7053616d706c6541636365737301010101"
    )
    status = build_command(
        "onStatus", 0, None, info_object("status", "NetStream.Publish.Start", "Start publishing")
    )
    assert status == bytes.fromhex(
        "0200086f6e537461747573000000000000000000050300056c6576656c0200067374617475730004636f64650200174e65745374"
        "7265616d2e5075626c6973682e5374617274000b6465736372697074696f6e0200105374617274207075626c697368696e67000009"
    )


def test_a_bare_name_is_a_command() -> None:
    # FFmpeg's own server answers FCPublish like this (rtmp.md 4.3, row 43a).
    read = parse_command(message(amf0.encode("onFCPublish")))
    assert read is not None
    assert (read.name, read.transaction, read.command_object, read.arguments) == ("onFCPublish", 0, None, ())


@pytest.mark.parametrize("transaction", [None, "4", math.nan, math.inf, True, {}], ids=repr)
def test_a_transaction_that_is_no_number_counts_as_none(transaction: AMFValue) -> None:
    read = parse_command(message(amf0.encode("createStream", transaction, None)))
    assert read is not None
    assert read.transaction == 0


def test_an_undefined_command_object_and_extra_arguments_are_no_matter() -> None:
    read = parse_command(message(amf0.encode("connect", 1, UNDEFINED, "user", "password")))
    assert read is not None
    assert (read.text_argument(1), read.argument(7), read.text_argument(7)) == ("password", None, "")


@pytest.mark.parametrize(
    "payload", [b"", amf0.encode(1.0, "connect"), amf0.encode(None)], ids=["empty", "number", "null"]
)
def test_a_command_without_a_name_is_nothing(payload: bytes) -> None:
    assert parse_command(message(payload)) is None


def test_broken_amf_in_a_command_is_the_peers_error() -> None:
    with pytest.raises(AMFError):
        parse_command(message(b"\x02\xff\xffa"))
    with pytest.raises(LimitExceeded):
        parse_command(message(amf0.encode("connect", 1) + b"\x03\x00\x01a" * 40))


@pytest.mark.parametrize("selector", [b"\x00", b""], ids=["with selector", "without"])
def test_an_amf3_command_is_amf0_behind_a_selector(selector: bytes) -> None:
    read = parse_command(message(selector + amf0.encode("createStream", 2, None), type_id=17))
    assert read is not None
    assert (read.name, read.transaction) == ("createStream", 2)


def test_metadata_loses_set_data_frame_and_keeps_its_bytes() -> None:
    body = amf0.encode("onMetaData", {"width": 1280.0})
    read = parse_data(message(amf0.encode("@setDataFrame") + body, type_id=18, stream_id=1, timestamp=40))
    assert read is not None
    assert (read.name, read.payload, read.stream_id, read.timestamp) == ("onMetaData", body, 1, 40)


def test_amf3_metadata_is_read() -> None:
    # nginx-rtmp drops it (nginx#1043).
    body = amf0.encode("onMetaData") + bytes.fromhex("110a0b0103610301")
    read = parse_data(message(b"\x00" + body, type_id=15))
    assert read is not None
    assert (read.name, read.payload) == ("onMetaData", body)


def test_numbers_before_the_name_are_skipped() -> None:
    # Uniview cameras (ZLMediaKit#4800).
    body = amf0.encode("onMetaData", {"width": 1.0})
    read = parse_data(message(amf0.encode(0.0, 1.0, "@setDataFrame") + body, type_id=18))
    assert read is not None
    assert (read.name, read.payload) == ("onMetaData", body)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        amf0.encode(1.0),
        b"\x00\x01",
        b"\xff" * 20,
        b"\x02\xff\xffabc",
        amf0.encode("@setDataFrame"),
        b"\x06" * 50,
    ],
    ids=["empty", "number", "cut", "junk", "cut text", "nothing behind", "endless junk"],
)
def test_a_data_message_without_a_name_is_ignored(payload: bytes) -> None:
    # Timecodes and other things that are not AMF (srs#3803, owncast#365).
    assert parse_data(message(payload, type_id=18)) is None


def test_a_name_is_enough_however_broken_the_rest() -> None:
    read = parse_data(message(amf0.encode("onTextData") + b"\xff\xff", type_id=18))
    assert read is not None
    assert read.payload.endswith(b"\xff\xff")


@pytest.mark.parametrize(
    ("info", "refusal"),
    [
        ({"level": "error", "code": "Anything.At.All"}, True),
        ({"level": "status", "code": "NetStream.Publish.Failed"}, False),
        ({"level": "warning", "code": "NetStream.Play.InsufficientBW"}, False),
        ({"code": "NetStream.Publish.BadName"}, True),
        ({"code": "NetStream.Publish.Start"}, False),
        ({}, False),
        (None, False),
        ("NetConnection.Connect.Rejected", True),
        ([1.0], False),
    ],
    ids=repr,
)
def test_a_refusal_is_told_by_level_first_and_by_code_without_one(info: AMFValue, refusal: bool) -> None:
    assert parse_info(info).is_refusal is refusal


def test_remote_text_is_cut_and_loses_control_characters() -> None:
    info = parse_info({"level": "error", "code": 404.0, "description": "\x1b[31mno\r\n" + "x" * 5000})
    assert info.code == "404"
    assert info.description.startswith("[31mnoxxx")
    assert len(info.description) <= 512


@pytest.mark.parametrize(
    ("value", "number"),
    [(1.9, 1), (math.nan, 7), (-math.inf, 7), (True, 7), ("1", 7), (None, 7), (3, 3)],
    ids=repr,
)
def test_remote_numbers_are_made_whole(value: AMFValue, number: int) -> None:
    assert number_of(value, 7) == number

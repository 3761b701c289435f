"""AMF0 against the vectors of rtmp.md A.4 (A1-A19, M1-M6 and the malformed ones)."""

from __future__ import annotations

import math
import struct

import pytest

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import (
    UNDEFINED,
    AMFDate,
    AMFDictionary,
    AMFValue,
    ECMAArray,
    TypedObject,
    XMLDocument,
)
from powerstream_desktop.rtmp.errors import AMFError, LocalProtocolError

PUBLISH_START = {
    "level": "status",
    "code": "NetStream.Publish.Start",
    "description": "Start publishing",
}
BAD_NAME = {
    "level": "error",
    "code": "NetStream.Publish.BadName",
    "description": "Stream already publishing",
}

CANONICAL: dict[str, tuple[str, list[AMFValue]]] = {
    "A1": ("003ff0000000000000", [1.0]),
    "A2": ("00c09f400000000000", [-2000.0]),
    "A3": ("0101", [True]),
    "A4": ("0200046c697665", ["live"]),
    "A5": ("0300036170700200046c697665000009", [{"app": "live"}]),
    "A6": ("05", [None]),
    "A7": ("06", [UNDEFINED]),
    "A10": ("0a000000020200046176303102000468766331", [["av01", "hvc1"]]),
    "A11": ("0b4278bcfe568000000000", [AMFDate(1_700_000_000_000.0)]),
    "A13": ("10000143000161003ff0000000000000000009", [TypedObject("C", {"a": 1.0})]),
    "A19": ("0f000000043c612f3e", [XMLDocument("<a/>")]),
    "M1": ("0200075f726573756c7400401000000000000005003ff0000000000000", ["_result", 4.0, None, 1.0]),
    "M2": (
        (
            "0200086f6e537461747573000000000000000000050300056c6576656c0200067374617475730004636f64650200174e657453"
            "747265616d2e5075626c6973682e5374617274000b6465736372697074696f6e0200105374617274207075626c697368696e67"
            "000009"
        ),
        ["onStatus", 0.0, None, PUBLISH_START],
    ),
    "M3": (
        (
            "0200086f6e537461747573000000000000000000050300056c6576656c0200056572726f720004636f64650200194e65745374"
            "7265616d2e5075626c6973682e4261644e616d65000b6465736372697074696f6e02001953747265616d20616c726561647920"
            "7075626c697368696e67000009"
        ),
        ["onStatus", 0.0, None, BAD_NAME],
    ),
    "M4": ("0200117c52746d7053616d706c6541636365737301010101", ["|RtmpSampleAccess", True, True]),
    "M5": ("02000946435075626c697368004008000000000000050200046b657931", ["FCPublish", 3.0, None, "key1"]),
    "M6": (
        "020004706c6179004010000000000000050200046b65793100c09f400000000000",
        ["play", 4.0, None, "key1", -2000.0],
    ),
}

DECODED_ONLY: dict[str, tuple[str, list[AMFValue]]] = {
    "A8": (
        "080000000000057769647468004064000000000000000673746572656f0101000009",
        [ECMAArray(width=160.0, stereo=True)],
    ),
    "A9": ("080000000e00086475726174696f6e000000000000000000000009", [ECMAArray(duration=0.0)]),
    "A12": ("0c00000003616263", ["abc"]),
    "A14": ("0300017803000009000179070001000009", [{"x": {}, "y": {}}]),
    "A15": ("110605686905", ["hi", None]),
    "A16": ("1104ffffffff", [-1]),
    "A17": ("1104ff7f1104818000", [16383, 16384]),
    "A18": ("110a0b0103610301", [{"a": True}]),
}

VECTORS = {**CANONICAL, **DECODED_ONLY}

MALFORMED = {
    "strict array count beyond the payload": "0affffffff",
    "string beyond the payload": "02ffff61",
    "long string beyond the payload": "0cffffffff",
    "xml beyond the payload": "0fffffffff",
    "byte array beyond the payload": "110cffffffff",
    "AMF3 array count beyond the payload": "1109ffffffff",
    "unknown externalizable class": "110a070143",
    "externalizable without a class": "110a0701",
    "lone object end": "09",
    "movie clip": "04",
    "unsupported": "0d",
    "record set": "0e",
    "unknown marker": "12",
    "last marker": "ff",
    "number cut": "003ff0",
    "nothing behind the AMF3 marker": "11",
    "member without its value": "03000161",
    "value of a member cut": "0300016102000a61",
}


def unhex(digits: str) -> bytes:
    return bytes.fromhex(digits)


def kinds(values: list[AMFValue]) -> list[type]:
    return [type(value) for value in values]


@pytest.mark.parametrize(("digits", "expected"), VECTORS.values(), ids=VECTORS)
def test_a_vector_decodes_to_its_value(digits: str, expected: list[AMFValue]) -> None:
    decoded = amf0.decode_all(unhex(digits))

    assert decoded == expected
    assert kinds(decoded) == kinds(expected)


@pytest.mark.parametrize(("digits", "values"), CANONICAL.values(), ids=CANONICAL)
def test_a_value_encodes_to_its_vector(digits: str, values: list[AMFValue]) -> None:
    assert amf0.encode(*values) == unhex(digits)


@pytest.mark.parametrize(("digits", "expected"), VECTORS.values(), ids=VECTORS)
def test_a_vector_decodes_value_by_value_at_any_offset_of_a_memoryview(
    digits: str, expected: list[AMFValue]
) -> None:
    payload = memoryview(b"\xff\xff" + unhex(digits))
    pos = 2
    decoded = []
    while pos < len(payload):
        value, pos = amf0.decode(payload, pos)
        decoded.append(value)

    assert decoded == expected
    assert pos == len(payload)


@pytest.mark.parametrize("digits", [digits for digits, _ in VECTORS.values()], ids=list(VECTORS))
def test_every_cut_of_a_vector_is_refused_or_keeps_whole_values(digits: str) -> None:
    payload = unhex(digits)
    whole = amf0.decode_all(payload)
    for cut in range(len(payload)):
        try:
            kept = amf0.decode_all(payload[:cut])
        except AMFError:
            continue
        assert len(kept) <= len(whole)
        assert kept[:-1] == whole[: len(kept)][:-1]
        if kept and not isinstance(kept[-1], dict):
            assert kept[-1] == whole[len(kept) - 1]


@pytest.mark.parametrize("digits", MALFORMED.values(), ids=MALFORMED)
def test_malformed_data_is_refused(digits: str) -> None:
    with pytest.raises(AMFError):
        amf0.decode_all(unhex(digits))
    with pytest.raises(AMFError):
        amf0.decode(unhex(digits))


def test_nothing_decodes_to_no_values() -> None:
    assert amf0.decode_all(b"") == []


@pytest.mark.parametrize("pos", [0, 1, 7])
def test_a_value_that_is_not_there_is_refused(pos: int) -> None:
    with pytest.raises(AMFError):
        amf0.decode(b"", pos)


def test_an_error_tells_the_place_and_not_the_content() -> None:
    with pytest.raises(AMFError) as caught:
        amf0.decode_all(amf0.encode("secret-key") + b"\x0d")

    assert caught.value.code == "amf"
    assert caught.value.detail == "AMF0 marker 0x0d, at byte 14"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("digits", ["08ffffffff", "0800000000", "0800000001", "08ffffffff0000"])
def test_the_count_of_an_ecma_array_reserves_nothing_and_promises_nothing(digits: str) -> None:
    assert amf0.decode_all(unhex(digits)) == [ECMAArray()]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_an_object_whose_end_was_cut_off_keeps_its_members(cut: int) -> None:
    payload = amf0.encode("@setDataFrame", "onMetaData", ECMAArray(width=160.0, encoder={"name": "x"}))

    assert amf0.decode_all(payload[: -3 - cut]) == [
        "@setDataFrame",
        "onMetaData",
        ECMAArray(width=160.0, encoder={"name": "x"}),
    ]


def test_a_nine_inside_a_number_does_not_end_an_object() -> None:
    number = struct.unpack(">d", unhex("4000000900000900"))[0]

    assert amf0.decode_all(unhex("03000161004000000900000900000009")) == [{"a": number}]


def test_an_empty_name_is_a_name() -> None:
    assert amf0.decode_all(unhex("030000010100016105000009")) == [{"": True, "a": None}]
    assert amf0.encode({"": True, "a": None}) == unhex("030000010100016105000009")


def test_the_last_of_two_equal_names_wins() -> None:
    assert amf0.decode_all(unhex("030001610100000161010100016205000009")) == [{"a": True, "b": None}]


def test_members_keep_their_order() -> None:
    names = [f"name{9 - number}" for number in range(10)]
    payload = amf0.encode(dict.fromkeys(names, True))

    decoded = amf0.decode_all(payload)[0]

    assert isinstance(decoded, dict)
    assert list(decoded) == names


def test_a_typed_object_keeps_its_class() -> None:
    decoded = amf0.decode_all(unhex(VECTORS["A13"][0]))[0]

    assert isinstance(decoded, TypedObject)
    assert decoded.class_name == "C"


@pytest.mark.parametrize("timezone", [-32768, -90, 32767])
def test_a_date_keeps_its_zone(timezone: int) -> None:
    date = AMFDate(-1.5, timezone)

    assert amf0.decode_all(amf0.encode(date)) == [date]


def test_text_that_is_not_utf8_is_repaired() -> None:
    assert amf0.decode_all(unhex("02000361ff62")) == ["a�b"]


@pytest.mark.parametrize("bits", ["7ff0000000000000", "fff0000000000000"])
def test_infinity_comes_through(bits: str) -> None:
    (number,) = amf0.decode_all(unhex("00" + bits))

    assert isinstance(number, float)
    assert math.isinf(number)


def test_nan_comes_through() -> None:
    (number,) = amf0.decode_all(unhex("007ff8000000000000"))

    assert isinstance(number, float)
    assert math.isnan(number)


def test_a_reference_gives_the_very_object_it_names() -> None:
    (decoded,) = amf0.decode_all(unhex(VECTORS["A14"][0]))

    assert isinstance(decoded, dict)
    assert decoded["x"] is decoded["y"]


def test_references_number_every_complex_kind_across_the_message() -> None:
    payload = unhex(
        "03000009" + "0800000000000009" + "0a00000000" + "10000143000009" + "070000070001070002070003"
    )

    decoded = amf0.decode_all(payload)

    assert [decoded[index + 4] is decoded[index] for index in range(4)] == [True] * 4


def test_an_undefined_reference_reads_as_null() -> None:
    assert amf0.decode_all(unhex("07ffff")) == [None]


def test_a_reference_to_an_object_around_it_reads_as_null() -> None:
    assert amf0.decode_all(unhex("0300017807000000017907ffff000009")) == [{"x": None, "y": None}]


def test_the_amf3_marker_counts_for_one_value_only() -> None:
    assert amf0.decode_all(unhex("0a0000000211031102" + "03000009")) == [[True, False], {}]


def test_long_text_takes_the_long_form() -> None:
    assert amf0.encode("x" * 65535)[:3] == unhex("02ffff")
    assert amf0.encode("é" * 32768)[:5] == unhex("0c00010000")
    assert amf0.decode_all(amf0.encode("é" * 32768)) == ["é" * 32768]


def test_numbers_of_python_become_doubles() -> None:
    assert amf0.encode(7) == amf0.encode(7.0)


def test_a_tuple_encodes_like_a_list() -> None:
    assert amf0.encode(("av01", "hvc1")) == amf0.encode(["av01", "hvc1"])


def test_an_ecma_array_announces_its_count() -> None:
    assert amf0.encode(ECMAArray(a=None, b=None))[:5] == unhex("0800000002")


def test_what_only_amf3_knows_goes_behind_its_marker() -> None:
    values: list[AMFValue] = [b"\x00\xff", AMFDictionary([({"a": 1}, [b""])])]

    encoded = amf0.encode(*values)

    assert encoded[0] == 0x11
    assert amf0.decode_all(encoded) == values


def endless_list() -> AMFValue:
    inner: list[AMFValue] = []
    inner.append(inner)
    return inner


@pytest.mark.parametrize(
    "value",
    [
        endless_list(),
        {"x" * 65536: None},
        TypedObject("x" * 65536),
        "\ud800",
        {"\ud800": None},
        10**400,
        AMFDate(0.0, 40_000),
        [object()],
    ],
    ids=["cycle", "name", "class", "surrogate", "surrogate name", "integer", "zone", "type"],
)
def test_a_value_without_a_form_is_our_own_bug(value: AMFValue) -> None:
    with pytest.raises(LocalProtocolError):
        amf0.encode(value)

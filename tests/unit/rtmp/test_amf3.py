"""AMF3 as it stands behind AMF0's marker 11 (rtmp.md 1.9)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf3
from powerstream_desktop.rtmp.amf_values import (
    UNDEFINED,
    AMFDate,
    AMFDictionary,
    AMFValue,
    ECMAArray,
    TypedObject,
    XMLDocument,
)
from powerstream_desktop.rtmp.errors import AMFError, LimitExceeded, LocalProtocolError
from powerstream_desktop.rtmp.limits import Limits

WRITTEN: dict[str, tuple[str, AMFValue]] = {
    "undefined": ("00", UNDEFINED),
    "null": ("01", None),
    "false": ("02", False),
    "true": ("03", True),
    "integer 0": ("0400", 0),
    "integer 127": ("047f", 127),
    "integer 128": ("048100", 128),
    "integer 16383": ("04ff7f", 16383),
    "integer 16384": ("04818000", 16384),
    "integer 2097151": ("04ffff7f", 2097151),
    "integer 2097152": ("0480c08000", 2097152),
    "largest integer": ("04bfffffff", 268435455),
    "smallest integer": ("04c0808000", -268435456),
    "integer -1": ("04ffffffff", -1),
    "double": ("053ff8000000000000", 1.5),
    "string": ("06056869", "hi"),
    "empty string": ("0601", ""),
    "date": ("08014278bcfe56800000", AMFDate(1_700_000_000_000.0)),
    "array": ("0905010302", [True, False]),
    "array with names": ("0901036103" + "01", ECMAArray(a=True)),
    "object": ("0a0b0103610301", {"a": True}),
    "typed object": ("0a0b0343036103" + "01", TypedObject("C", {"a": True})),
    "object with an empty name": ("0a1b010103036102" + "01", {"": True, "a": False}),
    "xml": ("0b093c612f3e", XMLDocument("<a/>")),
    "byte array": ("0c0500ff", b"\x00\xff"),
    "dictionary": ("110300" + "0401" + "0603" + "61", AMFDictionary([(1, "a")])),
}

READ: dict[str, tuple[str, AMFValue]] = {
    "xml document": ("07093c612f3e", XMLDocument("<a/>")),
    "array with names and items": ("09030361030105" + "3ff8000000000000", ECMAArray({"a": True, "0": 1.5})),
    "sealed object": ("0a23010361036203" + "02", {"a": True, "b": False}),
    "sealed and dynamic object": ("0a1b0103610303620201", {"a": True, "b": False}),
    "vector of int": ("0d0500ffffffff00000007", [-1, 7]),
    "vector of uint": ("0e0501ffffffff00000007", [4294967295, 7]),
    "vector of double": ("0f03003ff8000000000000", [1.5]),
    "vector of objects": ("1005000343" + "0103", [None, True]),
    "array collection": (
        "0a07" + "43666c65782e6d6573736167696e672e696f2e4172726179436f6c6c656374696f6e" + "09030103",
        [True],
    ),
    "string twice": ("090501" + "06056869" + "0600", ["hi", "hi"]),
    "name reused as a value": ("0a0b01036103" + "0362" + "0600" + "01", {"a": True, "b": "a"}),
    "empty strings have no number": ("090701" + "0601" + "060361" + "0600", ["", "a", "a"]),
    "traits twice": (
        "090501" + "0a130343036103" + "0a0102",
        [TypedObject("C", {"a": True}), TypedObject("C", {"a": False})],
    ),
    "object twice": ("090501" + "0a0b0101" + "0a02", [{}, {}]),
    "date twice": ("090501" + "08013ff8000000000000" + "0802", [AMFDate(1.5), AMFDate(1.5)]),
    "byte array twice": ("090501" + "0c0361" + "0c02", [b"a", b"a"]),
    "xml twice": ("090501" + "0b0361" + "0b02", [XMLDocument("a"), XMLDocument("a")]),
    "vector twice": ("090501" + "0d0300" + "00000007" + "0d02", [[7], [7]]),
    "dictionary twice": ("090501" + "110100" + "1102", [AMFDictionary(), AMFDictionary()]),
    "reference never given": ("0a7e", None),
    "reference to the array around it": ("0903010900", [None]),
    "text that is not UTF-8": ("0603ff", "�"),
}

VECTORS = {**WRITTEN, **READ}

MALFORMED = {
    "nothing": "",
    "unknown marker": "12",
    "integer cut": "04ff",
    "string cut": "06056a",
    "string reference never given": "0600",
    "traits reference never given": "0a05",
    "byte array beyond the payload": "0cffffffff",
    "array count beyond the payload": "09ffffffff",
    "vector count beyond the payload": "0dffffffff00",
    "vector of doubles beyond the payload": "0f0500" + "00" * 15,
    "vector of objects beyond the payload": "10ffffffff0001",
    "dictionary count beyond the payload": "11ffffffff00",
    "sealed names beyond the payload": "0af3ffff7f01",
    "externalizable of unknown class": "0a070343",
    "array without its end": "09010361" + "03",
    "object without its end": "0a0b01036103",
}


def unhex(digits: str) -> bytes:
    return bytes.fromhex(digits)


@pytest.mark.parametrize(("digits", "expected"), VECTORS.values(), ids=VECTORS)
def test_a_vector_decodes_to_its_value(digits: str, expected: AMFValue) -> None:
    payload = b"\xff" + unhex(digits) + b"\xff"

    value, pos = amf3.decode(payload, 1)

    assert value == expected
    assert type(value) is type(expected)
    assert pos == len(payload) - 1


@pytest.mark.parametrize(("digits", "value"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_encodes_to_its_vector(digits: str, value: AMFValue) -> None:
    assert amf3.encode(value).hex() == digits


@pytest.mark.parametrize("digits", [digits for digits, _ in VECTORS.values()], ids=list(VECTORS))
def test_every_cut_of_a_vector_is_refused(digits: str) -> None:
    payload = memoryview(unhex(digits))
    for cut in range(len(payload)):
        with pytest.raises(AMFError):
            amf3.decode(payload[:cut])


@pytest.mark.parametrize("digits", MALFORMED.values(), ids=MALFORMED)
def test_malformed_data_is_refused(digits: str) -> None:
    with pytest.raises(AMFError):
        amf3.decode(unhex(digits))


@pytest.mark.parametrize(
    ("head", "items_size"),
    [
        ("090701", 2),
        ("0d0700", 11),
        ("0e0700", 11),
        ("0f0700", 23),
        ("10070001", 2),
        ("110700", 5),
        ("0a3301", 4),
    ],
    ids=["array", "ints", "uints", "doubles", "objects", "dictionary", "sealed names"],
)
def test_a_count_beyond_the_payload_is_refused_before_its_first_item(head: str, items_size: int) -> None:
    with pytest.raises(AMFError) as caught:
        amf3.decode(unhex(head) + b"\x01" * items_size)

    assert "announced" in caught.value.detail


def test_tables_end_with_their_value() -> None:
    payload = unhex("06056869" + "0600")
    _, pos = amf3.decode(payload)

    with pytest.raises(AMFError):
        amf3.decode(payload, pos)


def test_a_reference_gives_the_very_object_it_names() -> None:
    value, _ = amf3.decode(unhex("090501" + "0a0b0101" + "0a02"))

    assert isinstance(value, list)
    assert value[0] is value[1]


def test_a_class_name_comes_back_with_its_object() -> None:
    value, _ = amf3.decode(unhex(WRITTEN["typed object"][0]))

    assert isinstance(value, TypedObject)
    assert value.class_name == "C"


@pytest.mark.parametrize("number", [268435456, -268435457, 2**53])
def test_an_integer_beyond_29_bits_becomes_a_double(number: int) -> None:
    value, _ = amf3.decode(amf3.encode(number))

    assert value == number
    assert type(value) is float


@pytest.mark.parametrize("level", ["090301", "0a0b010361", "110300" + "01", "10030001"])
def test_nesting_without_end_hits_the_limit(level: str) -> None:
    with pytest.raises(LimitExceeded):
        amf3.decode(unhex(level) * 100_000)


def test_the_sixteenth_level_may_hold_a_leaf() -> None:
    value: AMFValue = [b"x", AMFDate(0.0)]
    for _ in range(15):
        value = [value]

    assert amf3.decode(amf3.encode(value))[0] == value
    with pytest.raises(LocalProtocolError):
        amf3.encode([value])


@pytest.mark.parametrize(
    ("digits", "limits"),
    [
        ("0905010101", Limits(amf_values=2)),
        ("0d0500" + "00" * 8, Limits(amf_values=2)),
        ("090501" + "0d050000000000" + "00000000" + "0d050000000000" + "00000000", Limits(amf_values=6)),
        ("1103000101", Limits(amf_values=2)),
        ("0a23010361036203" + "02", Limits(amf_members=1)),
        ("0a0b0103610303620201", Limits(amf_members=1)),
        ("0903036103" + "0101", Limits(amf_members=1)),
    ],
    ids=["array", "vector", "two vectors", "dictionary", "sealed", "dynamic", "names and items"],
)
def test_more_than_the_limits_allow_is_refused(digits: str, limits: Limits) -> None:
    amf3.decode(unhex(digits))

    with pytest.raises(LimitExceeded):
        amf3.decode(unhex(digits), 0, limits)


@pytest.mark.parametrize("first", ["0607616263", "0c07616263", "0b07616263"], ids=["string", "bytes", "xml"])
def test_bytes_repeated_by_references_are_counted(first: str) -> None:
    marker = first[:2]
    back = "00" if marker == "06" else "02"  # the array around takes the first object number
    payload = unhex("090701" + first + marker + back + marker + back)

    assert amf3.decode(payload, 0, Limits(max_data_message=8))
    with pytest.raises(LimitExceeded):
        amf3.decode(payload, 0, Limits(max_data_message=5))


def test_names_repeated_by_traits_are_counted() -> None:
    payload = unhex("0907010a13010761626303" + "0a0103" + "0a0103")

    assert amf3.decode(payload, 0, Limits(max_data_message=10))[0] == [{"abc": True}] * 3
    with pytest.raises(LimitExceeded):
        amf3.decode(payload, 0, Limits(max_data_message=9))


@pytest.mark.parametrize(
    "value",
    [ECMAArray({"": 1}), "\ud800", object(), 10**400],
    ids=["empty name", "surrogate", "type", "integer"],
)
def test_a_value_without_a_form_is_our_own_bug(value: AMFValue) -> None:
    with pytest.raises(LocalProtocolError):
        amf3.encode(value)

"""The limits of one message: levels, values, members, and what references repeat (reliability_security.md 6.2)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.errors import AMFError, LimitExceeded
from powerstream_desktop.rtmp.limits import Limits


def nested_objects(depth: int) -> bytes:
    return (
        bytes.fromhex("03000161") * (depth - 1)
        + bytes.fromhex("03000009")
        + bytes.fromhex("000009") * (depth - 1)
    )


def test_sixteen_levels_are_enough_and_seventeen_too_many() -> None:
    amf0.decode_all(nested_objects(16))
    with pytest.raises(LimitExceeded):
        amf0.decode_all(nested_objects(17))


@pytest.mark.parametrize(
    "level",
    ["03000161", "0800000000000161", "100000000161", "0a00000001", "11" + "0903010a0b010361" * 20],
    ids=["object", "ecma array", "typed object", "strict array", "amf3"],
)
def test_nesting_without_end_hits_the_limit(level: str) -> None:
    with pytest.raises(LimitExceeded):
        amf0.decode_all(bytes.fromhex(level) * 100_000)


def test_levels_count_through_the_amf3_marker_and_through_references() -> None:
    payload = nested_objects(10) + bytes.fromhex("0a00000001" * 7 + "070000")

    with pytest.raises(LimitExceeded):
        amf0.decode_all(payload)
    with pytest.raises(LimitExceeded):
        amf0.decode_all(bytes.fromhex("0a00000001" * 10) + b"\x11" + bytes.fromhex("090301" * 7))


def test_levels_add_up_over_references_to_references() -> None:
    first = bytes.fromhex("0a00000000")
    others = [bytes.fromhex("0a0000000107") + number.to_bytes(2, "big") for number in range(16)]

    amf0.decode_all(first + b"".join(others[:15]))
    with pytest.raises(LimitExceeded):
        amf0.decode_all(first + b"".join(others))


def test_the_deepest_member_decides_how_deep_a_reference_goes() -> None:
    nine_levels_then_one = (
        bytes.fromhex("0a00000002")
        + bytes.fromhex("0a00000001" * 7 + "0a00000000")
        + bytes.fromhex("0a00000000")
    )

    amf0.decode_all(nine_levels_then_one + bytes.fromhex("0a00000001" * 7 + "070000"))
    with pytest.raises(LimitExceeded):
        amf0.decode_all(nine_levels_then_one + bytes.fromhex("0a00000001" * 8 + "070000"))


@pytest.mark.parametrize("count", [5, 0xFFFFFFFF])
def test_a_count_beyond_the_payload_is_refused_before_its_first_item(count: int) -> None:
    with pytest.raises(AMFError) as caught:
        amf0.decode_all(b"\x0a" + count.to_bytes(4, "big") + b"\x05" * 4)

    assert caught.value.detail == f"{count} items announced and 4 bytes left, at byte 5"


def test_values_count_over_the_whole_message() -> None:
    assert len(amf0.decode_all(b"\x05" * 4096)) == 4096
    with pytest.raises(LimitExceeded):
        amf0.decode_all(b"\x05" * 4097)


def test_a_count_beyond_the_limit_is_refused_before_its_first_item() -> None:
    with pytest.raises(LimitExceeded) as caught:
        amf0.decode_all(bytes.fromhex("0a00001000") + b"\x05" * 4096)

    assert caught.value.detail == "4097 values, the limit is 4096, at byte 5"


def test_members_of_one_object_count_even_under_one_name() -> None:
    limits = Limits(amf_members=2)
    member = bytes.fromhex("00016105")

    assert amf0.decode_all(b"\x03" + member * 2 + bytes.fromhex("000009"), limits) == [{"a": None}]
    with pytest.raises(LimitExceeded):
        amf0.decode_all(b"\x03" + member * 3 + bytes.fromhex("000009"), limits)


def test_what_a_reference_repeats_counts_as_if_it_had_been_sent() -> None:
    limits = Limits(amf_values=10)
    array_of_three = bytes.fromhex("0a00000003050505")

    assert amf0.decode_all(array_of_three + bytes.fromhex("070000"), limits) == [[None] * 3] * 2
    with pytest.raises(LimitExceeded):
        amf0.decode_all(array_of_three + bytes.fromhex("070000070000"), limits)


def test_references_cannot_repeat_more_bytes_than_a_message_may_have() -> None:
    text = amf0.encode(["x" * 60_000])

    assert len(amf0.decode_all(text + bytes.fromhex("070000") * 17)) == 18
    with pytest.raises(LimitExceeded):
        amf0.decode_all(text + bytes.fromhex("070000") * 18)

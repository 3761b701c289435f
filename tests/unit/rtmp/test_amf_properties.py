"""What holds for every AMF payload: round trips, and only our own errors, quickly and in little memory."""

from __future__ import annotations

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powerstream_desktop.rtmp import amf0, amf3
from powerstream_desktop.rtmp.amf_values import (
    UNDEFINED,
    AMFDate,
    AMFDictionary,
    AMFValue,
    ECMAArray,
    TypedObject,
    XMLDocument,
)
from powerstream_desktop.rtmp.errors import AMFError, ProtocolError

ordinary = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

text = st.text(max_size=12)
names = st.text(min_size=1, max_size=6)
numbers = st.floats(allow_nan=False)
leaves: st.SearchStrategy[AMFValue] = st.one_of(
    st.none(),
    st.just(UNDEFINED),
    st.booleans(),
    numbers,
    text,
    text.map(XMLDocument),
    st.binary(max_size=12),
    st.builds(AMFDate, numbers),
)


def containers(inner: st.SearchStrategy[AMFValue]) -> st.SearchStrategy[AMFValue]:
    members = st.dictionaries(names, inner, max_size=4)
    return st.one_of(
        st.lists(inner, max_size=4),
        members,
        members.filter(bool).map(ECMAArray),
        st.builds(TypedObject, names, members),
    )


values = st.recursive(leaves, containers, max_leaves=15)
dictionaries = st.lists(st.tuples(values, values), max_size=3).map(AMFDictionary)

FRAGMENTS = [
    bytes.fromhex(digits)
    for digits in [
        "00",
        "01",
        "02",
        "03",
        "05",
        "06",
        "07",
        "08",
        "09",
        "0a",
        "0b",
        "0c",
        "0d",
        "0f",
        "10",
        "11",
        "ff",
        "0000",
        "0001",
        "000161",
        "000009",
        "00000002",
        "00000000",
        "ffffffff",
        "03000161",
        "0a00000002",
        "0800000000",
        "1000014300",
        "070000",
        "070001",
        "0200016101",
        "003ff0000000000000",
        "0101",
        "1109",
        "110a0b01",
        "110301",
        "090301",
        "0a0b0103",
        "0a1303430361",
        "0a01",
        "0a02",
        "0603",
        "61",
        "0600",
        "0c0361",
        "0d0500",
        "1103",
        "01",
        "0a0743666c65782e6d6573736167696e672e696f2e4172726179436f6c6c656374696f6e",
    ]
]
hostile = st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(b"".join))


@ordinary
@given(st.lists(st.one_of(values, dictionaries), max_size=4))
def test_what_amf0_writes_it_reads_back(sent: list[AMFValue]) -> None:
    payload = amf0.encode(*sent)

    received = amf0.decode_all(payload)

    assert received == sent
    assert amf0.encode(*received) == payload  # the types are the same too


@ordinary
@given(st.one_of(values, dictionaries))
def test_what_amf3_writes_it_reads_back(sent: AMFValue) -> None:
    payload = amf3.encode(sent)

    received, pos = amf3.decode(payload)

    assert received == sent
    assert pos == len(payload)
    assert amf3.encode(received) == payload


@ordinary
@given(st.integers(min_value=-(2**53), max_value=2**53))
def test_both_carry_every_integer_a_double_holds(number: int) -> None:
    assert amf0.decode_all(amf0.encode(number)) == [number]
    assert amf3.decode(amf3.encode(number))[0] == number


@ordinary
@given(hostile, hostile)
def test_amf0_refuses_with_nothing_but_our_error(junk: bytes, tail: bytes) -> None:
    for payload in (junk, amf0.encode("onMetaData") + junk + tail):
        try:
            decoded = amf0.decode_all(payload)
        except ProtocolError:
            continue
        again = amf0.encode(*decoded)
        assert amf0.encode(*amf0.decode_all(again)) == again


@ordinary
@given(hostile)
def test_amf3_refuses_with_nothing_but_our_error(junk: bytes) -> None:
    try:
        value, pos = amf3.decode(junk)
    except ProtocolError:
        return
    assert 0 < pos <= len(junk)
    payload = amf3.encode(value)
    assert amf3.encode(amf3.decode(payload)[0]) == payload


@ordinary
@given(st.lists(values, min_size=1, max_size=4), st.data())
def test_values_before_a_cut_are_not_changed_by_it(sent: list[AMFValue], data: st.DataObject) -> None:
    payload = amf0.encode(*sent)
    cut = data.draw(st.integers(0, len(payload) - 1))
    pos = 0
    read: list[AMFValue] = []
    try:
        while pos < cut:
            value, pos = amf0.decode(memoryview(payload)[:cut], pos)
            read.append(value)
    except AMFError:
        pass
    assert read[:-1] == sent[: len(read)][:-1]


SIZE = 65536


def announced(head: str, count: int, item: bytes) -> bytes:
    return bytes.fromhex(head) + count.to_bytes(4, "big") + item * count


def u29(number: int) -> bytes:
    return amf3.encode(number)[1:]


def amf3_array(count: int, items: bytes) -> bytes:
    return b"\x11\x09" + u29(count << 1 | 1) + b"\x01" + items


SEALED_NAMES = b"".join(u29(2 << 1 | 1) + bytes([97 + n // 26, 97 + n % 26]) for n in range(600))
DOUBLING = b"".join(
    bytes.fromhex("0a00000002") + b"\x07" + n.to_bytes(2, "big") + b"\x07" + n.to_bytes(2, "big")
    for n in range(5000)
)

HOSTILE = {
    "nulls": b"\x05" * SIZE,
    "announced nulls": announced("0a", 4095, b"\x05"),
    "empty objects": bytes.fromhex("03000009") * 4096,
    "empty ECMA arrays": bytes.fromhex("0800000000000009") * 4096,
    "empty typed objects": bytes.fromhex("10000161000009") * 4096,
    "small objects": bytes.fromhex("03000161003ff0000000000001000009") * 2048,
    "small ECMA arrays": bytes.fromhex("08000000000001610101000009") * 2048,
    "nested objects": bytes.fromhex("03000161") * (SIZE // 4),
    "nested arrays": bytes.fromhex("0a00000001") * (SIZE // 5),
    "wide objects": (b"\x03" + b"".join(b"\0\4%04d\5" % n for n in range(1023)) + b"\0\0\x09") * 4,
    "dates": (b"\x0b" + bytes(10)) * 4096,
    "text without UTF-8": b"\x0c" + SIZE.to_bytes(4, "big") + b"\xff" * SIZE,
    "text that widens late": b"\x0c" + SIZE.to_bytes(4, "big") + b"\xff" * (SIZE - 4) + "\U0001f3a5".encode(),
    "references that double": DOUBLING[:SIZE],
    "references to long text": amf0.encode(["x" * 50_000]) + b"\x07\0\0" * 4000,
    "AMF3 arrays, one by one": bytes.fromhex("11090101") * 4096,
    "AMF3 vectors of integers": b"\x11\x0d" + u29(4090 << 1 | 1) + b"\0" + b"\x7f" * 4 * 4090,
    "AMF3 vectors of doubles": b"\x11\x0f" + u29(4090 << 1 | 1) + b"\0" + b"\x7f" * 8 * 4090,
    "AMF3 byte array": b"\x11\x0c" + u29(65000 << 1 | 1) + bytes(65000),
    "AMF3 dictionaries": amf3_array(2000, bytes.fromhex("11030001" + "01") * 2000),
    "AMF3 repeated text": amf3_array(
        4000, b"\x06" + u29(50_000 << 1 | 1) + b"x" * 50_000 + b"\x06\x00" * 3999
    ),
    "AMF3 repeated shapes": amf3_array(
        4000,
        b"\x0a"
        + u29(600 << 4 | 3)
        + b"\x01"
        + SEALED_NAMES
        + b"\x01" * 600
        + (b"\x0a\x01" + b"\x01" * 600) * 100,
    ),
    "AMF3 nested objects": b"\x11" + bytes.fromhex("0a0b010361") * (SIZE // 5),
}


def decode_or_refuse(payload: bytes) -> None:
    with contextlib.suppress(ProtocolError):
        amf0.decode_all(payload)


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_payload_costs_little_time(payload: bytes) -> None:
    spent_s = []
    for _ in range(3):
        begin_s = time.process_time()
        decode_or_refuse(payload)
        spent_s.append(time.process_time() - begin_s)

    assert min(spent_s) < 0.050


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_payload_costs_little_memory(payload: bytes) -> None:
    tracemalloc.start()
    try:
        decode_or_refuse(payload)
        _, peak_size = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_size < 8 * len(payload) + 1024 * 1024

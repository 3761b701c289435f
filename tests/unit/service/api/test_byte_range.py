"""Ranges of bytes (RFC 9110, 14)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.service.api.byte_range import ByteRange, UnsatisfiableError, is_still, range_of


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=0-5000", 0, 100),
        ("bytes=99-", 99, 100),
        ("bytes=40-", 40, 100),
        ("bytes=-1", 99, 100),
        ("bytes=-100", 0, 100),
        ("bytes=-5000", 0, 100),
        ("BYTES= 10-19 ", 10, 20),
    ],
)
def test_a_range_is_what_the_rfc_says(header: str, start: int, end: int) -> None:
    assert range_of(header, 100) == ByteRange(start, end)
    assert ByteRange(start, end).length == end - start


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_what_the_file_has_not_got_is_said(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        range_of(header, 100)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-1", "bytes=0-0"])
def test_an_empty_file_has_no_range(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        range_of(header, 0)


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "items=0-1", "bytes=0-1,5-6", "bytes=a-b", "bytes=\u0661-\u0662",
     "bytes=0--1", "bytes=+1-2", "bytes=1.5-2", "bytes=" + "9" * 19 + "-", "bytes=0-1\n"],
)  # fmt: skip
def test_what_is_no_single_range_asks_for_the_whole_file(header: str | None) -> None:
    assert range_of(header, 100) is None


@given(st.text(max_size=30) | st.from_regex(r"bytes=\d{0,19}-\d{0,19}"), st.integers(0, 2**40))
def test_no_range_reaches_beyond_the_file(header: str, size: int) -> None:
    try:
        found = range_of(header, size)
    except UnsatisfiableError:
        return
    assert found is None or 0 <= found.start < found.end <= size


def test_a_range_is_for_the_file_it_was_begun_with() -> None:
    etag, date = '"1-2"', "Mon, 04 May 2026 12:30:00 GMT"
    assert is_still(None, etag, date)
    assert is_still(etag, etag, date)
    assert is_still(date, etag, date)
    assert not is_still('"1-3"', etag, date)
    assert not is_still('W/"1-2"', etag, date)

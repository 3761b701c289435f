from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.encoders.nal_units import split_annex_b, with_lengths, without_delimiter
from powerstream_desktop.rtmp.flv.nal import nal_spans

# A NAL unit holds no start code and does not end with a zero byte (ISO/IEC 14496-10, 7.4.1).
UNITS = st.lists(
    st.binary(min_size=1, max_size=40).map(lambda data: data.replace(b"\0\0", b"\0\7") + b"\x80"), max_size=6
)
START_CODES = st.sampled_from([b"\0\0\1", b"\0\0\0\1", b"\0\0\0\0\0\1"])


@given(UNITS, st.data())
def test_units_come_back_whatever_start_codes_stand_between_them(
    units: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(data.draw(START_CODES) + unit for unit in units)
    assert split_annex_b(stream) == units


def test_what_stands_before_the_first_start_code_is_no_unit() -> None:
    assert split_annex_b(b"\x65\x88") == []
    assert split_annex_b(b"\xff\0\0\1\x65\x88\0\0") == [b"\x65\x88"]


@given(UNITS)
def test_lengths_lead_to_the_same_units(units: list[bytes]) -> None:
    joined = with_lengths(units)
    assert [joined[first:end] for first, end in nal_spans(joined)] == units


def test_only_the_delimiter_at_the_beginning_is_left_out() -> None:
    assert without_delimiter(b"\x12\0\x0a\x01\x12\0") == b"\x0a\x01\x12\0"
    assert without_delimiter(b"\x0a\x01") == b"\x0a\x01"

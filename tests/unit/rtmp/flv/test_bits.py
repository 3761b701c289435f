"""Bits: what is read, and the one error for whatever is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError, without_emulation_prevention


def packed(text: str) -> BitReader:
    """Return a reader of bits written out; blanks are for the eye."""
    digits = text.replace(" ", "")
    digits += "0" * (-len(digits) % 8)
    return BitReader(int(digits, 2).to_bytes(len(digits) // 8, "big"))


def test_bits_come_most_significant_first() -> None:
    bits = BitReader(b"\xa5\x0f")
    assert [bits.flag(), bits.read(3), bits.read(8), bits.remaining] == [True, 0b010, 0x50, 4]


@pytest.mark.parametrize(
    ("code", "number"), [("1", 0), ("010", 1), ("011", 2), ("00100", 3), ("00111", 6), ("000010000", 15)]
)
def test_exp_golomb_numbers_are_those_of_the_specification(code: str, number: int) -> None:
    assert packed(code).exp_golomb() == number


@pytest.mark.parametrize(("code", "number"), [("1", 0), ("010", 1), ("011", -1), ("00100", 2), ("00101", -2)])
def test_signed_exp_golomb_numbers_alternate(code: str, number: int) -> None:
    assert packed(code).signed_exp_golomb() == number


def test_reading_beyond_the_end_is_an_error() -> None:
    bits = BitReader(b"\xff")
    with pytest.raises(CodecConfigError):
        bits.read(9)


def test_zeros_without_end_are_no_number() -> None:
    with pytest.raises(CodecConfigError):
        BitReader(bytes(100)).exp_golomb()


@given(st.integers(0, 2**32 - 2))
def test_every_number_of_32_bits_can_be_written_and_read(number: int) -> None:
    code = f"{number + 1:b}"
    assert packed("0" * (len(code) - 1) + code).exp_golomb() == number


def test_emulation_prevention_is_taken_out_also_twice_in_a_row() -> None:
    assert without_emulation_prevention(bytes.fromhex("67000003000003014200")) == bytes.fromhex(
        "6700000000014200"
    )

"""Parameter sets of two encoders in one description."""

from __future__ import annotations

import pytest

from powerstream_desktop.library.clips.parameter_sets import free_number, is_progressive, joined, with_lengths
from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import AVCConfig

START = b"\0\0\0\1"


def bits(text: str) -> bytes:
    text = text.replace(" ", "") + "1"  # the stop bit
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def ue(number: int) -> str:
    code = f"{number + 1:b}"
    return "0" * (len(code) - 1) + code


def sps(
    number: int, *, profile: int = 77, flags: int = 0x40, level: int = 31, frames_only: bool = True
) -> bytes:
    """Return a sequence parameter set of the Main profile, 640x368."""
    rest = ue(number) + ue(0) + ue(2) + ue(1) + "0" + ue(39) + ue(22) + ("1" if frames_only else "0")
    return bytes((0x67, profile, flags, level)) + bits(rest)


def pps(number: int, of_sps: int = 0) -> bytes:
    return b"\x68" + bits(ue(number) + ue(of_sps))


def record(*sets: bytes, tail: bytes = b"", length_size: int = 4) -> bytes:
    sequences = [each for each in sets if each[0] & 0x1F == 7]
    pictures = [each for each in sets if each[0] & 0x1F == 8]
    return b"".join(
        (
            bytes((1, *sequences[0][1:4], 0xFC | length_size - 1, 0xE0 | len(sequences))),
            *(len(each).to_bytes(2, "big") + each for each in sequences),
            bytes((len(pictures),)),
            *(len(each).to_bytes(2, "big") + each for each in pictures),
            tail,
        )
    )


@pytest.mark.parametrize(
    ("sets", "number"),
    [
        ((sps(0), pps(0)), 1),
        ((sps(1), pps(0)), 2),
        ((sps(3), pps(5)), 0),
        ((sps(0), pps(0), pps(1), pps(2)), 3),
    ],
)
def test_the_number_is_one_that_neither_kind_of_set_has(sets: tuple[bytes, ...], number: int) -> None:
    assert free_number(AVCConfig.parse(record(*sets))) == number


def test_a_track_that_uses_up_all_numbers_has_none_free() -> None:
    sets = (sps(0), *(pps(number) for number in range(32)))
    assert free_number(AVCConfig.parse(record(*sets))) is None


def test_broken_sets_have_no_free_number() -> None:
    assert free_number(AVCConfig.parse(record(b"\x67\x4d\x40\x1f", pps(0)))) is None


def test_fields_are_told_from_frames() -> None:
    assert is_progressive(AVCConfig.parse(record(sps(0), pps(0))))
    assert not is_progressive(AVCConfig.parse(record(sps(0), sps(1, frames_only=False), pps(0))))
    assert not is_progressive(AVCConfig.parse(record(b"\x67\x4d\x40\x1f", pps(0))))


def test_the_joined_description_has_the_sets_of_both_and_promises_what_both_keep() -> None:
    added = START + sps(1, profile=100, flags=0, level=40) + START + pps(1, 1) + START + b"\x06remark"
    both = AVCConfig.parse(joined(record(sps(0), pps(0), length_size=2), added))
    assert both.sps == (sps(0), sps(1, profile=100, flags=0, level=40))
    assert both.pps == (pps(0), pps(1, 1))
    assert (both.profile, both.compatibility, both.level, both.nal_length_size) == (100, 0, 40, 2)


def test_what_stands_behind_the_sets_stays() -> None:
    tail = bytes((0xFD, 0xF8, 0xF8, 0))
    assert joined(record(sps(0), pps(0), tail=tail), START + sps(1) + START + pps(1, 1)).endswith(tail)


def test_a_description_that_is_full_is_not_joined() -> None:
    full = record(*(sps(0) for _ in range(31)), pps(0))
    with pytest.raises(CodecConfigError):
        joined(full, START + sps(1) + START + pps(1, 1))


def test_a_frame_keeps_its_slices_and_loses_start_codes_and_remarks() -> None:
    frame = START + b"\x06remark\0" + b"\0\0\1" + b"\x65first" + b"\0\0\1" + b"\x65second"
    assert with_lengths(frame, 4) == b"\0\0\0\6\x65first\0\0\0\7\x65second"
    assert with_lengths(frame, 1) == b"\6\x65first\7\x65second"

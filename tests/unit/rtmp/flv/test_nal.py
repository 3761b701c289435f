"""NAL units inside a tag: where they stand, and at which access unit decoding can begin."""

import pytest

from powerstream_desktop.rtmp.flv.nal import MAX_NALS, is_disposable, is_random_access, nal_spans


def prefixed(*nals: str, length_size: int = 4) -> bytes:
    units = [bytes.fromhex(nal) for nal in nals]
    return b"".join(len(unit).to_bytes(length_size, "big") + unit for unit in units)


AUD = "09f0"
SPS = "6742c01e"
PPS = "68ce3c80"
IDR = "6588"
INTER = "419a"
RECOVERY_POINT = "0606018480"


def test_nal_units_are_found_inside_their_bounds() -> None:
    data = b"\xaa" + prefixed(AUD, IDR) + b"\xbb"
    assert list(nal_spans(data, 1, len(data) - 1)) == [(5, 7), (11, 13)]


@pytest.mark.parametrize("length_size", [1, 2, 3, 4])
def test_a_length_prefix_has_the_size_that_the_configuration_says(length_size: int) -> None:
    data = prefixed(AUD, IDR, length_size=length_size)
    found = [data[first:stop].hex() for first, stop in nal_spans(data, length_size=length_size)]
    assert found == [AUD, IDR]


def test_empty_nal_units_are_stepped_over() -> None:
    data = prefixed("", IDR, "", "")
    assert list(nal_spans(data)) == [(8, 10)]


@pytest.mark.parametrize("tail", ["00", "000000", "00000005aa", "ffffffff00"])
def test_the_walk_ends_at_a_nal_unit_that_is_cut_off(tail: str) -> None:
    assert list(nal_spans(prefixed(IDR) + bytes.fromhex(tail))) == [(4, 6)]


def test_the_walk_is_bounded_however_many_nal_units_there_are() -> None:
    assert list(nal_spans(bytes(4 * MAX_NALS) + prefixed(IDR))) == []
    assert len(list(nal_spans(prefixed(*[IDR] * (MAX_NALS + 5))))) == MAX_NALS


@pytest.mark.parametrize(
    ("nals", "expected"),
    [
        ((IDR,), True),
        ((AUD, "0605", SPS, PPS, IDR), True),  # MiBeeNvr#426
        ((INTER,), False),
        ((SPS, PPS, INTER), False),
        ((SPS, PPS, RECOVERY_POINT, INTER), True),
        ((RECOVERY_POINT, SPS, PPS, INTER), True),
        ((RECOVERY_POINT, INTER), False),
        ((SPS, PPS, "0605020102" + "0601c480", INTER), True),  # behind a message of user data
        (
            (SPS, PPS, "0605040000030606" + "0601c480", INTER),
            True,
        ),  # the size does not count the emulation byte
        ((SPS, PPS, "06ff060106", INTER), False),  # payload type 261
        ((), False),
    ],
)
def test_avc_can_begin_at_an_idr_or_a_recovery_point_with_its_parameters(
    nals: tuple[str, ...], expected: bool
) -> None:
    assert is_random_access("avc1", prefixed(*nals)) is expected


@pytest.mark.parametrize("nal_type", range(64))
def test_hevc_can_begin_at_the_intra_random_access_types(nal_type: int) -> None:
    data = prefixed("4e0105", bytes([nal_type << 1, 1, 0xAF]).hex())
    assert is_random_access("hvc1", data) is (16 <= nal_type <= 21)


@pytest.mark.parametrize("codec", ["av01", "vp09", ""])
def test_other_codecs_say_no(codec: str) -> None:
    assert not is_random_access(codec, prefixed(IDR))
    assert not is_disposable(codec, prefixed("019e"))

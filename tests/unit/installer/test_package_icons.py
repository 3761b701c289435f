"""Icons for Windows and macOS, read back as those systems do."""

from __future__ import annotations

import struct

import pytest

from installer.package.icon_files import WINDOWS_SIZES, icns_of, ico_of

SIZES = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
PNGS = {size: b"\x89PNG" + bytes([size % 251]) * size for size in SIZES}


def test_an_icon_for_windows_leads_to_each_png() -> None:
    icon = ico_of(PNGS)
    reserved, kind, count = struct.unpack_from("<HHH", icon)
    assert (reserved, kind, count) == (0, 1, len(WINDOWS_SIZES))
    found = {}
    for number in range(count):
        width, height, *_, length, start = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * number)
        assert width == height
        found[width or 256] = icon[start : start + length]
    assert found == {size: PNGS[size] for size in WINDOWS_SIZES}


def test_an_icon_for_macos_is_a_row_of_parts_that_fills_it() -> None:
    icon = icns_of(PNGS)
    assert icon[:4] == b"icns"
    assert struct.unpack_from(">I", icon, 4)[0] == len(icon)
    at, found = 8, {}
    while at < len(icon):
        kind, length = icon[at : at + 4], struct.unpack_from(">I", icon, at + 4)[0]
        found[kind] = icon[at + 8 : at + length]
        at += length
    assert at == len(icon)
    assert found[b"ic07"] == PNGS[128]
    assert found[b"ic10"] == PNGS[1024]


@pytest.mark.parametrize("make", [ico_of, icns_of])
def test_a_size_that_is_missing_is_a_mistake(make: object) -> None:
    assert callable(make)
    with pytest.raises(KeyError):
        make({16: b"\x89PNG"})

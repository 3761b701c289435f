"""What the package depends on, found in what its binaries say."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.package.needed_libraries import Needs, binaries_below, depends_on, needs_in, owners_in
from installer.steps import BootstrapError

OBJDUMP = """
/dist/powerstream:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libdl.so.2
  NEEDED               libc.so.6
  RUNPATH              $ORIGIN/lib

Version References:
  required from libc.so.6:
    0x09691a75 0x00 05 GLIBC_2.2.5
    0x069691b3 0x00 04 GLIBC_2.33
    0x069691b9 0x00 03 GLIBC_2.9

/dist/_internal/libq.so:     file format elf64-x86-64
  NEEDED               libX11.so.6
"""


def test_needs_are_those_of_all_files_and_the_newest_c_library() -> None:
    assert needs_in(OBJDUMP) == Needs(
        libraries=frozenset({"libdl.so.2", "libc.so.6", "libX11.so.6"}), glibc=(2, 33)
    )


def test_each_package_is_named_once_and_the_c_library_with_its_version() -> None:
    needs = Needs(libraries=frozenset({"libc.so.6", "libm.so.6", "libX11.so.6"}), glibc=(2, 36))
    owners = {"libc.so.6": "libc6", "libm.so.6": "libc6", "libX11.so.6": "libx11-6"}
    assert depends_on(needs, owners) == ["libc6 (>= 2.36)", "ca-certificates", "libx11-6"]


def test_a_library_that_comes_with_no_package_stops_the_packing() -> None:
    needs = Needs(libraries=frozenset({"libc.so.6", "libodd.so.1"}), glibc=(2, 36))
    with pytest.raises(BootstrapError, match=r"libodd\.so\.1"):
        depends_on(needs, {"libc.so.6": "libc6"})


def test_the_owner_is_whoever_has_it_in_the_plain_library_folder() -> None:
    listing = (
        "libx11-6:amd64: /usr/lib/x86_64-linux-gnu/libX11.so.6\n"
        "libc6:amd64, libc6:i386: /lib/x86_64-linux-gnu/libc.so.6\n"
        "libegl1:amd64: /usr/lib/x86_64-linux-gnu/libEGL.so.1\n"
        "chromium: /usr/lib/chromium/lib/libEGL.so.1\n"
        "diversion by libgl from: /usr/lib/x86_64-linux-gnu/libGL.so.1\n"
        "libgl1:amd64: /usr/lib/x86_64-linux-gnu/libGL.so.1\n"
        "odd: /opt/odd/libodd.so.1\n"
        "dpkg-query: no path found matching pattern */libnone.so.1\n"
    )
    assert owners_in(listing) == {
        "libX11.so.6": "libx11-6",
        "libc.so.6": "libc6",
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libodd.so.1": "odd",
    }


def test_only_binaries_are_looked_at_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "lib.so.1").write_bytes(b"\x7fELF and more")
    (tmp_path / "lib.so").symlink_to("lib.so.1")
    (tmp_path / "words.txt").write_text("ELF")
    (tmp_path / "empty").touch()
    assert binaries_below(tmp_path) == [tmp_path / "lib.so.1"]

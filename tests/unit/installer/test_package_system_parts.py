"""Libraries of the system that travel along are named, and bring their licences."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.package.system_parts import brought_along, system_parts
from installer.steps import BootstrapError


def said(folder: Path, *packages: str) -> Path:
    for package in packages:
        (folder / package).mkdir()
        (folder / package / "copyright").write_text(package)
    return folder


def version_of(package: str) -> str:
    return f"1.0+{package}"


def test_what_python_was_built_with_is_the_systems_and_python_itself_is_not() -> None:
    names = ["libssl.so.3", "libpython3.11.so.1.0", "libz.so.1", "base_library.zip", "_cffi_backend.so"]
    assert brought_along(names) == {"libssl.so.3", "libz.so.1"}


def test_a_package_is_named_once_however_many_of_its_libraries_travel(tmp_path: Path) -> None:
    owners = {"libssl.so.3": "libssl3", "libcrypto.so.3": "libssl3", "libz.so.1": "zlib1g"}
    parts = system_parts(owners, owners, version_of, said(tmp_path, "libssl3", "zlib1g"))
    assert [(part.name, part.version) for part in parts] == [
        ("libssl3", "1.0+libssl3"),
        ("zlib1g", "1.0+zlib1g"),
    ]
    assert parts[0].text.read_text() == "libssl3"


def test_a_library_of_nobody_stops_the_packing(tmp_path: Path) -> None:
    with pytest.raises(BootstrapError, match=r"libodd\.so\.1"):
        system_parts(["libodd.so.1"], {}, version_of, tmp_path)


def test_a_package_without_its_text_stops_the_packing(tmp_path: Path) -> None:
    with pytest.raises(BootstrapError, match="libffi8"):
        system_parts(["libffi.so.8"], {"libffi.so.8": "libffi8"}, version_of, tmp_path)

"""The program's own files are found however it was installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.resources import resource_path


def test_in_a_checkout_they_stand_beside_the_package(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "a.toml").touch()

    assert resource_path("a.toml", tmp_path / "package") == tmp_path / "resources" / "a.toml"


def test_an_installed_package_carries_them_inside_and_looks_nowhere_else(tmp_path: Path) -> None:
    for folder in (tmp_path / "resources", tmp_path / "package" / "resources"):
        folder.mkdir(parents=True)
        (folder / "a.toml").touch()

    assert resource_path("a.toml", tmp_path / "package") == tmp_path / "package" / "resources" / "a.toml"


def test_this_installation_has_the_catalogue_of_platforms() -> None:
    assert resource_path("platforms.toml").is_file()


def test_a_file_that_is_missing_is_a_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(BugError, match=r"lacks its file a\.toml"):
        resource_path("a.toml", tmp_path / "package")

from __future__ import annotations

import os
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.paths import Paths

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps others out by access lists, not modes"
)


def below(home: Path) -> Paths:
    return Paths.from_environment({"POWERSTREAM_HOME": str(home)})


def folders(paths: Paths) -> dict[str, Path]:
    return {field.name: getattr(paths, field.name) for field in fields(paths)}


def test_the_home_variable_moves_every_folder(tmp_path: Path) -> None:
    assert folders(below(tmp_path)) == {
        name: tmp_path / name for name in ("config", "data", "recordings", "runtime", "logs")
    }


def test_without_the_variable_the_system_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    found = folders(Paths.from_environment({}))
    assert all(path.is_absolute() for path in found.values())
    assert len(set(found.values())) == len(found)
    assert found["recordings"].name == "PowerStream"
    if sys.platform == "linux":
        assert found["config"] == tmp_path / "XDG_CONFIG_HOME" / "powerstream"


def test_an_empty_variable_counts_as_none() -> None:
    assert Paths.from_environment({"POWERSTREAM_HOME": ""}).config == Paths.from_environment({}).config


def test_a_relative_home_is_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert below(Path("here")).logs == tmp_path / "here" / "logs"


def test_a_tilde_is_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert below(Path("~/streams")).data == tmp_path / "streams" / "data"


@pytest.mark.parametrize("home", ["/tmp/a\0b", "~nobody-of-this-name/x"])
def test_a_home_that_cannot_be_a_folder_is_the_users_mistake(home: str) -> None:
    with pytest.raises(UserError, match="POWERSTREAM_HOME"):
        Paths.from_environment({"POWERSTREAM_HOME": home})


def test_nothing_is_made_before_ensure(tmp_path: Path) -> None:
    below(tmp_path / "home")
    assert not (tmp_path / "home").exists()


@posix_only
def test_folders_and_their_missing_parents_are_private(tmp_path: Path) -> None:
    paths = below(tmp_path / "missing" / "home")
    old = os.umask(0)
    try:
        paths.ensure()
    finally:
        os.umask(old)
    made = [tmp_path / "missing", tmp_path / "missing" / "home", *folders(paths).values()]
    assert {path: path.stat().st_mode & 0o777 for path in made} == dict.fromkeys(made, 0o700)


def test_ensuring_twice_changes_nothing(tmp_path: Path) -> None:
    paths = below(tmp_path)
    paths.ensure()
    (paths.data / "kept").write_text("kept")
    paths.ensure()
    assert (paths.data / "kept").read_text() == "kept"


@posix_only
def test_a_runtime_folder_open_to_others_is_closed(tmp_path: Path) -> None:
    paths = below(tmp_path)
    paths.runtime.mkdir()
    paths.runtime.chmod(0o755)
    paths.ensure()
    assert paths.runtime.stat().st_mode & 0o777 == 0o700


@posix_only
def test_a_runtime_folder_that_is_somebody_elses_link_is_refused(tmp_path: Path) -> None:
    paths = below(tmp_path / "home")
    (tmp_path / "home").mkdir()
    (tmp_path / "elsewhere").mkdir()
    paths.runtime.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemFault, match="another user"):
        paths.ensure()


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    with pytest.raises(SystemFault, match="logs cannot be made"):
        below(tmp_path).ensure()


def test_a_parent_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(SystemFault, match="cannot be made"):
        below(tmp_path / "home").ensure()

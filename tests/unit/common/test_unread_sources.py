"""What is loaded beside PySide6 is not read a second time, and not kept."""

from __future__ import annotations

import importlib
import linecache
import sys
from pathlib import Path

import pytest

import powerstream_desktop.desktop
from powerstream_desktop.common.unread_sources import leave_sources_unread

WINDOW = powerstream_desktop.desktop.__name__


def load(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Load a module that is nowhere else; return its file."""
    assert WINDOW in sys.modules
    file = folder / f"{name}.py"
    file.write_text("answer = 42\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setitem(sys.modules, name, importlib.import_module(name))  # taken away again at the end
    return file


def test_a_module_of_the_window_is_loaded_without_its_source_being_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = load(tmp_path, "loaded_beside_qt", monkeypatch)
    assert str(file) not in linecache.cache


def test_a_pyside_that_has_no_such_thing_is_left_alone() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "shibokensupport.feature", sys)
        leave_sources_unread()
    assert not hasattr(sys, "_mod_uses_pyside")

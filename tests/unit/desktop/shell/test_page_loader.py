"""Pages' code is loaded beside the loop."""

from __future__ import annotations

import importlib
import sys

import pytest

from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.pages import FIRST_START_MODULE, all_modules, module_of
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.driver import wait_for


def test_modules_are_loaded_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("colorsys", "this_is_no_module"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    loader = PageLoader(["colorsys", "wave"])
    loaded: list[str] = []
    loader.loaded.connect(loaded.append)
    assert not loader.is_loaded("colorsys")
    loader.start()
    wait_for(lambda: len(loaded) == 2)
    assert loaded == ["colorsys", "wave"]
    assert "colorsys" in sys.modules
    assert loader.is_loaded("colorsys")
    loader.aclose()


@pytest.mark.allow_warning_logs
def test_a_module_that_cannot_be_loaded_holds_up_nobody(caplog: pytest.LogCaptureFixture) -> None:
    loader = PageLoader(["this_is_no_module", "wave"])
    loaded: list[str] = []
    loader.loaded.connect(loaded.append)
    loader.start()
    wait_for(lambda: "wave" in loaded)
    assert loader.is_loaded("this_is_no_module")
    assert "could not be loaded" in caplog.text
    loader.aclose()


def test_what_is_not_loaded_here_is_not_waited_for() -> None:
    assert PageLoader([]).is_loaded("anything")


def test_every_page_is_loaded_and_exists() -> None:
    assert {FIRST_START_MODULE, *map(module_of, PageName)} <= set(all_modules())
    for module in all_modules():
        importlib.import_module(module)

"""What docs/extending.md tells to touch is what is to be touched: the names it gives are in the files it gives them for."""

from __future__ import annotations

import importlib

import pytest

from powerstream_desktop.desktop.shell.pages import module_of
from powerstream_desktop.desktop.shell.surroundings import PageName
from powerstream_desktop.desktop.studio.sources.content.kinds import KINDS
from powerstream_desktop.engine.scene.sources import Colour, ColourContent
from tests.unit.docs.pages import PRODUCT, ROOT, page

NAMED = {
    "SourceContent": "engine/scene/sources.py",
    "SceneSource": "engine/sources/port.py",
    "HeldSource": "engine/sources/held.py",
    "source_for": "engine/sources/opening.py",
    "SourceKind": "desktop/studio/sources/content/kinds.py",
    "ObjectStore": "cloud/object_store/object_store.py",
    "StoreTrouble": "cloud/object_store/store_troubles.py",
    "StoreKind": "cloud/object_store/store_config.py",
    "CloudKind": "service/settings/cloud_options.py",
    "PageName": "desktop/shell/surroundings.py",
    "Page": "desktop/shell/page.py",
    "Surroundings": "desktop/shell/surroundings.py",
    "Declared": "service/settings/option.py",
}


@pytest.mark.parametrize(("name", "file"), NAMED.items())
def test_a_name_is_where_the_page_says(name: str, file: str) -> None:
    assert f"`{name}`" in page("docs/extending.md").text
    module = "powerstream_desktop." + file.removesuffix(".py").replace("/", ".")
    assert hasattr(importlib.import_module(module), name)


def test_the_smallest_source_goes_the_way_that_the_page_describes() -> None:
    way = ["engine/scene/sources.py", "engine/sources/opening.py"]
    assert all(ColourContent.__name__ in (PRODUCT / file).read_text("utf-8") for file in way)
    wire_name = ColourContent(colour=Colour(0, 0, 0)).type
    assert wire_name in {kind.type for kind in KINDS}
    making = PRODUCT / "desktop" / "studio" / "sources" / "content" / "making.py"
    assert f'case "{wire_name}"' in making.read_text("utf-8")


def test_every_module_that_is_to_be_run_can_be() -> None:
    runs = [span for span in page("docs/extending.md").spans if span.startswith("python -m ")]
    assert len(runs) >= 5
    assert [run for run in runs if importlib.util.find_spec(run.split()[2]) is None] == []


@pytest.mark.parametrize("name", PageName)
def test_every_page_of_the_window_is_walked_by_keyboard_in_tests_of_its_own(name: PageName) -> None:
    package = module_of(name).split(".")[-2]
    tests = (ROOT / "tests" / "unit" / "desktop" / package).glob("*.py")
    assert [each.name for each in tests if "nameless(" in each.read_text("utf-8")] != []

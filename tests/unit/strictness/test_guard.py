"""Tests with real processes are ended as hanging later than others, and whoever says how long it takes is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.strictness.guard import HANGS_S, GuardPlugin

ROOT = Path(__file__).resolve().parents[3]


class Item(pytest.Item):
    def runtest(self) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("folder", ["tests/e2e", "tests/integration/relay"])
def test_a_test_with_real_processes_has_three_minutes(folder: str, request: pytest.FixtureRequest) -> None:
    assert limit_s(request, folder) == HANGS_S == 180


@pytest.mark.parametrize("folder", ["tests/unit/relay", "tests/faults"])
def test_any_other_test_has_what_the_project_says(folder: str, request: pytest.FixtureRequest) -> None:
    assert limit_s(request, folder) is None


def test_whoever_says_how_long_it_takes_is_believed(request: pytest.FixtureRequest) -> None:
    assert limit_s(request, "tests/e2e", own_s=300) == 300


def limit_s(request: pytest.FixtureRequest, folder: str, *, own_s: float | None = None) -> float | None:
    """Return what the closest mark of a test in this folder says, once the rule has seen it."""
    item = Item.from_parent(request.session, name="test_it")
    item.path = ROOT / folder / "test_it.py"
    if own_s is not None:
        item.add_marker(pytest.mark.timeout(own_s))
    GuardPlugin(ROOT).pytest_collection_modifyitems([item])
    mark = item.get_closest_marker("timeout")
    return None if mark is None else mark.args[0]

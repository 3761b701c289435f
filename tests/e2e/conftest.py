"""Tests with real processes: the fixture ``stage`` starts them and clears them away.

Everything below this folder carries the marker ``e2e`` and is skipped where the tools do not exist (nginx-rtmp and Xvfb:
Linux only). A failed test shows the last lines of every process on its stages.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.e2e.support.films import Films
from tests.e2e.support.stage import Stage

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(
                pytest.mark.skipif(sys.platform != "linux", reason="nginx-rtmp and Xvfb exist on Linux only")
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the processes' last words to the report of a failed test or of a broadcast that several tests look at."""
    report = yield
    if report.when in {"setup", "call"} and report.failed:
        report.sections += [("processes of this test", stage.log_tails()) for stage in _open_stages]
    return report


_open_stages: list[Stage] = []


def _open_stage(folder: Path) -> Iterator[Stage]:
    stage = Stage(folder)
    _open_stages.append(stage)
    yield stage
    _open_stages.remove(stage)
    stage.close()


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Films:
    """Films for foreign encoders, each made once."""
    return Films(tmp_path_factory.mktemp("films"))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Give the test a stage of its own."""
    yield from _open_stage(tmp_path)


@pytest.fixture(scope="module")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give the tests of one file a stage on which something happens that all of them look at."""
    yield from _open_stage(tmp_path_factory.mktemp("stage"))

"""Tests with real processes: the fixture ``stage`` starts them and clears them away.

Everything below this folder carries the marker ``e2e`` and is skipped where the tools do not exist (nginx-rtmp and Xvfb:
Linux only). A failed test shows the last lines of every process it started.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

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
    """Add the processes' last words to the report of a failed test."""
    report = yield
    stage = getattr(item, "funcargs", {}).get("stage")
    if report.when == "call" and report.failed and isinstance(stage, Stage):
        report.sections.append(("processes of this test", stage.log_tails()))
    return report


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Give the test a stage of its own."""
    stage = Stage(tmp_path)
    yield stage
    stage.close()

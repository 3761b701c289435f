"""The fault matrix reads Linux's accounts of processes and uses its network name spaces."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WITH_PROCESSES = ("test_fault_rows.py", "test_scene.py")
collect_ignore = [] if sys.platform == "linux" else list(WITH_PROCESSES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts real processes."""
    for item in items:
        if item.path.parent == HERE and item.path.name in WITH_PROCESSES:
            item.add_marker(pytest.mark.e2e)

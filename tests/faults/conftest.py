"""The fault matrix needs real processes, and Linux's accounts of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the rows."""
    for item in items:
        if HERE in item.path.parents and "matrix" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(
                pytest.mark.skipif(
                    sys.platform != "linux", reason="the matrix reads Linux's accounts of processes"
                )
            )

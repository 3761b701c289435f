"""A test with real processes is ended as one that hangs after three minutes, any other one after the minute of pyproject.toml.

What such a test waits for has limits of its own, some of a minute, and each says what did not come. On a machine that is at work
for others a few of them add up to more than a minute, without one being passed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.strictness.second_try import REAL_PROCESSES

HANGS_S: Final = 180.0


class GuardPlugin:
    """Gives time to whoever did not say how much it needs.

    Args:
        root: of the project.
    """

    def __init__(self, root: Path) -> None:
        self._folders = tuple(root / each for each in REAL_PROCESSES)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if item.get_closest_marker("timeout") is None and any(
                item.path.is_relative_to(folder) for folder in self._folders
            ):
                item.add_marker(pytest.mark.timeout(HANGS_S))

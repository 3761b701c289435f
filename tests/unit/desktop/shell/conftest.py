"""A window for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.desktop.driver import show
from tests.unit.desktop.shell.windows import Windowed


@pytest.fixture
def windowed() -> Iterator[Windowed]:
    """Give a window that is shown."""
    windowed = Windowed()
    show(windowed.window)
    yield windowed
    windowed.window.session_ends()
    windowed.window.close()

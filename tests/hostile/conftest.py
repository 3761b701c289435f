from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.arena import LastingArena


@pytest.fixture(scope="module")
def lasting() -> Iterator[LastingArena]:
    """Open the arena that all scripts of a file share: whoever comes later meets what the ones before have left."""
    arena = LastingArena()
    arena.open()
    yield arena
    arena.close()

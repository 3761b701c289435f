"""What tests of passes are given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.cloud.manifests.station import Station


@pytest.fixture
def station() -> Iterator[Station]:
    made = Station()
    yield made
    made.loop.close()

"""What tests of the studio's engine are given."""

from __future__ import annotations

import pytest

from powerstream_desktop.service.studio import engine_wishes
from tests.integration.service.lent_engine import SOON_S


@pytest.fixture
def short_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a wish last for a fraction of a second."""
    monkeypatch.setattr(engine_wishes, "WISH_S", SOON_S)

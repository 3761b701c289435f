"""S38: media files that were tampered with, each given to a media process; the reliability run has 500 of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.support.tampered_films import tamper

pytestmark = pytest.mark.e2e

COUNT = 60


@pytest.mark.timeout(360)
def test_tampered_films_harm_nobody_but_their_own_process(tmp_path: Path) -> None:
    found = tamper(COUNT, seed=38, folder=tmp_path)
    assert found.broken == ()
    assert found.read > 0, "some accidents are harmless"
    assert found.refused > 0, "some are not"
    if sys.platform == "linux":
        assert all({"seccomp", "rlimit"} <= set(held) for held in found.confinement)

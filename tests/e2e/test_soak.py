"""F45 in short: the soak's whole setting, two faults, and every look at what they leave. The long one is `bootstrap.py reliability`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.chaos import soak
from tests.reliability.chaos.faults import FAULTS

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300), pytest.mark.exacting]

PLAYED = ("a server closes", "the service is killed")


def test_a_broadcast_that_is_hit_twice_keeps_every_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tuple(each for each in FAULTS if each.name in PLAYED)
    assert len(chosen) == len(PLAYED)
    monkeypatch.setattr(soak, "FAULTS", chosen)
    verdict = soak.play_soak(len(chosen), tmp_path, seed=1, every_s=0.0)
    assert verdict.broken == ()
    assert verdict.measured.startswith("seed 1: 2 faults of 2 kinds")
    assert "0 traces of a key" in verdict.measured

"""Three computers agree in the end, whatever happened to them, and nothing that somebody wrote is lost (V32)."""

from __future__ import annotations

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.unit.cloud.manifests.three_devices import ThreeDevices

PORTIONS = 4
SCHEDULES = 25
"""Of each portion."""


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_three_computers_agree_whatever_happens_and_no_text_is_lost(portion: int) -> None:
    class Portion(ThreeDevices):
        """The same computers, other chances."""

    run_state_machine_as_test(
        seed(portion)(Portion),
        settings=settings(max_examples=SCHEDULES, stateful_step_count=30, database=None),
    )

"""Three computers agree in the end, whatever happened to them, and nothing that somebody wrote is lost (V32)."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.unit.cloud.manifests.three_devices import ThreeDevices

SCHEDULES = 100


def test_three_computers_agree_whatever_happens_and_no_text_is_lost() -> None:
    run_state_machine_as_test(ThreeDevices, settings=settings(max_examples=SCHEDULES, stateful_step_count=30))

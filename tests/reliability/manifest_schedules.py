"""V32: three computers edit, delete, upload and sync at random, and are killed, cut off and set to wrong times meanwhile."""

from __future__ import annotations

from pathlib import Path

import hypothesis
from hypothesis.stateful import run_state_machine_as_test

from tests.reliability.campaign import Campaign, Verdict
from tests.unit.cloud.manifests.three_devices import ThreeDevices

STEPS = 50


def play_manifest_schedules(cases: int, _folder: Path) -> Verdict:
    """Each case is another schedule, and none is played twice on purpose: the next run has others."""
    played: list[ThreeDevices] = []

    class Counted(ThreeDevices):
        def teardown(self) -> None:
            super().teardown()
            played.append(self)

    settings = hypothesis.settings(
        max_examples=cases,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        report_multiple_bugs=False,
    )
    broken = []
    try:
        run_state_machine_as_test(Counted, settings=settings)
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table
        schedule = " ".join(getattr(error, "__notes__", []))
        broken.append(f"{type(error).__name__}: {error} {schedule}")
    passes, killed = sum(each.passes for each in played), sum(each.killed for each in played)
    return Verdict(f"{len(played)} schedules, {passes} passes, {killed} of them killed", tuple(broken))


V32 = Campaign(
    "V32",
    "three computers work on the same replays, by wrong clocks, and are killed",
    "all agree in the end, no text is lost, and nothing goes that nobody deleted",
    2_000,
    play_manifest_schedules,
)

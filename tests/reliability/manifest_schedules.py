"""V32: three computers edit, delete, upload, give up and sync at random, and are killed, cut off and set to wrong times meanwhile."""

from __future__ import annotations

from pathlib import Path

import hypothesis
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.reliability.campaign import Campaign, Verdict
from tests.unit.cloud.manifests.three_devices import ThreeDevices
from tests.unit.service.cloud.films.three_libraries import ThreeLibraries

STEPS = 50


def play_schedules(cases: int, _folder: Path) -> Verdict:
    """Each case is another schedule of edits and another one of films, and none is played twice on purpose: the next run has others."""
    edits: list[ThreeDevices] = []
    films: list[ThreeLibraries] = []

    class Edits(ThreeDevices):
        def teardown(self) -> None:
            super().teardown()
            edits.append(self)

    class Films(ThreeLibraries):
        def teardown(self) -> None:
            super().teardown()
            films.append(self)

    broken = (*_broken(Edits, cases), *_broken(Films, cases))
    here = [computer for each in films for computer in each.computers]
    return Verdict(
        f"{len(edits)} schedules of edits, {sum(each.passes for each in edits)} passes, "
        f"{sum(each.killed for each in edits)} of them killed; {len(films)} schedules of films, "
        f"{sum(each.works for each in films)} turns at desks, {sum(each.killed for each in here)} of them killed, "
        f"{sum(each.given_up for each in here)} files given up, {sum(each.fetched for each in here)} fetched",
        broken,
    )


def _broken(machine: type[RuleBasedStateMachine], cases: int) -> tuple[str, ...]:
    """Play schedules until one breaks, and return it as short as it could be made."""
    settings = hypothesis.settings(
        max_examples=cases,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        report_multiple_bugs=False,
    )
    try:
        run_state_machine_as_test(machine, settings=settings)
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table
        schedule = " ".join(getattr(error, "__notes__", []))
        return (f"{type(error).__name__}: {error} {schedule}",)
    return ()


V32 = Campaign(
    "V32",
    "three computers work on the same replays and films, by wrong clocks, and are killed",
    "all agree in the end, no text and no film is lost, and nothing goes that nobody deleted or is named that is not there",
    2_000,
    play_schedules,
)

from __future__ import annotations

from powerstream_desktop.engine.schedule import CATCH_UP_S, Schedule, Slot

FPS = 30


def schedule(epoch_s: float = 100.0) -> Schedule:
    return Schedule(fps=FPS, keyframe_interval=2 * FPS, epoch_s=epoch_s)


def take_all(plan: Schedule, now: float) -> list[Slot]:
    taken = []
    while (slot := plan.take(now)) is not None:
        taken.append(slot)
    return taken


def run(plan: Schedule, until: float) -> list[Slot]:
    """Take every slot the moment it is due."""
    taken = []
    while plan.next_due_s <= until and (slot := plan.take(plan.next_due_s)) is not None:
        taken.append(slot)
    return taken


def test_nothing_is_due_before_the_epoch() -> None:
    plan = schedule(epoch_s=100.0)
    assert plan.take(99.9) is None
    assert plan.next_due_s == 100.0


def test_slots_come_one_by_one_on_the_grid() -> None:
    plan = schedule()
    for index in range(10 * FPS):
        slot = plan.take(plan.next_due_s)
        assert slot == Slot(index=index, time_s=index / FPS, is_key=index % 60 == 0)
        assert plan.take(100.0 + index / FPS) is None


def test_the_grid_does_not_drift_over_a_day() -> None:
    plan = schedule(epoch_s=0.0)
    day_s = 86_400
    last = take_all(plan, float(day_s))[-1]
    assert last == Slot(index=day_s * FPS, time_s=float(day_s), is_key=True)


def test_waking_a_hair_too_early_counts_as_on_time() -> None:
    plan = schedule()
    plan.take(100.0)
    assert plan.take(plan.next_due_s - 1e-9) is not None


def test_a_late_program_makes_up_every_slot() -> None:
    plan = schedule()
    taken = take_all(plan, 100.0 + CATCH_UP_S - 0.01)
    assert [slot.index for slot in taken] == list(range(FPS))
    assert plan.skipped == 0


def test_what_is_owed_beyond_the_limit_is_skipped_and_counted() -> None:
    plan = schedule()
    take_all(plan, 100.0)
    taken = take_all(plan, 100.0 + 1.5)
    assert plan.skipped == 14
    assert [slot.index for slot in taken] == list(range(15, 46))


def test_a_skip_never_crosses_a_key_slot() -> None:
    plan = schedule()
    made = run(plan, 101.5)
    made += take_all(plan, 103.5)
    assert [slot.index for slot in made if slot.is_key] == [0, 60]
    assert plan.skipped == (60 - 46) + (75 - 61)
    assert plan.skipped + len(made) == 106


def test_after_a_long_stall_the_program_goes_on_at_a_key_slot() -> None:
    plan = schedule()
    take_all(plan, 100.0)
    first = plan.take(160.0)
    assert first == Slot(index=1740, time_s=58.0, is_key=True)

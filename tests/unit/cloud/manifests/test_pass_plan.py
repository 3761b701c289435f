"""What a pass does, what it never does, and when it asks first (I2, I6, V19-V22)."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from powerstream_desktop.cloud.manifests.kept_manifests import Listed, Standing
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from powerstream_desktop.cloud.manifests.pass_plan import (
    PassPlan,
    QuestionKind,
    plan_pass,
    question_if_many,
)
from tests.unit.cloud.manifests.replays import DAY_MS, MINUTE_MS, NOW_MS

SAME = Standing(etag='"1"')
CHANGED_HERE = Standing(etag='"1"', is_ahead=True)
NEW_HERE = Standing(is_ahead=True)
DELETED_HERE = Standing(etag='"1"', is_ahead=True, is_deleted=True)
DELETED = Standing(etag='"1"', is_deleted=True)
PURGED = Standing(etag='"1"', is_deleted=True, is_purged=True)


def listed(*names: str, etag: str = '"1"', age_ms: int = MINUTE_MS) -> dict[str, Listed]:
    return {
        name: Listed(key=manifest_key(name), etag=etag, size_bytes=900, changed_ms=NOW_MS - age_ms)
        for name in names
    }


def plan(local: dict[str, Standing], listing: dict[str, Listed], **changes: Any) -> PassPlan:
    known: dict[str, Any] = {"now_ms": NOW_MS, "last_pass_ms": NOW_MS - MINUTE_MS, "agreed": {}}
    return plan_pass(local, listing, **(known | changes))


def many(count: int, standing: Standing) -> dict[str, Standing]:
    return {f"A{number}": standing for number in range(count)}


def test_nothing_is_read_or_written_where_nothing_was_changed() -> None:
    assert plan(many(3, SAME), listed("A0", "A1", "A2")) == PassPlan()


def test_what_the_store_has_otherwise_is_read_and_what_is_ahead_here_is_written() -> None:
    local = {"same": SAME, "there": SAME, "here": CHANGED_HERE, "both": CHANGED_HERE, "first": NEW_HERE}
    listing = listed("same", "here") | listed("there", "both", "unknown", etag='"2"')
    assert plan(local, listing) == PassPlan(
        downloads=("there", "both", "unknown"), uploads=("here", "both", "first")
    )


def test_an_empty_library_here_takes_nothing_from_the_store() -> None:
    assert plan({}, listed("A0", "A1")) == PassPlan(downloads=("A0", "A1"))


@pytest.mark.parametrize("count", [1, 8])
def test_an_empty_store_that_had_something_stops_the_pass(count: int) -> None:
    local = many(count, SAME) | {"fresh": NEW_HERE}
    stopped = plan(local, {})
    (question,) = stopped.questions
    assert question.kind is QuestionKind.EMPTY_STORE
    assert len(question.asset_ids) == count
    assert stopped == PassPlan(questions=(question,))


def test_an_empty_store_is_filled_once_the_user_said_that_it_is_the_right_one() -> None:
    agreed = {QuestionKind.EMPTY_STORE: frozenset(many(8, SAME))}
    assert plan(many(8, SAME), {}, agreed=agreed).uploads == tuple(many(8, SAME))
    away = plan(many(8, SAME), {}, agreed=agreed, last_pass_ms=NOW_MS - 200 * DAY_MS)
    assert (away.uploads, away.missing) == (tuple(many(8, SAME)), ())


def test_a_new_store_gets_everything_without_a_question() -> None:
    assert plan(many(100, NEW_HERE), {}, last_pass_ms=None) == PassPlan(uploads=tuple(many(100, NEW_HERE)))


def test_a_manifest_that_is_gone_is_put_there_again_and_nothing_is_deleted_here() -> None:
    assert plan(many(10, SAME), listed(*list(many(9, SAME)))) == PassPlan(uploads=("A9",))


def test_many_manifests_that_are_gone_stop_the_pass() -> None:
    stopped = plan(many(10, SAME), listed("A0", "A1", "A2", "A3", "A4", "A5", "A6"))
    (question,) = stopped.questions
    assert (question.kind, question.asset_ids) == (QuestionKind.MANY_MISSING, ("A7", "A8", "A9"))
    assert stopped == PassPlan(questions=(question,))


def test_many_deletions_are_held_back_and_the_rest_goes_on() -> None:
    local = many(100, SAME) | {f"D{number}": DELETED_HERE for number in range(6)} | {"here": CHANGED_HERE}
    held = plan(local, listed(*local))
    (question,) = held.questions
    assert (question.kind, len(question.asset_ids)) == (QuestionKind.MANY_DELETIONS, 6)
    assert held.uploads == ("here",)
    agreed = plan(local, listed(*local), agreed={question.kind: frozenset(question.asset_ids)})
    assert len(agreed.uploads) == 7
    assert agreed.questions == ()


@pytest.mark.parametrize(
    ("kind", "count", "total", "is_many"),
    [
        (QuestionKind.MANY_CHANGES, 0, 0, False),
        (QuestionKind.MANY_CHANGES, 2, 2, False),
        (QuestionKind.MANY_CHANGES, 3, 10, True),
        (QuestionKind.MANY_CHANGES, 3, 15, False),
        (QuestionKind.MANY_CHANGES, 5, 1000, False),
        (QuestionKind.MANY_CHANGES, 6, 1000, True),
        (QuestionKind.MANY_DELETIONS, 1, 1, False),
        (QuestionKind.MANY_DELETIONS, 2, 10, False),
        (QuestionKind.MANY_DELETIONS, 2, 9, True),
        (QuestionKind.MANY_DELETIONS, 6, 1000, True),
        (QuestionKind.MANY_MISSING, 2, 9, True),
    ],
)
def test_more_than_five_or_more_than_a_fifth_is_many_but_few_never_are(
    kind: QuestionKind, count: int, total: int, is_many: bool
) -> None:
    assert bool(question_if_many(kind, many(count, SAME), total, {})) is is_many


def test_a_yes_is_for_those_that_were_asked_about() -> None:
    agreed = {QuestionKind.MANY_CHANGES: frozenset(many(6, SAME))}
    assert question_if_many(QuestionKind.MANY_CHANGES, many(6, SAME), 1000, agreed) == ()
    (asked,) = question_if_many(QuestionKind.MANY_CHANGES, many(13, SAME), 1000, agreed)
    assert len(asked.asset_ids) == 7


def test_who_was_away_for_very_long_compares_all_and_deletes_nothing() -> None:
    local = {"same": SAME, "gone": SAME, "deleted": DELETED_HERE, "here": CHANGED_HERE}
    listing = listed("same", "deleted", "here", "x0", "x1", "x2", "x3", "x4", "x5")
    away = plan(local | many(10, SAME), listing | listed(*many(10, SAME)), last_pass_ms=NOW_MS - 200 * DAY_MS)
    assert away.is_full
    assert set(away.downloads) == set(listing) | set(many(10, SAME))
    assert away.missing == ("gone",)
    assert "gone" not in away.uploads
    assert away.questions == ()


def test_objects_go_a_month_after_their_replay_was_deleted_and_few_at_a_time() -> None:
    young, old = listed("young", age_ms=29 * DAY_MS), listed("old", age_ms=31 * DAY_MS)
    local = {"young": DELETED, "old": DELETED}
    assert plan(local, young | old) == PassPlan(purges=("old",))
    crowd = many(40, DELETED)
    assert len(plan(crowd, listed(*crowd, age_ms=31 * DAY_MS)).purges) == 5


@pytest.mark.parametrize(
    "standing",
    [SAME, CHANGED_HERE, DELETED_HERE, Standing(etag='"0"', is_deleted=True)],
)
def test_objects_stay_if_their_replay_is_not_deleted_here_and_there_alike(standing: Standing) -> None:
    done = plan({"A1": standing}, listed("A1", age_ms=400 * DAY_MS))
    assert (done.purges, done.ends) == ((), ())


def test_that_a_replay_was_deleted_is_told_for_half_a_year_and_then_forgotten() -> None:
    assert plan({"A1": PURGED}, listed("A1", age_ms=181 * DAY_MS)) == PassPlan()
    assert plan({"A1": PURGED}, listed("A1", age_ms=201 * DAY_MS)) == PassPlan(ends=("A1",))
    assert plan({"A1": PURGED}, {}) == PassPlan(forgotten=("A1",))


def test_what_was_deleted_before_anybody_heard_of_it_is_forgotten() -> None:
    gone = Standing(is_ahead=True, is_deleted=True)
    assert plan({"A1": gone}, {}) == PassPlan(forgotten=("A1",))


def test_a_listing_without_end_stops_the_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("powerstream_desktop.cloud.manifests.pass_plan.MAX_ASSETS", 2)
    stopped = plan({}, listed("A0", "A1", "A2"))
    assert [each.kind for each in stopped.questions] == [QuestionKind.TOO_MANY]
    assert stopped.downloads == ()


def test_ten_thousand_replays_are_planned_in_little_memory() -> None:
    local = many(10_000, SAME) | {"A1": CHANGED_HERE}
    listing = listed(*local) | listed("A2", etag='"2"')
    tracemalloc.start()
    try:
        done = plan(local, listing)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (done.downloads, done.uploads) == (("A2",), ("A1",))
    assert peak_bytes < 8_000_000

"""The rules of retention say what they would remove, and never take what is pinned or the only copy."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.vod.retention import (
    RetentionPlan,
    RetentionReason,
    RetentionRules,
    retention_plan,
)
from tests.unit.service.store.rows import NOW, asset

DAY_S = 24 * 3600.0


def replay(asset_id: str, days_old: float, size_bytes: int = 10, **fields: object) -> Asset:
    return asset(asset_id, "Show", -days_old * DAY_S, size_bytes=size_bytes, **fields)


def shown(plan: RetentionPlan) -> tuple[dict[str, str], dict[str, str]]:
    removes = {each.asset.id: each.reason.value for each in plan.removes}
    return removes, {each.asset.id: each.reason.value for each in plan.keeps}


ALL = frozenset({"a", "b", "c"})
REPLAYS = (replay("a", 40), replay("b", 20), replay("c", 1))


def test_without_rules_nothing_is_even_looked_at() -> None:
    assert retention_plan(REPLAYS, ALL, RetentionRules(), NOW) == RetentionPlan()


def test_what_is_too_old_goes_and_says_how_much_it_frees() -> None:
    plan = retention_plan(REPLAYS, ALL, RetentionRules(keep_days=30), NOW)
    assert shown(plan) == ({"a": "too-old"}, {})
    assert plan.freed_bytes == 10


def test_the_oldest_go_until_the_rest_fits() -> None:
    assert shown(retention_plan(REPLAYS, ALL, RetentionRules(keep_bytes=15), NOW))[0] == {
        "a": "too-much",
        "b": "too-much",
    }
    assert shown(retention_plan(REPLAYS, ALL, RetentionRules(keep_bytes=30), NOW)) == ({}, {})


def test_what_is_pinned_stays_and_a_younger_one_goes_in_its_place() -> None:
    replays = (replay("a", 40, is_pinned=True), *REPLAYS[1:])
    plan = retention_plan(replays, ALL, RetentionRules(keep_bytes=20), NOW)
    assert shown(plan) == ({"b": "too-much"}, {"a": "pinned"})


def test_the_only_copy_stays_unless_its_owner_allowed_it_to_go() -> None:
    rules = RetentionRules(keep_days=10)
    assert shown(retention_plan(REPLAYS, frozenset({"b"}), rules, NOW)) == (
        {"b": "too-old"},
        {"a": "only-copy"},
    )
    allowed = RetentionRules(keep_days=10, may_take_only_copy=True)
    plan = retention_plan(REPLAYS, frozenset({"b"}), allowed, NOW)
    assert shown(plan)[0] == {"a": "too-old", "b": "too-old"}
    assert [each.is_only_copy for each in plan.removes] == [True, False]


def test_what_is_on_its_way_elsewhere_stays_until_it_is_there_whatever_is_allowed() -> None:
    allowed = RetentionRules(keep_days=10, may_take_only_copy=True)
    plan = retention_plan(REPLAYS, frozenset(), allowed, NOW, under_way=frozenset({"a"}))
    assert shown(plan) == ({"b": "too-old"}, {"a": "uploading"})


@given(
    ages=st.lists(st.integers(0, 100), max_size=8),
    pinned=st.sets(st.integers(0, 7)),
    copied=st.sets(st.integers(0, 7)),
    keep_days=st.none() | st.integers(0, 100),
    keep_bytes=st.none() | st.integers(0, 100),
)
def test_no_rule_ever_takes_what_is_pinned_the_only_copy_or_within_the_limits(
    ages: list[int], pinned: set[int], copied: set[int], keep_days: int | None, keep_bytes: int | None
) -> None:
    replays = [
        replay(f"a{number}", age, is_pinned=number in pinned)
        for number, age in enumerate(sorted(ages, reverse=True))
    ]
    rules = RetentionRules(keep_days=keep_days, keep_bytes=keep_bytes)
    plan = retention_plan(replays, frozenset(f"a{number}" for number in copied), rules, NOW)
    for entry in plan.removes:
        assert not entry.asset.is_pinned
        assert int(entry.asset.id[1:]) in copied
        if entry.reason is RetentionReason.TOO_OLD:
            assert keep_days is not None
            assert NOW - entry.asset.recorded_at > timedelta(days=keep_days)
        else:
            assert keep_bytes is not None
    if keep_bytes is not None and not plan.keeps:
        assert sum(each.size_bytes for each in replays) - plan.freed_bytes <= keep_bytes

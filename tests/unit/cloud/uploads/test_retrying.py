"""When it is tried again, and when an endpoint is left alone (reliability_security.md 4.8)."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.endpoint_health import (
    OFTEN,
    TRIAL_S,
    EndpointEvent,
    EndpointHealth,
    EndpointState,
    next_state,
)
from powerstream_desktop.cloud.uploads.retry_policy import AN_HOUR_S, PATIENT_AFTER, failed, later, pause_s
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import SystemFault, UserError
from tests.unit.cloud.uploads.records import NEW
from tests.unit.life_cycles import assert_leads_where_it_should

_S, _E = EndpointState, EndpointEvent
WANTED = {
    **{(state, _E.ANSWERED): _S.WELL for state in _S},
    (_S.WELL, _E.FAILED): _S.SLOWED,
    (_S.SLOWED, _E.FAILED): _S.SLOWED,
    (_S.SLOWED, _E.FAILED_OFTEN): _S.BROKEN,
    **{
        (state, event): _S.BROKEN
        for state in (_S.BROKEN, _S.TRYING)
        for event in (_E.FAILED, _E.FAILED_OFTEN)
    },
    **{(state, _E.TRIED): _S.TRYING for state in (_S.BROKEN, _S.TRYING)},
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(EndpointState, EndpointEvent)))
def test_every_state_of_an_endpoint_takes_every_event_or_refuses_it(
    state: EndpointState, event: EndpointEvent
) -> None:
    assert_leads_where_it_should(next_state, WANTED, state, event)


@pytest.mark.parametrize(
    ("attempt", "most_s"), [(1, 2.0), (2, 4.0), (5, 32.0), (6, 60.0), (PATIENT_AFTER, 60.0)]
)
def test_a_pause_is_anything_up_to_a_limit_that_doubles(attempt: int, most_s: float) -> None:
    rng = random.Random(4)
    pauses = [pause_s(attempt, rng) for _ in range(300)]
    assert min(pauses) < most_s * 0.1
    assert most_s * 0.9 < max(pauses) <= most_s


def test_after_twenty_failures_at_least_an_hour_passes() -> None:
    rng = random.Random(4)
    assert all(AN_HOUR_S <= pause_s(PATIENT_AFTER + 1, rng) <= 1.5 * AN_HOUR_S for _ in range(50))


def test_what_the_store_asked_for_is_never_shortened_but_bounded() -> None:
    rng = random.Random(4)
    assert pause_s(1, rng, retry_after_s=120.0) == 120.0
    assert pause_s(1, rng, retry_after_s=1e9) == AN_HOUR_S


def test_a_failed_upload_says_why_and_when_it_goes_on() -> None:
    trouble = StoreTrouble(TroubleCode.SLOW_DOWN, retry_after_s=30.0)
    record = failed(NEW, trouble, now_ms=1_000_000, rng=random.Random(4))
    assert record.state is UploadState.FAILED
    assert record.attempt == 1
    assert record.trouble is not None
    assert record.trouble.code == "slow_down"
    assert record.next_try_at_ms == 1_030_000


@pytest.mark.parametrize("error", [StoreTrouble(TroubleCode.REFUSED), UserError("No film.")])
def test_what_only_the_user_can_mend_is_tried_again_after_an_hour(error: StoreTrouble | UserError) -> None:
    record = failed(NEW, error, now_ms=0, rng=random.Random(4))
    assert record.next_try_at_ms == AN_HOUR_S * 1000


def test_a_disk_that_was_pulled_may_come_back_soon() -> None:
    record = failed(NEW, SystemFault("The disk is gone."), now_ms=0, rng=random.Random(4))
    assert record.next_try_at_ms <= 2000


def test_a_cancellation_that_fails_goes_on_cancelling() -> None:
    cancelling = dataclasses.replace(NEW, state=UploadState.CANCELLING, upload_id="u")
    record = later(cancelling, StoreTrouble(TroubleCode.UNREACHABLE), now_ms=0, rng=random.Random(4))
    assert record.state is UploadState.CANCELLING
    assert record.attempt == 1
    assert 0 < record.next_try_at_ms <= 2000


def state_of(health: EndpointHealth) -> EndpointState:
    return health.state


def broken(rng: random.Random) -> tuple[EndpointHealth, float]:
    health = EndpointHealth(rng)
    now = 0.0
    for _ in range(OFTEN):
        now += health.wait_s(now)
        health.failed(now)
    return health, now


def test_an_endpoint_that_is_well_is_called_at_once() -> None:
    health = EndpointHealth(random.Random(4))
    assert health.wait_s(0.0) == 0.0
    health.answered()
    assert health.wait_s(0.0) == 0.0


def test_a_store_that_asks_for_time_gets_it_from_everybody() -> None:
    health = EndpointHealth(random.Random(4))
    health.failed(10.0, retry_after_s=7.0)
    assert state_of(health) is EndpointState.SLOWED
    assert health.wait_s(12.0) == pytest.approx(5.0)
    assert health.wait_s(17.0) == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    health = EndpointHealth(random.Random(4))
    health.failed(0.0, retry_after_s=100.0)
    health.failed(0.0)
    assert health.wait_s(0.0) == 100.0


def test_a_broken_endpoint_is_tried_by_one_call_while_others_keep_away() -> None:
    health, now = broken(random.Random(4))
    assert state_of(health) is EndpointState.BROKEN
    now += health.wait_s(now)
    assert health.wait_s(now) == 0.0
    assert state_of(health) is EndpointState.TRYING
    assert health.wait_s(now) > 0
    health.answered()
    assert state_of(health) is EndpointState.WELL
    assert health.wait_s(now) == 0.0


def test_a_trial_that_fails_breaks_the_endpoint_again_for_a_pause() -> None:
    health, now = broken(random.Random(4))
    now += health.wait_s(now)
    assert health.wait_s(now) == 0.0
    health.failed(now)
    assert state_of(health) is EndpointState.BROKEN
    assert health.wait_s(now) <= 60.0


def test_a_trial_that_never_comes_back_is_followed_by_another_one() -> None:
    health, now = broken(random.Random(4))
    now += health.wait_s(now)
    assert health.wait_s(now) == 0.0
    assert health.wait_s(now + TRIAL_S) == 0.0
    assert state_of(health) is EndpointState.TRYING

"""The life of an upload."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.cloud.uploads.upload_states import (
    IN_THE_CLOUD,
    UNDER_WAY,
    UploadEvent,
    UploadState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

_S, _E = UploadState, UploadEvent
_CAN_BE_STOPPED = (_S.WAITING, _S.HASHING, _S.HASHED, _S.SENDING, _S.COMPLETING, _S.COMPLETED)
WANTED = {
    **{(state, _E.TROUBLE): _S.FAILED for state in _CAN_BE_STOPPED},
    **{(state, _E.UNWANTED): _S.CANCELLING for state in (*_CAN_BE_STOPPED, _S.FAILED, _S.CANCELLING)},
    **{(state, _E.FILE_CHANGED): _S.HASHING for state in (_S.HASHING, _S.HASHED, _S.SENDING)},
    **{(state, _E.FORGOTTEN): _S.HASHED for state in (_S.HASHED, _S.SENDING, _S.COMPLETING)},
    **{(state, _E.FOUND): _S.COMPLETED for state in (_S.HASHED, _S.SENDING, _S.COMPLETING, _S.CANCELLING)},
    **{(state, _E.LOST): _S.WAITING for state in (_S.VERIFIED, _S.REGISTERED, _S.ACKNOWLEDGED)},
    (_S.WAITING, _E.BEGUN): _S.HASHING,
    (_S.WAITING, _E.RECOGNISED): _S.HASHED,
    (_S.HASHING, _E.BEGUN): _S.HASHING,
    (_S.HASHING, _E.READ): _S.HASHED,
    (_S.HASHED, _E.CREATED): _S.SENDING,
    (_S.SENDING, _E.CREATED): _S.SENDING,
    (_S.SENDING, _E.PART_SENT): _S.SENDING,
    (_S.SENDING, _E.ALL_SENT): _S.COMPLETING,
    (_S.COMPLETING, _E.UNFINISHED): _S.SENDING,
    (_S.COMPLETED, _E.PROVEN): _S.VERIFIED,
    (_S.VERIFIED, _E.TOLD): _S.REGISTERED,
    (_S.REGISTERED, _E.TOLD): _S.REGISTERED,
    (_S.REGISTERED, _E.CONFIRMED): _S.ACKNOWLEDGED,
    (_S.ACKNOWLEDGED, _E.TOLD): _S.ACKNOWLEDGED,
    (_S.ACKNOWLEDGED, _E.GIVEN_UP): _S.EVICTED,
    (_S.EVICTED, _E.TOLD): _S.EVICTED,
    (_S.EVICTED, _E.FETCHED): _S.ACKNOWLEDGED,
    (_S.EVICTED, _E.LOST): _S.FAILED,
    (_S.CANCELLING, _E.GONE): _S.CANCELLED,
    (_S.CANCELLED, _E.WANTED): _S.WAITING,
    (_S.FAILED, _E.RETRIED): _S.WAITING,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(UploadState, UploadEvent)))
def test_every_state_takes_every_event_or_refuses_it(state: UploadState, event: UploadEvent) -> None:
    assert_leads_where_it_should(next_state, WANTED, state, event)


def test_what_is_in_the_cloud_can_neither_fail_to_be_uploaded_nor_be_cancelled() -> None:
    stopping = {_E.TROUBLE, _E.UNWANTED}
    assert [pair for pair in WANTED if pair[0] in IN_THE_CLOUD and pair[1] in stopping] == []


def test_an_upload_is_under_way_or_in_the_cloud_or_unwanted() -> None:
    assert set(UploadState) == UNDER_WAY | IN_THE_CLOUD | {_S.CANCELLING, _S.CANCELLED}
    assert not UNDER_WAY & IN_THE_CLOUD

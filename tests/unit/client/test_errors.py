from __future__ import annotations

import json

import pytest

from powerstream_desktop.client.errors import (
    BadAnswerError,
    ConflictError,
    NotAllowedError,
    RefusedError,
    RemoteError,
    ServiceBugError,
    ServiceFault,
    ServiceGoneError,
    UnknownError,
    error_of,
    may_have_changed,
)
from powerstream_desktop.common.errors import Fault, PowerStreamError


def refusal(code: object = "a-code", message: object = "It is so.", hint: object = "Do that.") -> bytes:
    return json.dumps({"ok": False, "error": {"code": code, "message": message, "hint": hint}}).encode()


@pytest.mark.parametrize(
    ("status", "kind", "fault"),
    [
        (400, RefusedError, Fault.USER),
        (401, NotAllowedError, Fault.USER),
        (403, NotAllowedError, Fault.USER),
        (404, UnknownError, Fault.USER),
        (409, ConflictError, Fault.USER),
        (422, RefusedError, Fault.USER),
        (429, RefusedError, Fault.USER),
        (500, ServiceBugError, Fault.BUG),
        (502, RemoteError, Fault.PEER),
        (503, ServiceFault, Fault.SYSTEM),
    ],
)
def test_each_status_is_the_fault_of_whom_the_service_says(
    status: int, kind: type[PowerStreamError], fault: Fault
) -> None:
    error = error_of(status, refusal())
    assert (type(error), error.fault) == (kind, fault)
    assert (error.title, error.hint) == ("It is so.", "Do that.")
    assert getattr(error, "code", "") == "a-code"
    assert getattr(error, "status", 0) == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"error":1}',
        b"\xff",
        refusal(code=1),
        refusal(message=""),
        refusal(hint=[]),
    ],
)
def test_what_is_no_refusal_of_ours_is_said_to_be_none(body: bytes) -> None:
    assert isinstance(error_of(404, body), BadAnswerError)


def test_a_message_without_end_is_cut() -> None:
    assert len(error_of(422, refusal(message="x" * 100_000)).title) < 1000


@pytest.mark.parametrize(
    ("status", "changed"), [(404, False), (409, False), (422, False), (500, True), (502, True), (503, True)]
)
def test_a_refusal_has_changed_nothing_and_a_failure_may_have(status: int, changed: bool) -> None:
    assert may_have_changed(error_of(status, refusal())) is changed


def test_a_service_that_is_gone_may_have_obeyed_before() -> None:
    assert not may_have_changed(ServiceGoneError("It is gone."))
    assert may_have_changed(ServiceGoneError("It is gone.", has_changed=True))

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from powerstream_desktop.client.address import Address
from powerstream_desktop.client.errors import (
    BadAnswerError,
    NotAllowedError,
    ServiceGoneError,
    UnknownError,
    may_have_changed,
)
from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.patience import Mishap
from powerstream_desktop.client.request import Request
from powerstream_desktop.client.wire import MishapError, RawAnswer
from powerstream_desktop.common.secrets import Secret

OLD = Address(url="http://127.0.0.1:5001", token=Secret("old-token-of-a-run"))
NEW = Address(url="http://127.0.0.1:5002", token=Secret("new-token-of-a-run"))
READ = Request(method="GET", path="/api/live/status")
START = Request(method="POST", path="/api/live/start", body={})
STOP = Request(method="POST", path="/api/live/stop", body={}, is_repeatable=True)


def fine(**fields: Any) -> RawAnswer:
    return RawAnswer(status=200, body=json.dumps({"ok": True} | fields).encode())


def refused(status: int) -> RawAnswer:
    error = {"code": "c", "message": "No.", "hint": "h"}
    return RawAnswer(status=status, body=json.dumps({"ok": False, "error": error}).encode())


class Script:
    """A service that stands at these addresses in turn, answers so, and a clock that sleeping moves."""

    def __init__(
        self, answers: Sequence[RawAnswer | Mishap], addresses: Sequence[Address | None] = (OLD,)
    ) -> None:
        self._answers = list(answers)
        self._addresses = list(addresses)
        self.sent: list[tuple[Request, Address]] = []
        self.now = 0.0
        self.closed = 0

    def address(self) -> Address | None:
        return self._addresses.pop(0) if len(self._addresses) > 1 else self._addresses[0]

    def send(self, request: Request, address: Address) -> RawAnswer:
        self.sent.append((request, address))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Mishap):
            raise MishapError(answer, "as scripted")
        return answer

    def close(self) -> None:
        self.closed += 1

    def sleep(self, pause_s: float) -> None:
        self.now += pause_s

    def link(self, *, was_found: bool = False) -> ServiceLink:
        return ServiceLink(self, self, was_found=was_found, clock=lambda: self.now, sleep=self.sleep)


def test_an_answer_is_an_object() -> None:
    assert Script([fine(isLive=False)]).link().ask(READ) == {"ok": True, "isLive": False}


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"a":NaN}'])
def test_what_is_no_object_is_not_understood(body: bytes) -> None:
    with pytest.raises(BadAnswerError):
        Script([RawAnswer(status=200, body=body)]).link().ask(READ)


def test_a_redirect_is_not_followed() -> None:
    with pytest.raises(BadAnswerError):
        Script([RawAnswer(status=302, body=b"")]).link().ask(READ)


@pytest.mark.parametrize("mishap", [Mishap.NOT_REACHED, Mishap.CUT])
def test_a_restart_costs_a_reader_no_more_than_the_delay(mishap: Mishap) -> None:
    script = Script([mishap, mishap, fine()], [OLD, OLD, None, NEW])
    assert script.link().ask(READ) == {"ok": True}
    assert script.sent[-1] == (READ, NEW)
    assert script.now < 1


def test_a_start_that_was_cut_is_not_said_twice() -> None:
    script = Script([Mishap.CUT, fine()])
    with pytest.raises(ServiceGoneError) as raised:
        script.link().ask(START)
    assert len(script.sent) == 1
    assert may_have_changed(raised.value)


def test_a_start_that_reached_nobody_is_said_again() -> None:
    script = Script([Mishap.NOT_REACHED, fine()])
    script.link().ask(START)
    assert len(script.sent) == 2


def test_a_stop_may_be_said_twice() -> None:
    script = Script([Mishap.CUT, fine()])
    script.link().ask(STOP)
    assert len(script.sent) == 2


def test_patience_ends() -> None:
    script = Script([Mishap.NOT_REACHED])
    with pytest.raises(ServiceGoneError) as raised:
        script.link().ask(READ)
    assert 4 < script.now <= 5
    assert not may_have_changed(raised.value)


def test_without_a_service_that_is_said_at_once() -> None:
    script = Script([fine()], [None])
    with pytest.raises(ServiceGoneError, match="is not running"):
        script.link().ask(READ)
    assert (script.sent, script.now) == ([], 0)


def test_a_service_that_was_there_is_waited_for() -> None:
    script = Script([fine(), fine(new=True)], [OLD, None, None, NEW])
    link = script.link()
    link.ask(READ)
    assert link.ask(READ)["new"]
    assert script.now > 0


def test_a_service_that_died_after_it_was_found_is_waited_for_before_it_was_ever_asked() -> None:
    script = Script([fine(new=True)], [None, None, NEW])
    assert script.link(was_found=True).ask(READ)["new"]
    assert script.now > 0


def test_an_old_token_is_exchanged_also_for_what_is_said_once() -> None:
    script = Script([refused(401), fine()], [OLD, NEW])
    script.link().ask(START)
    assert [address for _, address in script.sent] == [OLD, NEW]


def test_a_token_that_is_not_good_is_said_at_once() -> None:
    script = Script([refused(401)])
    with pytest.raises(NotAllowedError):
        script.link().ask(READ)
    assert len(script.sent) == 1


def test_what_does_not_exist_is_not_asked_for_again() -> None:
    script = Script([refused(404)])
    with pytest.raises(UnknownError):
        script.link().ask(READ)
    assert len(script.sent) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str


def test_members_are_read_as_values() -> None:
    script = Script([fine(thing={"name": "a"}, things=[{"name": "b"}])])
    assert script.link().read(READ, Thing, "thing") == Thing(name="a")
    assert script.link().read_all(READ, Thing, "things") == (Thing(name="b"),)


@pytest.mark.parametrize("things", [None, {}, [1], [{"name": 1}]])
def test_a_list_that_is_none_is_not_understood(things: Any) -> None:
    with pytest.raises(BadAnswerError):
        Script([fine(things=things)]).link().read_all(READ, Thing, "things")


def test_closing_closes_the_connections() -> None:
    script = Script([fine()])
    script.link().close()
    assert script.closed == 1

"""How a store is left alone that asks for it, and how those who wait for it go on."""

from __future__ import annotations

import random

import pytest

from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode


class Waiting(Errand):
    """Waits by a clock of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.check()
        self.waits.append(seconds)
        self.now_s += seconds


def busy_for(seconds: float) -> StoreTrouble:
    return StoreTrouble(TroubleCode.SLOW_DOWN, retry_after_s=seconds)


def asked_too_much(endpoint: Endpoint, errand: Errand, trouble: StoreTrouble) -> None:
    def refuse() -> None:
        raise trouble

    with pytest.raises(StoreTrouble) as error:
        endpoint.ask(errand, refuse)
    assert error.value is trouble


def test_a_store_that_asks_for_a_while_is_left_alone_for_that_long_in_small_steps() -> None:
    errand = Waiting()
    endpoint = Endpoint(random.Random(1), errand.clock)
    asked_too_much(endpoint, errand, busy_for(30.0))
    assert endpoint.ask(errand, lambda: "answer") == "answer"
    assert errand.now_s == pytest.approx(30.0)
    assert max(errand.waits) <= 1.0


def test_a_store_that_asks_for_an_hour_is_said_to_and_not_waited_for() -> None:
    errand = Waiting()
    endpoint = Endpoint(random.Random(1), errand.clock)
    asked_too_much(endpoint, errand, busy_for(3600.0))
    calls: list[str] = []
    with pytest.raises(StoreTrouble) as error:
        endpoint.ask_again(errand, lambda: calls.append("asked"))
    assert error.value.kind is TroubleCode.SLOW_DOWN
    assert error.value.retry_after_s == pytest.approx(3600.0)
    assert (calls, errand.waits) == ([], [])
    errand.now_s = 3601.0
    endpoint.ask(errand, lambda: calls.append("asked"))
    assert calls == ["asked"]


def test_who_waits_goes_on_when_another_one_was_answered() -> None:
    class Meanwhile(Waiting):
        def wait(self, seconds: float) -> None:
            super().wait(seconds)
            if self.now_s == 3.0:
                endpoint._note(None)  # what another thread does when its call comes back

    errand = Meanwhile()
    endpoint = Endpoint(random.Random(1), errand.clock)
    asked_too_much(endpoint, errand, busy_for(60.0))
    endpoint.ask(errand, lambda: None)
    assert errand.now_s == 3.0

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.service.access.pairing import (
    CODE_DIGITS,
    CODE_LIFE_S,
    MAX_TRIES,
    TRANSITIONS,
    Pairing,
    PairingEvent,
    PairingState,
    new_code,
    next_state,
)
from powerstream_desktop.service.access.scope import Scope

NOW = 1000.0
WRONG = "not it"


@pytest.fixture
def pairing() -> Pairing:
    numbers = itertools.count(100_000)
    return Pairing(lambda: str(next(numbers)))


@pytest.mark.parametrize("state", list(PairingState))
@pytest.mark.parametrize("event", list(PairingEvent))
def test_every_pair_of_state_and_event_is_in_the_table_or_a_bug(
    state: PairingState, event: PairingEvent
) -> None:
    if event in TRANSITIONS[state]:
        assert next_state(state, event) is TRANSITIONS[state][event]
    else:
        with pytest.raises(BugError):
            next_state(state, event)


def test_the_right_code_lets_in_once_with_what_was_allowed(pairing: Pairing) -> None:
    code = pairing.open(Scope.CONTROL, NOW).reveal()
    assert pairing.try_code(code, NOW + 1) is Scope.CONTROL
    assert pairing.state(NOW + 1) is PairingState.PAIRED
    assert pairing.try_code(code, NOW + 1) is None


def test_a_code_that_nobody_opened_lets_nobody_in(pairing: Pairing) -> None:
    for code in ("", "100000", "None"):
        assert pairing.try_code(code, NOW) is None
    assert pairing.state(NOW) is PairingState.CLOSED


@pytest.mark.parametrize(
    ("waited_s", "lets_in"), [(CODE_LIFE_S - 0.001, True), (CODE_LIFE_S, False), (1e9, False)]
)
def test_a_code_is_good_for_two_minutes(pairing: Pairing, waited_s: float, lets_in: bool) -> None:
    code = pairing.open(Scope.READ, NOW).reveal()
    assert (pairing.try_code(code, NOW + waited_s) is not None) is lets_in
    assert pairing.state(NOW + waited_s) is (PairingState.PAIRED if lets_in else PairingState.EXPIRED)


def test_three_wrong_codes_spend_the_right_one(pairing: Pairing) -> None:
    code = pairing.open(Scope.READ, NOW).reveal()
    for _ in range(MAX_TRIES):
        assert pairing.try_code(WRONG, NOW) is None
    assert pairing.state(NOW) is PairingState.SPENT
    assert pairing.try_code(code, NOW) is None


def test_a_wrong_code_or_two_are_forgiven(pairing: Pairing) -> None:
    code = pairing.open(Scope.READ, NOW).reveal()
    for _ in range(MAX_TRIES - 1):
        pairing.try_code(WRONG, NOW)
    assert pairing.try_code(code, NOW) is Scope.READ


@pytest.mark.parametrize(
    "wrong", ["", "100001", "1000000", "10000", " 100000", "١٠٠٠٠٠", "\ud800", "1" * 100_000]
)
def test_what_is_only_like_the_code_is_wrong(pairing: Pairing, wrong: str) -> None:
    assert pairing.open(Scope.READ, NOW).reveal() == "100000"
    assert pairing.try_code(wrong, NOW) is None


def test_opening_again_makes_the_first_code_worthless_and_gives_new_tries(pairing: Pairing) -> None:
    first = pairing.open(Scope.READ, NOW).reveal()
    pairing.try_code(WRONG, NOW)
    pairing.try_code(WRONG, NOW)
    second = pairing.open(Scope.CONTROL, NOW + 100).reveal()
    assert pairing.try_code(first, NOW + 100) is None
    assert pairing.try_code(second, NOW + 100 + CODE_LIFE_S - 1) is Scope.CONTROL


def test_closing_makes_a_code_worthless(pairing: Pairing) -> None:
    code = pairing.open(Scope.READ, NOW).reveal()
    pairing.close()
    assert pairing.try_code(code, NOW) is None


def test_no_device_is_let_in_that_could_let_others_in(pairing: Pairing) -> None:
    with pytest.raises(UserError):
        pairing.open(Scope.ADMIN, NOW)
    assert pairing.state(NOW) is PairingState.CLOSED


def test_codes_are_six_digits_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert all(len(code) == CODE_DIGITS and code.isdigit() for code in codes)
    assert len(codes) > 150

"""When a service counts as hung."""

from __future__ import annotations

from powerstream_desktop.service.keeper.answer_watch import HUNG_LOOKS, HUNG_S, AnswerRule, Finding
from powerstream_desktop.service.multistream.going_on_file import MAX_AGE_S


def test_a_service_that_answers_is_asked_at_every_look() -> None:
    rule = AnswerRule()
    for _ in range(5 * HUNG_LOOKS):
        assert rule.look() is Finding.ASK
        rule.answered()


def test_one_that_does_not_answer_is_asked_once_and_hangs_after_the_last_look() -> None:
    rule = AnswerRule()
    found = [rule.look() for _ in range(1 + HUNG_LOOKS)]
    assert found == [Finding.ASK, *[Finding.WAITING] * (HUNG_LOOKS - 1), Finding.HUNG]


def test_an_answer_that_comes_late_is_one() -> None:
    rule = AnswerRule()
    for _ in range(HUNG_LOOKS):
        rule.look()
    rule.answered()
    assert rule.look() is Finding.ASK
    assert rule.look() is Finding.WAITING


def test_a_broadcast_whose_service_hung_is_still_young_enough_to_be_taken_up_again() -> None:
    start_s = 20.0
    assert HUNG_S + start_s < MAX_AGE_S

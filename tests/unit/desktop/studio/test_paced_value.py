"""What a control shows and sends while somebody moves it."""

from __future__ import annotations

from powerstream_desktop.desktop.studio.audio.paced_value import INTERVAL_S, WORD_COMES_WITHIN_S, PacedValue


def value_of(told: float = 0.0) -> PacedValue[float]:
    return PacedValue(told, lambda wanted, told: abs(wanted - told) < 0.05)


def test_what_the_engine_says_is_shown() -> None:
    value = value_of(-3.0)
    assert value.shown(0.0) == -3.0
    value.told(-6.0)
    assert value.shown(0.0) == -6.0
    assert value.due(0.0) is None


def test_of_many_moves_the_newest_is_sent_twenty_times_a_second_at_most_and_the_last_one_always() -> None:
    value, sent = value_of(), []
    for step in range(101):
        now = step / 100
        value.want(-float(step))
        if (due := value.due(now)) is not None:
            sent.append(due)
            value.answered(now)
    while (wait_s := value.wait_s(now)) is not None:
        now += wait_s
        if (due := value.due(now)) is not None:
            sent.append(due)
            value.answered(now)
    assert sent[0] == 0.0
    assert sent[-1] == -100.0
    assert len(sent) <= 1 / INTERVAL_S + 2


def test_one_is_sent_at_a_time() -> None:
    value = value_of()
    value.want(-1.0)
    assert value.due(0.0) == -1.0
    value.want(-2.0)
    assert value.due(1.0) is None
    assert value.wait_s(1.0) is None
    value.answered(1.0)
    assert value.due(1.0) == -2.0


def test_what_the_user_wants_is_shown_until_the_engines_word_for_it_has_come() -> None:
    value = value_of()
    value.want(-5.0)
    value.told(-1.0)  # an older word
    assert value.shown(0.0) == -5.0
    value.due(0.0)
    value.answered(0.1)
    assert value.shown(0.2) == -5.0
    value.told(-5.0)
    value.told(-7.0)  # somebody else
    assert value.shown(0.2) == -7.0


def test_the_engines_word_may_come_before_its_answer() -> None:
    value = value_of()
    value.want(-5.0)
    value.due(0.0)
    value.told(-5.0)
    value.answered(0.1)
    value.told(-9.0)
    assert value.shown(0.1) == -9.0


def test_a_word_that_never_comes_is_not_waited_for_for_long() -> None:
    value = value_of()
    value.want(-5.0)
    value.due(0.0)
    value.answered(1.0)
    assert value.shown(1.0 + WORD_COMES_WITHIN_S - 0.01) == -5.0
    assert value.shown(1.0 + WORD_COMES_WITHIN_S) == 0.0


def test_what_was_refused_is_shown_no_more() -> None:
    value = value_of()
    value.want(-5.0)
    value.due(0.0)
    value.answered(0.1, is_refused=True)
    assert value.shown(0.1) == 0.0

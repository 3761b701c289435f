from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.doctor.check import Check, Examined, Level, Look, Verdict
from powerstream_desktop.service.doctor.examination import examine

FINE = Verdict(sentence="All is well.")


def check(area: str, look: Look, *, limit_s: float = 5.0, when_silent: Level = Level.PROBLEM) -> Check:
    return Check(area=area, look=look, limit_s=limit_s, when_silent=when_silent, silent_remedy="Shake it.")


@pytest.fixture
def hanging() -> Iterator[Look]:
    """A look that returns only when the test is over."""
    release = threading.Event()

    def look() -> tuple[Verdict, ...]:
        release.wait(30)
        return (FINE,)

    yield look
    release.set()


def test_checks_are_told_in_their_order_whichever_is_done_first() -> None:
    second_is_done = threading.Event()

    def first() -> tuple[Verdict, ...]:
        second_is_done.wait(5)
        return (FINE,)

    def second() -> tuple[Verdict, ...]:
        second_is_done.set()
        return (FINE,)

    examined = list(examine([check("one", first), check("two", second)]))
    assert [each.area for each in examined] == ["one", "two"]
    assert all(each.verdicts == (FINE,) for each in examined)


def test_a_check_that_hangs_is_said_and_hinders_no_other(hanging: Look) -> None:
    examined = list(examine([check("camera", hanging, limit_s=0.05), check("disk", lambda: (FINE,))]))
    assert examined[0].verdicts == (
        Verdict(level=Level.PROBLEM, sentence="There was no answer within 0.05 seconds.", remedy="Shake it."),
    )
    assert examined[1].level is Level.OK


def test_what_hangs_weighs_as_much_as_its_check_says(hanging: Look) -> None:
    (examined,) = examine([check("keyring", hanging, limit_s=0.05, when_silent=Level.WARNING)])
    assert examined.level is Level.WARNING


def test_a_fault_of_ours_is_told_in_its_own_words() -> None:
    def look() -> tuple[Verdict, ...]:
        raise SystemFault("The disk is gone.", hint="Plug it in.")

    (examined,) = examine([check("disk", look)])
    assert examined.verdicts == (
        Verdict(level=Level.PROBLEM, sentence="The disk is gone.", remedy="Plug it in."),
    )


def test_a_foreign_exception_ends_its_check_only() -> None:
    def look() -> tuple[Verdict, ...]:
        raise ZeroDivisionError("secret detail")

    (examined,) = examine([check("odd", look)])
    assert examined.level is Level.PROBLEM
    assert "ZeroDivisionError" in examined.verdicts[0].sentence
    assert "secret" not in examined.verdicts[0].sentence


def test_the_weightiest_verdict_decides() -> None:
    warning = Verdict(level=Level.WARNING, sentence="Hm.")
    problem = Verdict(level=Level.PROBLEM, sentence="No.")
    assert Examined(area="a", verdicts=(FINE, warning), took_ms=1).level is Level.WARNING
    assert Examined(area="a", verdicts=(problem, FINE, warning), took_ms=1).level is Level.PROBLEM

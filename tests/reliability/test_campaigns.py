"""The reliability run tells the truth of what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability import __main__ as program
from tests.reliability.campaign import Campaign, Verdict, in_batches, played
from tests.reliability.damaged_files import recover_some


def campaign(name: str, cases: int, *broken: str) -> Campaign:
    def play(wanted: int, folder: Path) -> Verdict:
        assert list(folder.iterdir()) == []
        return Verdict(f"{wanted} of {name}", broken)

    return Campaign(name, "somebody trips", "nobody falls", cases, play)


@pytest.fixture
def _campaigns(monkeypatch: pytest.MonkeyPatch) -> None:
    two = (campaign("A1", 100), campaign("B2", 7, *(f"case {number} fell" for number in range(12))))
    monkeypatch.setattr(program, "CAMPAIGNS", {each.id: each for each in two})


@pytest.mark.usefixtures("_campaigns")
def test_a_promise_that_is_kept_ends_in_a_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["A1"]) == 0
    _, row = capsys.readouterr().out.splitlines()
    assert row.startswith("A1     100  somebody trips")
    assert row.endswith("yes")


@pytest.mark.usefixtures("_campaigns")
def test_a_broken_promise_ends_in_a_one_and_says_how_it_was_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert program.main([]) == 1
    told = capsys.readouterr().out
    assert "100 of A1" in told
    assert "7 of B2" in told
    assert "promised: nobody falls" in told
    assert "case 9 fell" in told
    assert "case 10 fell" not in told
    assert "and 2 more" in told


@pytest.mark.usefixtures("_campaigns")
def test_the_quick_form_plays_a_twentieth_and_at_least_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--quick"]) == 1
    told = capsys.readouterr().out
    assert "5 of A1" in told
    assert "1 of B2" in told


@pytest.mark.usefixtures("_campaigns")
def test_a_name_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["A1", "Z9"])
    assert caught.value.code == 2
    assert "there is no Z9; there are A1, B2" in capsys.readouterr().err


def test_a_case_that_fails_is_told_and_the_others_go_on() -> None:
    def case(number: int) -> int:
        if number == 1:
            raise ValueError("fell")
        return number

    assert list(played(case, range(3), 2)) == [(0, 0), (1, "ValueError: fell"), (2, 2)]


def test_batches_hold_every_number_once() -> None:
    assert [list(batch) for batch in in_batches(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(in_batches(range(0), 2)) == []


def test_a_recovered_file_is_judged_and_cleared_away(tmp_path: Path) -> None:
    outcomes = recover_some([3, 4], tmp_path)
    assert [each.story.partition(":")[0] for each in outcomes] == ["3", "4"]
    assert all(each.is_untouched for each in outcomes)
    assert list(tmp_path.iterdir()) == []

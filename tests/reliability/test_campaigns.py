"""The reliability run tells the truth of what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.reliability import __main__ as program
from tests.reliability import report
from tests.reliability.campaign import Campaign, Verdict, in_batches, played
from tests.reliability.damaged_files import recover_some
from tests.reliability.other_runs import judged


def campaign(name: str, cases: int, *broken: str) -> Campaign:
    def play(wanted: int, folder: Path) -> Verdict:
        assert list(folder.iterdir()) == []
        return Verdict(f"{wanted} of {name}", broken)

    return Campaign(name, "somebody trips", "nobody falls", cases, play)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "reliability.md"
    path.write_text(f"Above.\n{report.BEGIN}\n{report.END}\nBelow.\n")
    monkeypatch.setattr(report, "PAGE", path)
    return path


@pytest.fixture
def _campaigns(monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    two = (
        replace(campaign("A1", 100), long_cases=600),
        campaign("B2", 7, *(f"case {number} fell" for number in range(12))),
    )
    monkeypatch.setattr(program, "CAMPAIGNS", {each.id: each for each in two})


@pytest.mark.usefixtures("_campaigns")
def test_a_promise_that_is_kept_ends_in_a_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["A1"]) == 0
    _, row = capsys.readouterr().out.splitlines()
    assert row.startswith("A1       100  somebody trips")
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


@pytest.mark.usefixtures("_campaigns")
def test_the_long_form_plays_more_of_what_has_one(capsys: pytest.CaptureFixture[str]) -> None:
    program.main(["--full"])
    told = capsys.readouterr().out
    assert "600 of A1" in told
    assert "7 of B2" in told


@pytest.mark.usefixtures("_campaigns")
def test_the_page_says_of_everything_what_came_of_it_and_when(page: Path) -> None:
    program.main([])
    above, *table, below = page.read_text().splitlines()
    assert (above, below) == ("Above.", "Below.")
    [kept] = [line for line in table if line.startswith("| A1 |")]
    [broken] = [line for line in table if line.startswith("| B2 |")]
    assert "| somebody trips | nobody falls | 100 | 100 of A1 | yes | 20" in kept
    assert "| **NO**: case 0 fell; case 1 fell; case 2 fell; and 9 more | 20" in broken
    assert report.commit_here() in kept


@pytest.mark.usefixtures("_campaigns")
def test_the_page_is_left_alone_by_a_part_or_the_quick_form_unless_it_is_named(
    page: Path, tmp_path: Path
) -> None:
    before = page.read_text()
    program.main(["A1"])
    program.main(["--quick"])
    assert page.read_text() == before
    other = tmp_path / "other.md"
    other.write_text(before)
    program.main(["A1", "--write", str(other)])
    assert "| A1 |" in other.read_text()
    assert "| B2 |" not in other.read_text()


@pytest.mark.usefixtures("_campaigns")
def test_a_row_that_is_played_again_replaces_its_old_one_and_no_other(page: Path) -> None:
    program.main([])
    program.main(["A1", "--quick", "--write", str(page)])
    rows = [line.split(" | ") for line in page.read_text().splitlines() if line.startswith(("| A1", "| B2"))]
    assert [(row[0], row[3]) for row in rows] == [("| A1", "5"), ("| B2", "7")]


@pytest.mark.usefixtures("_campaigns")
@pytest.mark.parametrize("name", ["no such folder/page.md", "."])
def test_a_page_that_cannot_be_written_is_said_before_anything_is_played(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="cannot be written"):
        program.main(["A1", "--write", str(tmp_path / name)])
    assert "A1" not in capsys.readouterr().out


def test_a_page_without_a_place_for_the_rows_is_refused() -> None:
    with pytest.raises(SystemExit, match="lacks the marks"):
        report.with_lines("nothing", {}, [])


def test_tests_that_fail_are_broken_promises() -> None:
    said = "..F\nFAILED tests/a.py::b - it fell\n1 failed, 2 passed, 1 skipped in 3.0s"
    assert judged(said, 1) == Verdict("2 passed, 1 not possible here", ("FAILED tests/a.py::b - it fell",))
    assert judged("9 passed in 1.0s", 0) == Verdict("9 passed")


def test_tests_that_could_not_even_begin_are_a_broken_promise() -> None:
    verdict = judged("no tests ran in 0.1s", 4)
    assert verdict.broken == ("pytest ended with 4: no tests ran in 0.1s",)


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

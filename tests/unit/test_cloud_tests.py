"""The table of the cloud's tests has every case and invariant once, and names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
CASES = [f"V{number:02}" for number in range(1, 35)]
INVARIANTS = [f"I{number}" for number in range(1, 7)]
PAGE = (PROJECT / "docs" / "cloud_tests.md").read_text("utf-8")


def rows(initial: str) -> list[list[str]]:
    """Return the cells of the rows whose number begins so."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines()]
    return [each for each in cells if re.fullmatch(rf"{initial}\d+", each[0])]


def test_every_case_and_every_invariant_has_one_row() -> None:
    assert [row[0] for row in rows("V")] == CASES
    assert [row[0] for row in rows("I")] == INVARIANTS


def test_a_case_is_whole_or_it_is_said_what_is_missing() -> None:
    for row in rows("V"):
        assert len(row) == 5, row[0]
        assert row[3] == "yes" or re.match(r"(partly|no): \w", row[3]), row[0]


def test_what_the_table_names_are_tests_that_exist() -> None:
    for row in (*rows("V"), *rows("I")):
        assert NAMED.findall(row[-1]) or row[-2].startswith("no: "), row[0]
    for file, name in NAMED.findall(PAGE):
        assert f"def {name}(" in (PROJECT / file).read_text("utf-8"), name

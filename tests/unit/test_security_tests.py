"""The table of the security tests names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_promise_of_security_is_held_by_tests_that_exist() -> None:
    rows = [
        row
        for row in (PROJECT / "docs" / "security_tests.md").read_text("utf-8").splitlines()
        if row.startswith("| S")
    ]
    assert len(rows) > 12
    for row in rows:
        named = NAMED.findall(row)
        assert named, row
        for file, name in named:
            assert f"def {name}(" in (PROJECT / file).read_text("utf-8"), name

"""What ``bootstrap.py reliability`` starts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import verbs
from installer.environment import ROOT


@pytest.mark.parametrize("arguments", [[], ["R01", "R14"], ["--quick"]])
def test_names_are_those_of_accidents(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    became: list[Sequence[str | Path]] = []
    monkeypatch.chdir(tmp_path)  # back to where we were, at the end

    def become(*command: str | Path) -> int:
        became.append(command)
        return 0

    monkeypatch.setattr(verbs, "become", become)
    assert verbs.reliability(arguments) == 0
    [(_, *rest)] = became
    assert rest == ["-m", "tests.reliability", *arguments]
    assert Path.cwd() == ROOT
    assert (ROOT / "tests" / "reliability" / "__main__.py").is_file()


@pytest.mark.parametrize(("codes", "played", "ends_in"), [([0, 0, 0], 3, 0), ([0, 4, 0], 2, 4)])
def test_rounds_of_the_end_to_end_tests_go_on_until_one_fails(
    codes: list[int], played: int, ends_in: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Sequence[str]] = []

    def pytest_run(arguments: Sequence[str]) -> int:
        given.append(arguments)
        return codes[len(given) - 1]

    monkeypatch.setattr(verbs, "_pytest", pytest_run)
    assert verbs.reliability(["--rounds", "3", "-k", "kill"]) == ends_in
    assert given == [["-q", "tests/e2e", "tests/integration", "-k", "kill"]] * played

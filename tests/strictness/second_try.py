"""A test with real processes that fails is tried once more, in the run that decides what lands (ADR 0021).

Off unless ``--second-try`` is given, so that nobody who works on a test is spared anything. Every first failure is printed in
full, and a run with more of them than ``MOST`` fails: one test that a noisy neighbour disturbed is bad luck, five are a fault.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

MOST: Final = 4
_REAL_PROCESSES: Final = (Path("tests/e2e"), Path("tests/integration"))


def add_option(parser: pytest.Parser) -> None:
    """Make ``--second-try`` known."""
    parser.addoption(
        "--second-try",
        action="store_true",
        help="try a failed test of tests/e2e or tests/integration once more, and say so",
    )


class SecondTryPlugin:
    """Marks the tests, counts and tells their first failures.

    Args:
        root: of the project.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._first_failures: list[pytest.TestReport] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if any(item.path.is_relative_to(self._root / folder) for folder in _REAL_PROCESSES):
                item.add_marker(pytest.mark.flaky(reruns=1))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        outcome: str = report.outcome
        if outcome == "rerun":  # the library's own, which pytest's types do not know
            self._first_failures.append(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.OK and len(self._first_failures) > MOST:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self._first_failures:
            return
        terminalreporter.section("tried twice")
        for report in self._first_failures:
            terminalreporter.write_line(f"{report.nodeid}: its first failure, to be looked into:")
            terminalreporter.write_line(report.longreprtext)
            for title, content in report.sections:
                terminalreporter.write_line(f"--- {title}\n{content}")
        if len(self._first_failures) > MOST:
            terminalreporter.write_line(f"More than {MOST} tests needed a second try: the run has failed.")

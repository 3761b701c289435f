"""A test with real processes that fails is tried once more, in the run that decides what lands (ADR 0021).

Off unless ``--second-try`` is given, so that nobody who works on a test is spared anything. Every first failure is printed in
full, and a run with more of them than ``MOST`` fails: one test that a noisy neighbour disturbed is bad luck, five are a fault.
A broadcast that all tests of a file look at is played anew for the second try, which is why this is not left to a library: those
keep what the file shares.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

import pytest
from _pytest.runner import runtestprotocol

MOST: Final = 4
REAL_PROCESSES: Final = (Path("tests/e2e"), Path("tests/integration"))
_FIRST_FAILURE: Final = "rerun"


def add_option(parser: pytest.Parser) -> None:
    """Make ``--second-try`` known."""
    parser.addoption(
        "--second-try",
        action="store_true",
        help="try a failed test of tests/e2e or tests/integration once more, and say so",
    )


class SecondTryPlugin:
    """Tries again, and tells of it.

    Args:
        root: of the project.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._first_failures: list[pytest.TestReport] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        if not any(item.path.is_relative_to(self._root / folder) for folder in REAL_PROCESSES):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if any(report.failed for report in reports):
            self._tell_first_failures(item, reports)
            _prepare_anew(item)
            reports = runtestprotocol(item, nextitem=nextitem, log=False)
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        outcome: str = report.outcome
        return (_FIRST_FAILURE, "R", "RERUN") if outcome == _FIRST_FAILURE else None

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

    def _tell_first_failures(self, item: pytest.Item, reports: list[pytest.TestReport]) -> None:
        failure = next(report for report in reports if report.failed)
        self._first_failures.append(failure)
        failure.outcome = _FIRST_FAILURE  # type: ignore[assignment]
        item.ihook.pytest_runtest_logreport(report=failure)


def _prepare_anew(item: pytest.Item) -> None:
    """End what the test's file shares, as before a test of another file, and let the time for the test begin anew."""
    file = item.getparent(pytest.Module)
    if file is not None:
        item.session._setupstate.teardown_exact(cast("pytest.Item", file.parent))
    item._initrequest()  # type: ignore[attr-defined]
    plugins = item.config.pluginmanager
    timeouts: Any = plugins.get_plugin("timeout") or plugins.get_plugin("pytest_timeout")
    settings = timeouts._get_item_settings(item)
    if settings.timeout:
        item.ihook.pytest_timeout_cancel_timer(item=item)
        item.ihook.pytest_timeout_set_timer(item=item, settings=settings)

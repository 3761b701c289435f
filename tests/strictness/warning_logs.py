"""An unexpected log record of level WARNING or above fails the test; ``allow_warning_logs`` exempts one that checks them."""

from __future__ import annotations

import logging
from collections.abc import Generator

import pytest

MARKER = "allow_warning_logs"


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


class WarningLogsPlugin:
    """Listens on the root logger from before a test's fixtures until after them."""

    def __init__(self) -> None:
        self._collector = _Collector()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        self._collector.lines = []
        logging.getLogger().addHandler(self._collector)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        result = yield
        self._fail_on_lines(item)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        try:
            result = yield
        finally:
            logging.getLogger().removeHandler(self._collector)
        self._fail_on_lines(item)
        return result

    def _fail_on_lines(self, item: pytest.Item) -> None:
        lines, self._collector.lines = self._collector.lines, []
        if lines and not item.get_closest_marker(MARKER):
            pytest.fail("unexpected warnings in the log:\n" + "\n".join(lines), pytrace=False)

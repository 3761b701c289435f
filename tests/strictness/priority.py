"""No test leaves the run with a real-time priority, which all tests behind it and their processes would inherit."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator

import pytest


class PriorityPlugin:
    """Looks at the main thread after each test, and makes it ordinary again."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        result = yield
        if sys.platform == "linux" and os.sched_getscheduler(0) != os.SCHED_OTHER:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
            pytest.fail("the test, or a library that it used, gave this process another scheduling class")
        return result

"""The strictness every test lives under; each rule is a small plugin in ``tests/strictness``.

Warnings are errors and the order is random by pyproject.toml and pytest-randomly. A fixture or test of a window asks
for a display with ``--xvfb-backend``; all others start none.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from powerstream_desktop.common.redaction import REDACTOR
from tests.strictness import second_try, shared_files
from tests.strictness.guard import GuardPlugin
from tests.strictness.leaks import LeaksPlugin
from tests.strictness.network import NetworkGuardPlugin
from tests.strictness.priority import PriorityPlugin
from tests.strictness.warning_logs import WarningLogsPlugin

_EXAMPLES = {"quick": 15, "ci": 60, "thorough": 3000}

for _name, _examples in _EXAMPLES.items():
    hypothesis.settings.register_profile(
        _name,
        max_examples=_examples,
        # A shared machine is slow at times; pytest-timeout catches what hangs.
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        # No state between runs: a failure prints the decorator that reproduces it instead.
        database=None,
        print_blob=True,
    )
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the run that decides asks for."""
    second_try.add_option(parser)
    shared_files.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Put the rules in force."""
    config.pluginmanager.register(NetworkGuardPlugin())
    config.pluginmanager.register(LeaksPlugin())
    config.pluginmanager.register(WarningLogsPlugin())
    config.pluginmanager.register(PriorityPlugin())
    config.pluginmanager.register(GuardPlugin(config.rootpath))
    if config.getoption("--second-try"):
        config.pluginmanager.register(second_try.SecondTryPlugin(config.rootpath))
    shared_files.register_if_asked(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xvfb_disable(config: pytest.Config) -> bool:
    """Start a virtual display only when one was asked for: most tests need none, and it costs a second."""
    return config.getoption("--xvfb-backend") is None


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let child processes keep what Python compiled for the next one, as an installed program does.

    Containers often forbid it, and then each of the hundreds of processes that are started here compiles all modules anew.
    What was forbidden was to leave files beside the sources: they go to a folder of this run.
    """
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.fixture(autouse=True)
def _secrets_of_one_test() -> Iterator[None]:
    """Have what one test protects struck out of no other one's lines: made-up secrets are ordinary words elsewhere."""
    before = REDACTOR._values.copy()
    yield
    with REDACTOR._lock:
        if before.keys() != REDACTOR._values.keys():
            REDACTOR._values, REDACTOR._table = before, None


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("homes")
    return (root / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def powerstream_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own ``POWERSTREAM_HOME``; it does not exist before the test makes it."""
    home = next(_homes)
    monkeypatch.setenv("POWERSTREAM_HOME", str(home))
    return home

"""A service is started by real processes, and goes on without whoever started it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.client.starting import OWN_WORDS, find_or_start, start_service
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.home_lock import is_home_served
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.service_file import find_service

SCRIPT = str(Path(__file__).with_name("small_service.py"))
ROOT = str(Path(__file__).parents[3])


def small(mode: str) -> tuple[str, ...]:
    return (sys.executable, SCRIPT, mode)


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    monkeypatch.setenv("PYTHONPATH", ROOT)
    found = Paths.from_environment(os.environ)
    yield found
    service = find_service(found.runtime)
    if service is not None:
        os.kill(service.pid, signal.SIGTERM)
    ends_at = time.monotonic() + 5
    while is_home_served(found.runtime) and time.monotonic() < ends_at:
        time.sleep(0.01)


def test_a_service_is_started_once_and_then_found(paths: Paths) -> None:
    started = start_service(paths, command=small("up"))
    assert find_or_start(paths) == started


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_has_nothing_of_who_started_it(paths: Paths) -> None:
    pid = start_service(paths, command=small("up")).pid
    assert os.getsid(pid) == pid
    for descriptor, place in enumerate((os.devnull, os.devnull, str(paths.runtime / OWN_WORDS))):
        assert str(Path(f"/proc/{pid}/fd/{descriptor}").readlink()) == place


def test_one_that_does_not_come_up_says_why(paths: Paths) -> None:
    with pytest.raises(ServiceGoneError) as raised:
        start_service(paths, command=small("dies"))
    assert str(raised.value) == "PowerStream's service did not come up. The disk is full. Free some of it."


def test_of_two_that_are_started_at_once_either_will_do(paths: Paths) -> None:
    found = start_service(paths, command=small("late"))
    assert is_home_served(paths.runtime)
    assert find_or_start(paths) == found


def test_the_one_that_has_taken_the_home_is_waited_for_as_long_as_ours_would_have_been(paths: Paths) -> None:
    assert start_service(paths, command=small("late-slow")) == find_service(paths.runtime)


def test_what_cannot_be_run_is_said(paths: Paths) -> None:
    with pytest.raises(SystemFault, match="cannot be run"):
        start_service(paths, command=("/nowhere/at/all",))


def test_patience_ends(paths: Paths) -> None:
    slow = (sys.executable, "-c", "import time; time.sleep(0.5)")
    with pytest.raises(ServiceGoneError, match="Its log is in"):
        start_service(paths, command=slow, patience_s=0.1)

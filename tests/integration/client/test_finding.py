"""What a home shows of a service: none, one, one that is coming up, one that died. With real files and locks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from powerstream_desktop.client.finding import COMING_UP_S, DIED_S, find_soon
from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import ServiceFile, remove_service_file, write_service_file

SERVICE = ServiceFile(
    url="http://127.0.0.1:5001", token=Secret("a-token"), pid=1, version="1", started_at_s=0
)


class Waiting:
    """A clock that sleeping moves; after some naps, something happens."""

    def __init__(self, happens_after_s: float = 0.0, happens: Callable[[], object] = lambda: None) -> None:
        self._happens_after_s = happens_after_s
        self._happens = happens
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def sleep(self, pause_s: float) -> None:
        self.now += pause_s
        if self.now - pause_s < self._happens_after_s <= self.now:
            self._happens()


@pytest.fixture
def runtime() -> Path:
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    return paths.runtime


def find(runtime: Path, waiting: Waiting) -> ServiceFile | None:
    return find_soon(runtime, clock=waiting.clock, sleep=waiting.sleep)


def test_where_there_never_was_one_none_is_waited_for(runtime: Path) -> None:
    waiting = Waiting()
    assert find(runtime, waiting) is None
    assert waiting.now == 0


def test_one_that_ended_properly_is_not_waited_for(runtime: Path) -> None:
    lock = HomeLock(runtime)
    assert lock.acquire()
    write_service_file(runtime, SERVICE)
    remove_service_file(runtime)
    lock.release()
    waiting = Waiting()
    assert find(runtime, waiting) is None
    assert waiting.now == 0


def test_one_that_runs_is_found_at_once(runtime: Path) -> None:
    lock = HomeLock(runtime)
    assert lock.acquire()
    write_service_file(runtime, SERVICE)
    waiting = Waiting()
    assert find(runtime, waiting) == SERVICE
    assert waiting.now == 0
    lock.release()


def test_one_that_is_coming_up_is_waited_for(runtime: Path) -> None:
    lock = HomeLock(runtime)
    assert lock.acquire()
    waiting = Waiting(4.0, lambda: write_service_file(runtime, SERVICE))
    assert find(runtime, waiting) == SERVICE
    assert waiting.now == pytest.approx(4.0, abs=0.1)
    lock.release()


def test_one_that_comes_up_for_ever_is_given_up(runtime: Path) -> None:
    lock = HomeLock(runtime)
    assert lock.acquire()
    waiting = Waiting()
    assert find(runtime, waiting) is None
    assert waiting.now == pytest.approx(COMING_UP_S, abs=0.1)
    lock.release()


def test_one_that_was_killed_is_waited_for_until_its_keeper_had_time(runtime: Path) -> None:
    write_service_file(runtime, SERVICE)
    waiting = Waiting()
    assert find(runtime, waiting) is None
    assert waiting.now == pytest.approx(DIED_S, abs=0.1)
    lock = HomeLock(runtime)
    waiting = Waiting(1.0, lock.acquire)
    assert find(runtime, waiting) == SERVICE
    lock.release()

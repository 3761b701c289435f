"""What a test starts, it stops: threads, child processes and asyncio tasks that outlive it fail it.

What a fixture of wider scope starts (a server shared by a module) is exempt, because it belongs to the fixture.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from weakref import WeakSet

import pytest

GRACE_S = 2.0
"""How long a thread or process that is already ending may take."""

_SESSION_THREADS = ("pytest_timeout", "pydevd")
_SESSION_CHILDREN = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
_POLL_S = 0.01


class LeaksPlugin:
    """Compares what runs before a test's fixtures with what runs after them."""

    def __init__(self) -> None:
        self._threads: WeakSet[threading.Thread] = WeakSet()
        self._children: set[int] = set()
        self._tasks: list[str] = []
        self._patch = pytest.MonkeyPatch()

    def pytest_sessionstart(self) -> None:
        self._watch_event_loops()

    def pytest_unconfigure(self) -> None:
        self._patch.undo()

    def _watch_event_loops(self) -> None:
        """Look at the tasks that ``asyncio.run`` is about to cancel silently: they are the leaked ones."""
        cancel_all = asyncio.runners._cancel_all_tasks  # type: ignore[attr-defined]

        def remember_and_cancel(loop: asyncio.AbstractEventLoop) -> None:
            self._tasks.extend(repr(task.get_coro()) for task in asyncio.all_tasks(loop))
            cancel_all(loop)

        self._patch.setattr(asyncio.runners, "_cancel_all_tasks", remember_and_cancel)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        self._threads = WeakSet(threading.enumerate())
        self._children = _children()
        self._tasks = []
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        if fixturedef.scope == "function":
            return (yield)
        threads, children = set(threading.enumerate()), _children()
        result = yield
        self._threads.update(set(threading.enumerate()) - threads)
        self._children |= _children() - children
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        result = yield
        tasks, self._tasks = self._tasks, []
        if tasks:
            pytest.fail(
                f"asyncio tasks still ran at the end of their loop: {', '.join(tasks)}", pytrace=False
            )
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        result = yield
        leaks = [*self._leaked_threads(), *self._leaked_children()]
        if leaks:
            pytest.fail(f"the test left behind: {', '.join(leaks)}", pytrace=False)
        return result

    def _leaked_threads(self) -> list[str]:
        # They are looked at again instead of joined: one that another thread is just starting cannot be joined yet.
        deadline = time.monotonic() + GRACE_S
        mine = self._new_threads()
        while mine and time.monotonic() < deadline:
            threading.Event().wait(_POLL_S)
            mine &= self._new_threads()
        return sorted(f"thread {thread.name}" for thread in mine)

    def _new_threads(self) -> set[threading.Thread]:
        return {
            thread
            for thread in threading.enumerate()
            if thread not in self._threads and not thread.name.startswith(_SESSION_THREADS)
        }

    def _leaked_children(self) -> list[str]:
        deadline = time.monotonic() + GRACE_S
        mine = self._new_children()
        while mine and time.monotonic() < deadline:
            threading.Event().wait(_POLL_S)
            mine &= self._new_children()
        names = [
            f"process {pid} ({_command_line(pid) or 'ended, but nobody waited for it'})"
            for pid in sorted(mine)
        ]
        for pid in mine:
            _end(pid)
        return names

    def _new_children(self) -> set[int]:
        return {
            pid
            for pid in _children() - self._children
            if not any(name in _command_line(pid) for name in _SESSION_CHILDREN)
        }


def _children() -> set[int]:
    """Return the processes that this one started; Linux only, elsewhere nothing is known."""
    if sys.platform != "linux":
        return set()
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        try:
            found.update(int(pid) for pid in (task / "children").read_text().split())
        except FileNotFoundError:  # the thread has just ended
            continue
    return found


def _command_line(pid: int) -> str:
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
        )
    except OSError:
        return ""


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        return

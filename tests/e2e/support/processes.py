"""Real processes under a test's control: output to files, waits with a deadline, and never a survivor.

Each process leads a session of its own, so that killing its group reaches the children that it leaves behind (nginx
workers, our engine) and a Ctrl+C at the terminal does not reach it by accident.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.e2e.support.waiting import TimedOutError, wait_until

T = TypeVar("T")
TAIL_LINES = 40
TERMINATE_S = 5.0
KILL_S = 5.0


class ProcessEndedError(AssertionError):
    """A process ended while a test waited for something from it."""


class TestProcess:
    """One running program whose output goes to ``<name>.out`` and ``<name>.err`` in a folder.

    Args:
        argv: program and arguments.
        name: used for the log files and in messages; unique within the folder.
        folder: existing folder for the logs; also the working directory.
        env: variables added to the environment of the test run.
        stdin: a file descriptor or ``subprocess.PIPE``; nothing by default.
        pass_fds: descriptors that the child inherits.
    """

    __test__ = False

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        name: str,
        folder: Path,
        env: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self.name = name
        self._ended = False
        self.argv = [str(part) for part in argv]
        self.out_path = folder / f"{name}.out"
        self.err_path = folder / f"{name}.err"
        with self.out_path.open("wb") as out, self.err_path.open("wb") as err:
            self._popen = subprocess.Popen(
                self.argv,
                stdin=stdin,
                stdout=out,
                stderr=err,
                cwd=folder,
                env={**os.environ, **(env or {})},
                pass_fds=tuple(pass_fds),
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return (
            f"<{self.name} pid {self.pid}, {'running' if self.running else f'ended with {self.exit_code}'}>"
        )

    @property
    def pid(self) -> int:
        """Process id, which is also the id of its group."""
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._popen.poll() is None

    @property
    def exit_code(self) -> int | None:
        """Exit code, negative for a signal, None while it runs."""
        return self._popen.poll()

    @property
    def out(self) -> str:
        """Everything on standard output up to now."""
        return self.out_path.read_text(errors="replace")

    @property
    def err(self) -> str:
        """Everything on standard error up to now."""
        return self.err_path.read_text(errors="replace")

    def write_line(self, line: str) -> None:
        """Send one line to its standard input, which must be a pipe."""
        assert self._popen.stdin is not None, f"{self.name} was started without a pipe on stdin"
        self._popen.stdin.write(line.encode() + b"\n")
        self._popen.stdin.flush()

    def json_lines(self) -> Iterator[dict[str, Any]]:
        """Yield every whole line of standard output that is a JSON object."""
        for line in self.out.splitlines(keepends=True):
            if line.endswith("\n") and line.lstrip().startswith("{"):
                yield json.loads(line)

    def wait_for_line(self, pattern: str, *, timeout_s: float) -> re.Match[str]:
        """Return the first match of a regular expression in its output or error output."""
        compiled = re.compile(pattern, re.MULTILINE)

        def look() -> re.Match[str] | None:
            return compiled.search(self.out) or compiled.search(self.err)

        return self._wait(look, what=f"a line like {pattern!r}", timeout_s=timeout_s)

    def wait_for_json(
        self, wanted: Callable[[dict[str, Any]], bool], *, what: str, timeout_s: float, skip: int = 0
    ) -> dict[str, Any]:
        """Return the first JSON object on its standard output that is ``wanted``, leaving out the first ``skip``."""

        def look() -> dict[str, Any] | None:
            return next(
                (line for number, line in enumerate(self.json_lines()) if number >= skip and wanted(line)),
                None,
            )

        return self._wait(look, what=what, timeout_s=timeout_s)

    def wait_for_exit(self, *, timeout_s: float) -> int:
        """Return its exit code once it has ended by itself."""
        try:
            return self._popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            raise TimedOutError(f"waited {timeout_s:g} s for {self.name} to end\n{self.log_tail()}") from None

    def interrupt(self) -> None:
        """Do what Ctrl+C does: SIGINT to the whole group."""
        self._signal_group(signal.SIGINT)

    def suspend(self) -> None:
        """Freeze the whole group."""
        self._signal_group(signal.SIGSTOP)

    def resume(self) -> None:
        """Thaw the whole group."""
        self._signal_group(signal.SIGCONT)

    def kill(self) -> None:
        """Kill the whole group with SIGKILL and wait."""
        self._end_group()

    def stop(self) -> int:
        """End it politely, then by force; also ends children that outlived it. Returns its exit code."""
        if self.running:
            self._popen.terminate()
            self.resume()  # a frozen process would never see the request
            with suppress(subprocess.TimeoutExpired):
                self._popen.wait(TERMINATE_S)
        return self._end_group()

    def log_tail(self, lines: int = TAIL_LINES) -> str:
        """Return the last lines of both outputs, headed by what this process is."""
        parts = [f"{self!r}: {' '.join(self.argv)}"]
        for label, text in (("stdout", self.out), ("stderr", self.err)):
            kept = text.splitlines()[-lines:]
            if kept:
                parts += [f"--- {self.name} {label}", *kept]
        return "\n".join(parts)

    def _wait(self, look: Callable[[], T | None], *, what: str, timeout_s: float) -> T:
        def look_while_running() -> T | None:
            ended = not self.running  # asked first: what it wrote just before its end still counts
            found = look()
            if found is None and ended:
                raise ProcessEndedError(f"{self.name} ended while waiting for {what}\n{self.log_tail()}")
            return found

        try:
            found = wait_until(look_while_running, what=f"{what} from {self.name}", timeout_s=timeout_s)
        except TimedOutError as error:
            raise TimedOutError(f"{error}\n{self.log_tail()}") from None
        assert found is not None
        return found

    def _end_group(self) -> int:
        self._signal_group(signal.SIGKILL)
        self._ended = True
        if self._popen.stdin is not None:
            with suppress(BrokenPipeError):  # what was written last, and nobody read
                self._popen.stdin.close()
        return self._popen.wait(KILL_S)

    def _signal_group(self, number: signal.Signals) -> None:
        if self._ended:
            return  # its id may belong to somebody else by now
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

"""The bootstrap's verbs: what each needs, and what it does."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from installer.bare_root import try_on_bare_root
from installer.environment import DEV_LOCK, ROOT, RUNTIME_LOCK, VENV_PYTHON, install_environment
from installer.lanes import run_in_lanes
from installer.steps import BootstrapError
from installer.system_packages import (
    PACKAGE_PACKAGES,
    PACKAGE_TOOLS,
    RUN_PACKAGES,
    TEST_PACKAGES,
    TEST_TOOLS,
    install_system_packages,
)


@dataclass(frozen=True)
class Verb:
    """What can stand behind ``bootstrap.py``: a line of help, what it needs, and what it does."""

    help: str
    act: Callable[[Sequence[str]], int]
    packages: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    lock: Path | None = DEV_LOCK
    """What its environment holds; None for a verb that makes one of its own."""


def perform(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_usage())
        return 0 if arguments else 2
    name, *rest = arguments
    verb = VERBS.get(name)
    if verb is None:
        print(f"There is no verb {name!r}; there are: {', '.join(VERBS)}.")
        return 2
    signal.signal(signal.SIGTERM, _ended_from_outside)
    try:
        install_system_packages(verb.packages, verb.tools)
        if verb.lock is not None:
            install_environment(verb.lock)
        return verb.act(rest)
    except BootstrapError as problem:
        print("\n".join([*(f"    {line}" for line in problem.tail), str(problem)]), flush=True)
        return problem.code
    except OSError as error:
        print(f"{error.filename or 'The system'}: {error.strerror or error}.", flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def _usage() -> str:
    lines = [f"  {name:<12} {verb.help}" for name, verb in VERBS.items()]
    return "\n".join(["python3 installer/bootstrap.py VERB [ARGUMENTS]", "", *lines])


def _ended_from_outside(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)  # so that every ``finally`` runs


def become(*command: str | Path) -> int:
    """End as ``command``: on POSIX it replaces this process, so that Ctrl+C and signals reach it and nothing else."""
    parts = [str(part) for part in command]
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(parts[0], parts)
    return subprocess.call(parts)


def run_application(arguments: Sequence[str]) -> int:
    """Open the window; without a display, broadcast to the built-in receiver."""
    program = VENV_PYTHON.parent / "powerstream"
    if has_display(os.environ, platform=sys.platform):
        return become(program, *arguments)
    print("There is no display here: rehearsing a broadcast to the built-in receiver in this terminal.")
    return become(program, "rehearse", *arguments)


def has_display(environ: Mapping[str, str], *, platform: str) -> bool:
    """Return whether a window can be shown."""
    return platform in {"win32", "darwin"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def lint(arguments: Sequence[str]) -> int:
    """Run every check at once and print what each has to say; the exit code is 1 if one failed."""
    if arguments:
        raise BootstrapError(f"lint takes no arguments, but got {shlex.join(arguments)}.", code=2)
    checks: dict[str, list[str | Path]] = {
        "ruff format": [VENV_PYTHON, "-m", "ruff", "format", "--check", "."],
        "ruff check": [VENV_PYTHON, "-m", "ruff", "check", "."],
        "imports": [VENV_PYTHON.parent / "lint-imports"],
        "mypy": [VENV_PYTHON, "-m", "mypy"],
    }
    started = time.monotonic()
    running = {
        name: subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        for name, command in checks.items()
    }
    failed = False
    for name, process in running.items():
        log = process.communicate()[0]
        print(
            f"Lint, {name}: {'failed' if process.returncode else 'clean'} after {time.monotonic() - started:.1f} s",
            flush=True,
        )
        if process.returncode:
            print(log.rstrip(), flush=True)
            failed = True
    return int(failed)


def test(arguments: Sequence[str]) -> int:
    """Lint and run the tests; the last line is pytest's summary even if lint failed, because programs read it.

    All of them run in lanes; what was asked for by arguments in one.
    """
    if not arguments:
        pytest = [str(VENV_PYTHON), "-m", "pytest"]
        return run_in_lanes(pytest, before=lambda: lint([]), folder=ROOT)
    lint_code = lint([])
    return _pytest(["--second-try", *arguments]) or lint_code


def _pytest(arguments: Sequence[str]) -> int:
    return subprocess.call([str(VENV_PYTHON), "-m", "pytest", *arguments], cwd=ROOT)


def reliability(arguments: Sequence[str]) -> int:
    """Play everything that can break, and report it; or the end-to-end tests again and again, until one fails or all rounds are done."""
    if list(arguments[:1]) == ["--rounds"]:
        if len(arguments) < 2 or not arguments[1].isdigit():
            raise BootstrapError("--rounds needs a number.", code=2)
        return _rounds(int(arguments[1]), arguments[2:])
    os.chdir(ROOT)
    return become(VENV_PYTHON, "-m", "tests.reliability", *arguments)


def _rounds(rounds: int, rest: Sequence[str]) -> int:
    for number in range(1, rounds + 1):
        print(f"Round {number} of {rounds}", flush=True)
        code = _pytest(["-q", "tests/e2e", "tests/integration", *rest])
        if code:
            return code
    return 0


def bench(arguments: Sequence[str]) -> int:
    """Compare the relay, or the engine, with its peers; or measure how quickly replays are reviewed, or scrolled through, or the window answers."""
    named = arguments[:1] in (["engine"], ["review"], ["replays"], ["window"])
    subject, rest = (arguments[0], arguments[1:]) if named else ("relay", arguments)
    return become(VENV_PYTHON, ROOT / "tests" / "bench" / f"{subject}_bench.py", *rest)


def fuzz(arguments: Sequence[str]) -> int:
    """Feed the parsers with garbage, on every processor."""
    os.chdir(ROOT)
    return become(VENV_PYTHON, "-m", "tests.fuzz", *arguments)


def faults(arguments: Sequence[str]) -> int:
    """Play the fault matrix."""
    os.chdir(ROOT)
    return become(VENV_PYTHON, "-m", "tests.faults.fault_matrix", *arguments)


def screenshots(arguments: Sequence[str]) -> int:
    """Take pictures of every page and state of the window."""
    folder = [str(Path(arguments[0]).absolute()), *arguments[1:]] if arguments else []
    os.chdir(ROOT)
    return become(VENV_PYTHON, "-m", "tests.e2e.screenshots", *folder)


def bare_root(arguments: Sequence[str]) -> int:
    """Try both commands of the README on a Debian with nothing but Python."""
    if os.geteuid() != 0:
        raise BootstrapError("A bare root can be made by root only.", code=2)
    return try_on_bare_root(arguments)


def package(arguments: Sequence[str]) -> int:
    """Make packages, in an environment of their own: PyInstaller takes along whatever it finds beside the program."""
    venv = os.environ.get("POWERSTREAM_VENV") or str(ROOT / "build" / "package" / "venv")
    environment = {**os.environ, "POWERSTREAM_VENV": venv}
    return subprocess.call([sys.executable, "-m", "installer.package", *arguments], cwd=ROOT, env=environment)


VERBS = {
    "run": Verb("start PowerStream", run_application, RUN_PACKAGES, lock=RUNTIME_LOCK),
    "test": Verb(
        "lint and all tests, in lanes; arguments go to pytest, in one",
        test,
        (*RUN_PACKAGES, *TEST_PACKAGES),
        TEST_TOOLS,
    ),
    "lint": Verb("formatting, style, types, imports", lint),
    "bench": Verb(
        "[engine | window | review | replays]: the relay, or what is named, measured; arguments go to the bench",
        bench,
        (*RUN_PACKAGES, *TEST_PACKAGES),
        TEST_TOOLS,
    ),
    "faults": Verb(
        "[--rows F01,F07] [--quick] [--write PAGE]: the fault matrix as one table",
        faults,
        (*RUN_PACKAGES, *TEST_PACKAGES),
        TEST_TOOLS,
    ),
    "fuzz": Verb("TARGET… or --all [--cases N] [--seconds N] [--keep]: feed the parsers with garbage", fuzz),
    "screenshots": Verb(
        "FOLDER [NAME…]: pictures of the window from a real service",
        screenshots,
        (*RUN_PACKAGES, *TEST_PACKAGES),
        TEST_TOOLS,
    ),
    "reliability": Verb(
        "[R01 F45…] [--quick | --full] [--seed N]: everything that can break, into docs/reliability.md; --rounds N: the end-to-end tests, repeated",
        reliability,
        (*RUN_PACKAGES, *TEST_PACKAGES),
        TEST_TOOLS,
    ),
    "package": Verb(
        "[--reuse] [--no-trial]: the program without Python around it, its .deb, and a trial on a clean Debian",
        package,
        (*RUN_PACKAGES, *PACKAGE_PACKAGES),
        PACKAGE_TOOLS,
        lock=None,
    ),
    "bare-root": Verb(
        "both commands of the README on a Debian with nothing but Python; arguments go to pytest",
        bare_root,
        ("git", "mmdebstrap"),
        ("mmdebstrap",),
    ),
}

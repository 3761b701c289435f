"""How the bootstrap does and reports one step: a short line with its time, and on failure one sentence."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TAIL_LINES = 15


class BootstrapError(Exception):
    """A step failed: one sentence for the user, the end of the log that explains it, the exit code."""

    def __init__(self, sentence: str, *, log: str = "", code: int = 1) -> None:
        super().__init__(sentence)
        self.tail = log.strip().splitlines()[-TAIL_LINES:]
        self.code = code


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print what is being done, and how long it took."""
    print(f"{title} ...", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def run(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run ``command`` quietly; return its exit code and everything it said."""
    finished = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return finished.returncode, finished.stdout

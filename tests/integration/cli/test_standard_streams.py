"""Streams are the process's own, so each test looks at a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOOK = """
import os, sys
from powerstream_desktop.cli.standard_streams import prepare_streams
prepare_streams()
assert os.open(os.devnull, os.O_RDONLY) > 2, "a standard descriptor was left to the next file"
print("●")
print("on", "stdout", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes descriptors there in its own way")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_program_without_a_standard_stream_works(closed: str) -> None:
    ended = subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, LOOK], capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_character_that_a_stream_does_not_know_is_a_question_mark() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
    )
    assert ended.stdout.splitlines() == [b"?", b"on stdout"]

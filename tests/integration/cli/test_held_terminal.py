"""A whole rehearsal whose output nobody reads, as with Ctrl+S at a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="pipes there cannot be filled without a reader"
)

REHEARSE = (sys.executable, "-m", "powerstream_desktop", "rehearse", "--duration", "1", "--json")
INTERRUPTED = 128 + signal.SIGINT
PATIENCE_S = 60.0
"""Only a guard: on a machine at work for others a program may take long to begin and to end."""


def full_pipe() -> tuple[int, int]:
    """Return both ends of a pipe that takes not another byte until somebody reads."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    for size in (65_536, 1):
        try:
            while os.write(writer, bytes(size)):
                pass
        except BlockingIOError:
            continue
    os.set_blocking(writer, True)
    return reader, writer


def ended_by_ctrl_c(process: subprocess.Popen[bytes]) -> int:
    """Press Ctrl+C as people do; one that comes while the broadcast is still ending means nothing."""

    def pressed() -> bool:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            return False
        return True

    wait_until(pressed, what="the end of who waits", timeout_s=PATIENCE_S)
    return process.wait(0)


def test_a_broadcast_does_not_wait_for_who_reads_its_output(powerstream_home: Path) -> None:
    reader, writer = full_pipe()
    with subprocess.Popen(REHEARSE, stdout=writer, stderr=subprocess.PIPE) as process:
        try:
            os.close(writer)
            recordings = powerstream_home / "recordings"
            wait_until(
                lambda: [path.name.endswith(".recording.mp4") for path in recordings.glob("*")] == [False],
                what="a finished recording",
                timeout_s=PATIENCE_S,
            )
            assert process.poll() is None, "it waits to say what became of it"

            assert ended_by_ctrl_c(process) == INTERRUPTED
        finally:
            process.kill()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    os.close(reader)

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a library do that")

PROGRAM = """
import os, sys, threading
from powerstream_desktop.common.ordinary_threads import ordinary_threads

def real_time():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))

if sys.argv[1] == "before":
    real_time()
stay, begun = threading.Event(), threading.Event()
with ordinary_threads():
    real_time()
    threading.Thread(target=lambda: (begun.set(), stay.wait()), daemon=True).start()
    begun.wait()
print(sorted(os.sched_getscheduler(int(each)) for each in os.listdir("/proc/self/task")))
"""


def policies(begins: str) -> list[int]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, begins], capture_output=True, text=True, timeout=30, check=False
    )
    if "PermissionError" in run.stderr:
        pytest.skip("only root may have real-time threads here")
    assert run.returncode == 0, run.stderr
    return [int(policy) for policy in run.stdout.strip("[]\n").split(", ")]


def test_threads_that_became_real_time_are_ordinary_again() -> None:
    assert policies("later") == [os.SCHED_OTHER, os.SCHED_OTHER]


def test_a_thread_that_was_real_time_before_stays_so() -> None:
    assert policies("before") == [os.SCHED_OTHER, os.SCHED_FIFO]

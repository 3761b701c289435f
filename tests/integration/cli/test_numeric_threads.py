"""The engine, started by hand or by the service, has no threads that only wait for matrices."""

from __future__ import annotations

import os
import subprocess
import sys

_STOPPED_WHERE_NUMPY_IS_LOADED = """
import os, runpy, sys

def look(event, args):
    if event == "import" and args[0] == "numpy":
        os.write(2, os.environ["OPENBLAS_NUM_THREADS"].encode())
        os._exit(0)

sys.addaudithook(look)
sys.argv = ["powerstream", "engine"]
runpy.run_module("powerstream_desktop", run_name="__main__")
"""


def test_numpy_computes_on_one_thread_whatever_the_environment_says() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED_WHERE_NUMPY_IS_LOADED],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=30,
        check=True,
    )
    assert done.stderr == b"1"

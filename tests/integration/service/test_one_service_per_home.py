"""A service that is killed leaves nothing that keeps the next one out, or that a window would believe."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.service_file import find_service

SERVING = """
import os, sys, time
from pathlib import Path
from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import ServiceFile, write_service_file
runtime = Path(sys.argv[1])
assert HomeLock(runtime).acquire()
lock = HomeLock(runtime)
write_service_file(runtime, ServiceFile(
    url="http://127.0.0.1:5001", token=Secret("t"), pid=os.getpid(), version="0", started_at_s=0))
print("ready", flush=True)
time.sleep(60)
"""
"""The lock is dropped as an object, and held all the same: only ``release`` or the end of the process gives it back."""


def test_a_killed_service_is_known_as_dead_and_followed_at_once(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVING, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        found = find_service(tmp_path)
        assert found is not None
        assert found.pid == process.pid
        assert not HomeLock(tmp_path).acquire(patience_s=0)
    finally:
        process.kill()
        process.communicate()
    begun_s = time.monotonic()
    assert find_service(tmp_path) is None
    following = HomeLock(tmp_path)
    assert following.acquire(patience_s=0)
    following.release()
    assert time.monotonic() - begun_s < 1

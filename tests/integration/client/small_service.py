"""A service that only lives: lock, service.json, health. Run by the tests of starting one; ended by SIGTERM.

Usage: small_service.py MODE, which is "up", "slow" (it takes the home, and is long in coming up), "late" (another takes the home while
this one comes up), "late-slow" (both), or "dies".
"""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import time
from pathlib import Path

from powerstream_desktop.common.home_lock import HomeLock, is_home_served
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import ServiceFile, write_service_file

SLOW_S = 2.0


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "11")
        self.end_headers()
        self.wfile.write(b'{"ok":true}')


def main() -> None:
    runtime = Paths.from_environment(os.environ).runtime
    lock = HomeLock(runtime)
    if not lock.acquire(0):
        sys.exit("powerstream: A service runs already.")
    if sys.argv[1] == "slow":
        time.sleep(SLOW_S)
    server = http.server.HTTPServer(("127.0.0.1", 0), Health)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    write_service_file(
        runtime, ServiceFile(url=url, token=Secret("t"), pid=os.getpid(), version="0", started_at_s=0)
    )
    server.serve_forever()


if sys.argv[1] == "dies":
    sys.stderr.write("Traceback: this is for the log\npowerstream: The disk is full. Free some of it.\n")
    sys.exit(2)
if sys.argv[1].startswith("late"):
    # The other one is this one's child, as nobody else is there to start it; it outlives us all the same.
    other = "slow" if sys.argv[1] == "late-slow" else "up"
    subprocess.Popen([sys.executable, str(Path(__file__)), other], start_new_session=True)
    while other == "slow" and not is_home_served(Paths.from_environment(os.environ).runtime):
        time.sleep(0.01)
    sys.exit(2)
main()

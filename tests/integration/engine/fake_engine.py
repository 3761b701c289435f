"""A process that talks like an engine and behaves as its first argument says; run as a program by the tests."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

STATS = {
    "type": "stats", "program_s": 1.0, "frames_made": 1, "frames_repeated": 0, "frames_skipped": 0, "frames_dropped": 0,
    "encode_mean_ms": 1.0, "encode_max_ms": 1.0, "queue_ms": 0, "capture_fps": 1.0, "video_kbps": 1.0,
    "video_target_kbps": 1,
}  # fmt: skip


def say(**report: object) -> None:
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


def main(behaviour: str) -> None:
    if behaviour == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    start = json.loads(sys.stdin.readline())
    if behaviour == "crash":
        os._exit(3)
    if behaviour == "wrong-wish":
        say(type="failed", title="There is no file.", hint="Check the path.", fault="user")
        sys.exit(2)
    say(type="started", source=start["config"]["source"], width=1280, height=720, fps=30)
    if behaviour == "babble":
        sys.stderr.write("a line for the log\n" + "x" * 200_000 + "\n")
        sys.stdout.write("not a report\n" + "y" * 200_000 + "\n")
        say(type="source_lost", title=" ".join([*sys.argv, *os.environ.values()]))
    say(**STATS)
    if behaviour == "crash-later":
        os._exit(3)
    while behaviour in {"deaf", "silent"}:
        time.sleep(60)
    for line in sys.stdin:
        command = json.loads(line)
        if command["type"] == "stop":
            say(type="stopped", frames_made=1, frames_skipped=0)
            return
        say(type="source_lost", title=" ".join(map(str, command.values())))
        if behaviour == "crash-at-command":
            os._exit(3)


if __name__ == "__main__":
    main(sys.argv[1])

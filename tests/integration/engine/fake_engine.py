"""A process that talks like an engine and behaves as its first argument says; run as a program by the tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

STATS = {
    "type": "stats", "program_s": 1.0, "frames_late": 0, "frames_skipped": 0, "capture_fps": 1.0, "av_offset_ms": 0.0,
    "renditions": [],
}  # fmt: skip


def say(**report: object) -> None:
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()


def main(behaviour: str) -> None:
    if behaviour == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    start = sys.stdin.readline()
    if behaviour == "leaves-child":
        sleeper = [sys.executable, "-c", "import time; time.sleep(8)"]
        child = subprocess.Popen(sleeper, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        say(type="hello", version=1, pid=child.pid)
        os._exit(3)
    if behaviour == "crash":
        os._exit(3)
    if behaviour == "wrong-wish":
        say(type="failed", title="There is no file.", hint="Check the path.", fault="user")
        sys.exit(2)
    say(type="hello", version=1, pid=os.getpid())
    while behaviour == "never-starts" and (line := sys.stdin.readline()):
        command = json.loads(line)
        say(type="source_lost", source_id="", name="", title=line)
        if "id" in command:
            say(type="done", id=command["id"])
        if command["type"] == "stop":
            return
    say(type="started", source="test picture", width=1280, height=720, fps=30)
    if behaviour == "babble":
        sys.stderr.write("a line for the log\n" + "x" * 200_000 + "\n")
        sys.stdout.write("not a report\n" + "y" * 200_000 + "\n")
        say(type="source_lost", source_id="", name="", title=" ".join([*sys.argv, *os.environ.values()]))
    if behaviour in {"tells-start", "tells-start-and-dies"}:
        say(type="source_lost", source_id="", name="", title=start)
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
        if behaviour == "mute":
            continue
        if behaviour in {"dies-at-command", "tells-start-and-dies"}:
            os._exit(3)
        say(type="source_lost", source_id="", name="", title=json.dumps(command))
        if behaviour == "refusing":
            say(type="refused", id=command.get("id"), title="Not now.", hint="Later.")
        elif "id" in command:
            say(type="done", id=command["id"])
        if behaviour == "crash-at-command":
            os._exit(3)


if __name__ == "__main__":
    main(sys.argv[1])

"""A camera process without OpenCV that behaves as its argument says; every later start of the same test works.

Arguments: a folder that remembers how often it was started, and the behaviour of the first start.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from pathlib import Path

from powerstream_desktop.common.camera_protocol import (
    BEAT_S,
    CAMERA_COMMANDS,
    CAMERA_REPORTS,
    CameraBeat,
    CameraLost,
    CameraOpened,
    CameraReady,
    CameraReport,
    OpenCamera,
    StopCamera,
)
from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import Fault
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring import FrameRingWriter

LAYOUT = FrameLayout.program(64, 36)
PICTURES = 5
UNPLUGGED = CameraLost(title="The camera is not connected.", hint="Plug it in.", fault=Fault.SYSTEM)


def say(report: CameraReport) -> None:
    os.write(sys.stdout.fileno(), CAMERA_REPORTS.encode(report))


def beat(idle_s: float = 0.0, unchanged_s: float = 0.0) -> CameraBeat:
    return CameraBeat(
        frames=1, fps=30.0, width=64, height=36, idle_ms=round(idle_s * 1000), unchanged_ms=round(unchanged_s * 1000)
    )  # fmt: skip


def behaviour_of_this_start() -> str:
    """Return the given behaviour the first time, ``works`` afterwards."""
    folder, behaviour = Path(sys.argv[1]), sys.argv[2]
    number = len(list(folder.glob("start-*")))
    (folder / f"start-{number}").touch()
    return "works" if number else behaviour


def main() -> None:
    behaviour = behaviour_of_this_start()
    if behaviour == "crashes":
        sys.exit(3)
    commands: queue.SimpleQueue[OpenCamera | StopCamera] = queue.SimpleQueue()
    threading.Thread(target=read_commands, args=(commands,), daemon=True).start()
    first = commands.get()
    if not isinstance(first, OpenCamera):
        sys.exit(0)
    say(CameraReady())
    if behaviour == "talks nonsense":
        os.write(sys.stdout.fileno(), b"[ WARN:0] this is a library\n")
    ring = FrameRingWriter(Path(first.ring_folder), first.ring_name)
    run(behaviour, ring, commands)
    ring.close()


def run(behaviour: str, ring: FrameRingWriter, commands: queue.SimpleQueue[OpenCamera | StopCamera]) -> None:
    number, opened_s = 0, monotonic()
    if behaviour == "unplugged at first":
        say(UNPLUGGED)
        if isinstance(commands.get(), StopCamera):
            return
    while True:
        if behaviour != "frameless" or number < PICTURES:
            number += 1
            ring.slot(LAYOUT)[:] = bytes([number % 256]) * LAYOUT.size_bytes
            ring.commit(monotonic(), now_s=monotonic())
        if number == 1:
            say(CameraOpened(width=LAYOUT.width, height=LAYOUT.height))
        if number == PICTURES and behaviour == "falls silent":
            threading.Event().wait()
        idle_s = monotonic() - opened_s if behaviour == "frameless" else 0.0
        say(beat(idle_s, 6.0 if behaviour == "is frozen" and number < 40 else 0.0))
        try:
            if isinstance(commands.get(timeout=BEAT_S / 10), StopCamera):
                return
        except queue.Empty:
            continue


def read_commands(commands: queue.SimpleQueue[OpenCamera | StopCamera]) -> None:
    pending = b""
    while data := os.read(sys.stdin.fileno(), 4096):
        *lines, pending = (pending + data).split(b"\n")
        for line in lines:
            commands.put(CAMERA_COMMANDS.decode(line))
    commands.put(StopCamera())


if __name__ == "__main__":
    main()

"""A process that offers numbered grey pictures of a program to a preview: an engine, as far as a window can tell.

Arguments: runtime folder, width and height of the program, width and height of the preview. A line on stdin is another wish,
or ``die``; its end ends it well. It prints ``ready`` lines, and at its end the processor time of the preview's thread.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.control.reports import PreviewReady
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.preview.preview import Preview
from powerstream_desktop.engine.preview.wish import PreviewWish

FPS = 30
LEVELS = range(20, 230)
"""Each picture is of one level throughout, so that a torn one shows."""


def main() -> None:
    """Show the program at its pace until stdin ends."""
    folder, width, height, *wished = sys.argv[1:]
    preview = Preview(Path(folder), on_ready=_say_ready, on_fault=_say_fault)
    preview.start()
    preview.watch(PreviewWish(width=int(wished[0]), height=int(wished[1])))
    threading.Thread(target=_obey, args=(preview,), daemon=True).start()
    frames = []
    for level in LEVELS:
        frame = blank_frame(int(width), int(height))
        for plane in planes_of(frame):
            plane[:] = level
        frames.append(frame)
    begun_s, number, offered_s = time.monotonic(), 0, 0.0
    while not _ENDING.is_set():
        before_s = time.thread_time()
        preview.offer(frames[number % len(frames)], time.monotonic())
        offered_s += time.thread_time() - before_s
        number += 1
        time.sleep(max(0.0, begun_s + number / FPS - time.monotonic()))
    elapsed_s = time.monotonic() - begun_s
    preview.close()
    all_s = time.process_time() - _START_S[0]
    _say(f"{offered_s / number * 1e6:.1f} us an offer; {all_s / elapsed_s * 100:.2f} % of a core")


def _obey(preview: Preview) -> None:
    _START_S[0] = time.process_time()
    for line in sys.stdin:
        if line.strip() == "die":
            os._exit(9)
        if line.strip() == "measure":
            _START_S[0] = time.process_time()
            continue
        width, height = line.split()
        preview.watch(PreviewWish(width=int(width), height=int(height)))
    _ENDING.set()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _say_ready(ready: PreviewReady) -> None:
    _say(f"ready {ready.width} {ready.height}")


def _say_fault(fault: PowerStreamError) -> None:
    _say(f"fault {fault}")


_START_S = [0.0]
_ENDING = threading.Event()

if __name__ == "__main__":
    main()

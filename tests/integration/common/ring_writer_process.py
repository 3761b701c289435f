"""A process that writes pictures into a ring as fast as it can: every byte of a picture is the picture's number modulo ``VALUES``."""

from __future__ import annotations

import sys
from pathlib import Path

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring import FrameRingWriter

VALUES = 16


def main() -> None:
    """Write for as long as a line on stdin says; arguments: folder, name, width, height, seconds between pictures."""
    folder, name, width, height, pause_s = sys.argv[1:]
    writer = FrameRingWriter(Path(folder), name)
    layout = FrameLayout.bgr(int(width), int(height))
    pictures = [bytes([value]) * layout.size_bytes for value in range(VALUES)]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    number, end_s = 0, monotonic() + float(sys.stdin.readline())
    next_s = monotonic()
    while (now := monotonic()) < end_s:
        if now < next_s:
            continue
        next_s += float(pause_s)
        number += 1
        writer.slot(layout)[:] = pictures[number % VALUES]
        stamp_s = monotonic()
        writer.commit(stamp_s, now_s=stamp_s)
    sys.stdin.readline()
    writer.close()


if __name__ == "__main__":
    main()

"""The frame server's process: commands come in on stdin, reports and pictures go out on stdout. Ends with its stdin.

Also run as a module of its own (``own_command``), which spares it the loading of the command line: the window waits for it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys

from powerstream_desktop.library.frames.frame_server import FrameServer


def main() -> None:
    """Serve until the window lets go."""
    # Ctrl+C and a terminal that closes are meant for the window.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    # Whatever else prints must not get between the reports.
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # A window that is gone reads no more, and needs no more.
    with contextlib.suppress(BrokenPipeError):
        FrameServer(reports).serve(sys.stdin.buffer)


if __name__ == "__main__":
    main()

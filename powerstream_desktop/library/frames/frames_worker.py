"""The frame server's process: commands come in on stdin, reports and pictures go out on stdout. Ends with its stdin.

It reads files that may come from anybody, and is confined as the workshop's processes are: no network, little memory, no file but
the film. It opens one film in its life. Also run as a module of its own (``own_command``), which spares it the loading of the
command line: the window waits for it.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
from typing import Final

from powerstream_desktop.library.workshop.confinement.confine import confine_files, confine_process
from powerstream_desktop.library.workshop.words import JobLimits

LIMITS: Final = JobLimits(memory_bytes=3 * 1024 * 1024 * 1024, processor_s=None, file_bytes=0, patience_s=0.0)
"""Decoders of 3840x2160 with a thread for each of four processors take one; the pictures that are kept are bounded besides."""


def main() -> None:
    """Serve until the window lets go."""
    # Ctrl+C and a terminal that closes are meant for the window.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    confine_process(LIMITS)
    from powerstream_desktop.library.frames.frame_server import FrameServer  # loads libav

    # Whatever else prints must not get between the reports.
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    confine = functools.partial(confine_files, LIMITS, folder=None)
    # A window that is gone reads no more, and needs no more.
    with contextlib.suppress(BrokenPipeError):
        FrameServer(reports, confine).serve(sys.stdin.buffer)


if __name__ == "__main__":
    main()

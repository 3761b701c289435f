"""Makes stdin, stdout and stderr safe to use, whatever the caller left of them."""

from __future__ import annotations

import io
import os
import sys


def prepare_streams() -> None:
    """Call first: what is closed leads nowhere, and what a stream's encoding lacks is written as ``?``.

    A descriptor that is left closed would be taken by the next file or socket, and libraries that print would write into that.
    A pipe on Windows knows neither our lights nor most people's names.
    """
    for descriptor, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        if not _is_open(descriptor):
            _open_nowhere(descriptor, mode)
    # A Windows program without a console has none of them either.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _open_nowhere(descriptor: int, mode: int) -> None:
    """Let a closed descriptor lead to the null device; the lowest free one is what ``open`` gives."""
    opened = os.open(os.devnull, mode)
    if opened != descriptor:
        os.dup2(opened, descriptor)
        os.close(opened)

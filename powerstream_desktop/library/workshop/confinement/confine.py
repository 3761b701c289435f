"""What a media process gives up, in order, on each system; and which of it holds, for this differs from system to system.

===========  =======================  ==============================  ==========================
system       memory, time, file size  network, other processes        other files
===========  =======================  ==============================  ==========================
Linux        resource limits          filter of system calls, or a    Landlock, from 5.13 on
                                      network namespace
macOS        resource limits, but     nothing                         nothing
             not that of memory
Windows      job object, untried      one process; network: nothing   nothing
===========  =======================  ==============================  ==========================

Everywhere: only known containers and codecs, by the file protocol alone (``safe_input``), and an end after some time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from powerstream_desktop.library.workshop.confinement.usage import limit_file_size, limit_usage
from powerstream_desktop.library.workshop.words import Begun, JobLimits


def confine_process(limits: JobLimits) -> Begun:
    """Give up all that loading libav does not need; before it is loaded, and before there is a second thread.

    Returns:
        What holds; ``files`` is yet to come.
    """
    network = ""
    if sys.platform == "linux":
        from powerstream_desktop.library.workshop.confinement.linux_calls import (
            die_with_parent,
            refuse_network,
        )

        die_with_parent()
        network = refuse_network()
    return Begun(network=network, files="", usage=limit_usage(limits))


def confine_files(limits: JobLimits, file: Path, folder: Path | None) -> str:
    """Give up all files but one, the folder to write into, and the program's own; return by what, empty for nothing.

    After libav is loaded: Python keeps what it has compiled beside the modules. Before the file is opened.
    """
    limit_file_size(limits)
    if sys.platform == "linux":
        from powerstream_desktop.library.workshop.confinement.linux_calls import refuse_files

        readable = _existing((file, *_programs_own()))  # who opens a file that is gone says so better
        if refuse_files(readable, () if folder is None else (folder,)):
            return "landlock"
    return ""


def _programs_own() -> Iterable[Path]:
    """Yield where Python, its modules and ours lie: some are loaded only when they are needed."""
    yield from (Path(sys.prefix) / "lib", Path(sys.base_prefix) / "lib", Path(__file__).parents[3])
    for name in ("av", "numpy"):  # wherever they were installed to
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is not None:
            yield Path(file).parent
    if getattr(sys, "frozen", False):
        yield from (Path(sys.prefix), Path(sys.executable))
    yield from (Path("/usr/lib"), Path("/lib"), Path("/lib64"), Path("/usr/lib64"), Path("/dev/urandom"))


def _existing(paths: Iterable[Path]) -> Iterable[Path]:
    return (path for path in paths if os.path.exists(path))  # noqa: PTH110 - pathlib's raises where it may not look

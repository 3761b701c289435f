"""How much a media process may use: memory, processor time, file size, open files. Set by the process itself, for good.

POSIX has limits of its own; macOS takes that of memory without heeding it. On Windows a job object does the same, untried so far.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Final

from powerstream_desktop.library.workshop.words import JobLimits

OPEN_FILES: Final = 64
_GRACE_S: Final = 2
"""From the signal at the end of the processor time to the end that nothing can put off."""
_NICENESS: Final = 10


def limit_usage(limits: JobLimits) -> str:
    """Give up memory and processor time beyond the limits, and yield to whatever else runs; return what holds, empty for nothing."""
    if sys.platform == "win32":
        from powerstream_desktop.library.workshop.confinement.windows_job import limit_by_job_object

        return "job object" if limit_by_job_object(limits) else ""
    import resource

    os.nice(_NICENESS)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    if limits.processor_s is not None:
        _lower(resource.RLIMIT_CPU, limits.processor_s, limits.processor_s + _GRACE_S)
    return "rlimit" if _lower(resource.RLIMIT_AS, limits.memory_bytes) else ""


def limit_file_size(limits: JobLimits) -> None:
    """Give up writing longer files; where the system knows no such limit, nothing happens.

    Python ignores the signal that goes with it, so that a write fails as it does on a full disk.
    """
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_FSIZE, limits.file_bytes)


if sys.platform != "win32":

    def _lower(kind: int, soft: int, hard: int | None = None) -> bool:
        """Lower a limit, never above what is allowed already; return whether the system took it."""
        import resource

        allowed = resource.getrlimit(kind)[1]
        wanted = soft if hard is None else hard
        if allowed != resource.RLIM_INFINITY:
            soft, wanted = min(soft, allowed), min(wanted, allowed)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (soft, wanted))
            return True
        return False

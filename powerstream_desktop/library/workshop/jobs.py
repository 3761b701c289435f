"""Jobs for the workshop, and what each of them may use up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from powerstream_desktop.library.workshop.words import JobLimits

MIB: Final = 1024 * 1024
GIB: Final = 1024 * MIB

LOOK: Final = JobLimits(memory_bytes=GIB, processor_s=30, file_bytes=0, patience_s=45.0)
"""For a look into a file, however long the film."""
PICTURES: Final = JobLimits(memory_bytes=2 * GIB, processor_s=60, file_bytes=4 * MIB, patience_s=90.0)
"""Pictures of 8192x8192 need a gigabyte and a half for those that the decoder has to keep."""
LISTEN: Final = JobLimits(memory_bytes=GIB, processor_s=600, file_bytes=0, patience_s=1800.0)
"""For a day of sound; it runs beside all else, and gets what that leaves."""
READ_ALL: Final = JobLimits(memory_bytes=2 * GIB, processor_s=900, file_bytes=0, patience_s=3600.0)
"""For a film of 100 GB on a slow disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A piece of work.

    Attributes:
        kind: as the table of ``powerstream media`` has it.
        file: the only one that can be read.
        folder: the only place that can be written to, and nothing else should be in it; None for nowhere. It must exist.
        request: what the work wants to know besides; a JSON object.
        limits: what it may use up.
    """

    kind: str
    file: Path
    limits: JobLimits
    folder: Path | None = None
    request: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """What came of a job.

    Attributes:
        words: a JSON object, as the work returned it, and as little to be trusted as the file.
        confinement: what held while it was done, such as ``seccomp``, ``landlock``, ``rlimit``.
    """

    words: Mapping[str, Any]
    confinement: tuple[str, ...]

"""Looks into what a crash left in a confined process: should the file break what reads it, the service does not notice.

A service that opened such a file itself might die of it, and again at each of its starts (ADR 0017).
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.common.frozen_json import MalformedError, from_json
from powerstream_desktop.library.workshop.jobs import GIB, MIB, Job
from powerstream_desktop.library.workshop.words import JobLimits
from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.recording.finding import Finding

_MEMORY_BYTES: Final = 2 * GIB
_PROCESSOR_S: Final = 900
_PATIENCE_S: Final = 3600.0
"""For a copy of a hundred gigabytes on a slow disk."""
_ROOM_FOR_AN_INDEX: Final = 256 * MIB
_LONGEST_S: Final = 366 * 24 * 3600.0


class ConfinedLook:
    """Looks into recordings; called by a thread that waits for it, while the loop of the workshop runs.

    Args:
        workshop: has it done.
        loop: the workshop's.
        into_new_file: make a new file of what is damaged even if an index is all that is missing.
    """

    def __init__(
        self, workshop: Workshop, loop: asyncio.AbstractEventLoop, *, into_new_file: bool = False
    ) -> None:
        self._workshop = workshop
        self._loop = loop
        self._request = {"intoNewFile": into_new_file}

    def __call__(self, file: Path, folder: Path) -> Finding:
        """Return how a file is; see ``finding.Look``.

        Raises:
            UserError: it breaks what reads it, or takes too long.
            SystemFault: the disk refused, or the workshop closes.
        """
        try:
            size_bytes = file.stat().st_size
        except OSError as error:
            raise SystemFault(
                f"{file.name} cannot be read.", hint="Check its disk.", detail=str(error)
            ) from error
        limits = JobLimits(
            memory_bytes=_MEMORY_BYTES,
            processor_s=_PROCESSOR_S,
            file_bytes=size_bytes + _ROOM_FOR_AN_INDEX,
            patience_s=_PATIENCE_S,
        )
        job = Job(kind="recover", file=file, folder=folder, limits=limits, request=self._request)
        result = asyncio.run_coroutine_threadsafe(self._workshop.run(job), self._loop).result()
        return _checked(dict(result.words), size_bytes)


def _checked(words: dict[str, object], size_bytes: int) -> Finding:
    """Return what the process says, if it can be."""
    try:
        found: Finding = from_json(Finding, words)
    except MalformedError as error:
        raise BugError("A look into a recording was answered by nonsense.", detail=str(error)) from None
    if found.size_bytes != size_bytes or not 0 <= found.duration_s <= _LONGEST_S:
        raise BugError("A look into a recording was answered by nonsense.", detail=str(found))
    return found

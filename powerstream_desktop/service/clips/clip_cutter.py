"""Has clips cut: by the workshop, within limits that fit how long they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from powerstream_desktop.library.clips.cut_request import CutRequest, CutResult
from powerstream_desktop.library.workshop.jobs import GIB, Job
from powerstream_desktop.library.workshop.words import JobLimits
from powerstream_desktop.library.workshop.workshop import Workshop

_KIND: Final = "cut"
_PROCESSOR_S: Final = 120
_PROCESSOR_PER_S: Final = 20
"""For a second of a film that is encoded: 4K on an old computer."""
_PATIENCE_S: Final = 600.0
_WAITS_PER_S: Final = 40
"""It runs beside a broadcast, and gets what that leaves."""


class Cutter(Protocol):
    """Cuts clips."""

    async def cut(
        self, source: Path, folder: Path, request: CutRequest, on_progress: Callable[[float], None]
    ) -> CutResult:
        """Cut a clip into the draft of a folder; whoever cancels it ends the work.

        Raises:
            UserError: the film is the reason, or what was asked of it.
            SystemFault: the disk, or this computer.
        """
        ...


class WorkshopCutter:
    """Has them cut by confined processes.

    Args:
        workshop: runs them.
    """

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def cut(
        self, source: Path, folder: Path, request: CutRequest, on_progress: Callable[[float], None]
    ) -> CutResult:
        """Cut a clip."""
        length_s = (request.last_ms or request.end_ms - request.start_ms) // 1000 + 1
        job = Job(
            kind=_KIND,
            file=source,
            folder=folder,
            request=request.to_words(),
            limits=JobLimits(
                memory_bytes=4 * GIB,
                processor_s=_PROCESSOR_S + _PROCESSOR_PER_S * length_s,
                file_bytes=1024 * GIB,
                patience_s=_PATIENCE_S + _WAITS_PER_S * length_s,
            ),
        )
        return CutResult.of_words((await self._workshop.run(job, on_progress)).words)

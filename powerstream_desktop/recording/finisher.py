"""Finishes files while the next one is being written: an index of hours takes a second, and a sync as long as the disk likes."""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.recording.part_file import PartFile

_MOST_WAITING: Final = 4
"""Files that wait keep their indexes in memory; the writer waits for a place, and its queue takes what comes meanwhile."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedFile:
    """A file that the finisher has let go of.

    Attributes:
        number: of the part, as it was given.
        fault: why it could not be finished; ``None`` if it was.
    """

    number: int
    part: PartFile
    fault: PowerStreamError | None


class Finisher:
    """A thread that finishes one file after the other. Owner: the writer thread, which makes all calls."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[int, PartFile] | None] = queue.Queue(_MOST_WAITING)
        # Filled by our thread, emptied by the writer's; both ends of a deque are safe to use so.
        self._let_go: deque[FinishedFile] = deque()
        self._thread: threading.Thread | None = None

    def hand(self, number: int, part: PartFile) -> None:
        """Finish a part, which is ours from now on. Waits while too many wait already."""
        if self._thread is None:
            # A daemon, as the writer is.
            self._thread = threading.Thread(target=self._run, name="recording finisher", daemon=True)
            self._thread.start()
        self._waiting.put((number, part))

    def take_finished(self) -> list[FinishedFile]:
        """Return the files let go of since the last time."""
        return [self._let_go.popleft() for _ in range(len(self._let_go))]

    def close(self) -> None:
        """Wait until everything handed over is finished. Blocks as long as the disk does; harmless to repeat."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            number, part = job
            self._let_go.append(FinishedFile(number=number, part=part, fault=_fault_of_finishing(part)))


def _fault_of_finishing(part: PartFile) -> PowerStreamError | None:
    try:
        part.finish()
    except PowerStreamError as fault:
        logger.error("a recording's file could not be finished: %s (%s)", fault.title, fault.detail)  # noqa: TRY400 - told by its words
        part.abandon()
        return fault
    except Exception as error:
        logger.exception("finishing a recording's file broke")
        part.abandon()
        return BugError("The recording broke because of a fault of ours.", detail=repr(error))
    return None

"""The words between the service and a media process: one order on its stdin, reports on its stdout, a JSON object a line.

An order is ours. Reports are not to be trusted: who sends them has read a stranger's file. They are read strictly, and what they
hold is checked by whoever uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.errors import Fault
from powerstream_desktop.common.json_lines import Vocabulary

MAX_LINE_BYTES: Final = 2 * 1024 * 1024
"""The longest line: the waveform of a day takes half of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLimits:
    """What a media process may use up.

    Attributes:
        memory_bytes: of address space, libraries included.
        processor_s: of processor time, in which its threads count together; None for one that lives as long as somebody looks.
        file_bytes: of the longest file it may write; 0 for none.
        patience_s: after so much time it is killed.
    """

    memory_bytes: int
    processor_s: int | None
    file_bytes: int
    patience_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoJob:
    """Do this, and end.

    Attributes:
        kind: of work, as the child's table has it.
        file: to read.
        folder: to write into; None for nowhere.
        request: a JSON object, as the work wants it.
    """

    type: Literal["do"] = "do"
    kind: str
    file: Path
    folder: Path | None
    request: str
    limits: JobLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The process is confined and begins; each field names what holds, and is empty where nothing does.

    Attributes:
        network: what keeps it from the network: ``seccomp`` or ``namespace``.
        files: what keeps it from other files: ``landlock``.
        usage: what limits memory and time: ``rlimit`` or ``job object``.
    """

    type: Literal["begun"] = "begun"
    network: str
    files: str
    usage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """So much is done, 0 to 1."""

    type: Literal["progress"] = "progress"
    done: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It is done; ``result`` is a JSON object as the work returned it."""

    type: Literal["done"] = "done"
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It cannot be done; a ``PowerStreamError`` in words."""

    type: Literal["refused"] = "refused"
    fault: Fault
    title: str
    hint: str
    detail: str


MediaReport: TypeAlias = Begun | Progress | Done | Refused

MEDIA_ORDERS: Final = Vocabulary[DoJob]("order to a media process", DoJob)
MEDIA_REPORTS: Final = Vocabulary[MediaReport]("report of a media process", MediaReport)

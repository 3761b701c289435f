"""Reads a file once, and knows it by then: its hash, those of its parts, and whether it may be uploaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.uploads.file_mark import FileChangedError, mark_of, mark_of_file
from powerstream_desktop.cloud.uploads.part_plan import PartPlan, plan_parts
from powerstream_desktop.cloud.uploads.refusals import refuse_by_end, refuse_by_look
from powerstream_desktop.common.errors import SystemFault

PIECE_BYTES: Final = 1024 * 1024
_REST_S: Final = 0.05
"""After each piece while a limit holds: a broadcast wants the disk, and 20 MiB a second are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What is known of a file that was read; see ``UploadRecord``."""

    size_bytes: int
    mark: str
    sha256: str
    part_bytes: int
    part_sha256s: tuple[str, ...]


def read_fingerprint(
    file: Path,
    errand: Errand,
    gate: Gate,
    report: Callable[[int, int], None],
    plan: Callable[[int], PartPlan] = plan_parts,
) -> Fingerprint:
    """Read a file to its end.

    Args:
        file: which.
        errand: of whom it is read for.
        gate: gives way while it is limited.
        report: told now and then how many bytes of how many have been read.
        plan: cuts a length into parts.

    Raises:
        UserError: it is not to be uploaded.
        FileChangedError: it is not the same at the end as it was at the beginning.
        SystemFault: it cannot be read.
        GivenUpError: nobody wants to know any more.
    """
    try:
        with file.open("rb", buffering=0) as opened:
            mark = mark_of(os.fstat(opened.fileno()))
            size_bytes = os.fstat(opened.fileno()).st_size
            refuse_by_look(file.name, size_bytes)
            reading = _Reading(plan(size_bytes))
            for piece in _pieces(opened, errand, gate):
                reading.take(piece)
                report(min(reading.size_bytes, size_bytes), size_bytes)
            is_same = mark_of(os.fstat(opened.fileno())) == mark
    except OSError as error:
        raise unreadable(file, error) from error
    if not is_same or reading.size_bytes != size_bytes or mark_of_file(file) != mark:
        raise FileChangedError(file.name)
    refuse_by_end(file.name, reading.zeros_at_end)
    return reading.result(mark)


def unreadable(file: Path, error: OSError) -> SystemFault:
    """Return what is wrong with a file that cannot be opened or read."""
    return SystemFault(
        f"{file.name} cannot be read.", hint="Look whether its disk is there.", detail=repr(error)
    )


def read_exactly(file: BinaryIO, first: int, size_bytes: int, name: str) -> bytes:
    """Return some bytes of a file.

    Raises:
        FileChangedError: it ends before.
    """
    file.seek(first)
    data = b""
    while len(data) < size_bytes:
        piece = file.read(size_bytes - len(data))
        if not piece:
            raise FileChangedError(name)
        data += piece
    return data


class _Reading:
    """Takes a file's bytes in order."""

    def __init__(self, plan: PartPlan) -> None:
        self.size_bytes = 0
        self.zeros_at_end = 0
        self._plan = plan
        self._whole = hashlib.sha256()
        self._part = hashlib.sha256()
        self._left = plan.part_bytes
        self._parts: list[str] = []

    def take(self, piece: bytes) -> None:
        """Count the next bytes of the film, of any length."""
        self._whole.update(piece)
        rest = memoryview(piece)
        while rest:
            mine = rest[: self._left]
            self._part.update(mine)
            self._left -= len(mine)
            rest = rest[len(mine) :]
            if not self._left:
                self._end_part()
        self.size_bytes += len(piece)
        written = len(piece.rstrip(b"\0")) if piece[-1] == 0 else len(piece)
        self.zeros_at_end = len(piece) - written + (0 if written else self.zeros_at_end)

    def result(self, mark: str) -> Fingerprint:
        if self._left < self._plan.part_bytes:
            self._end_part()
        return Fingerprint(
            size_bytes=self.size_bytes,
            mark=mark,
            sha256=self._whole.hexdigest(),
            part_bytes=self._plan.part_bytes,
            part_sha256s=tuple(self._parts),
        )

    def _end_part(self) -> None:
        self._parts.append(self._part.hexdigest())
        self._part = hashlib.sha256()
        self._left = self._plan.part_bytes


def _pieces(opened: BinaryIO, errand: Errand, gate: Gate) -> Iterator[bytes]:
    while piece := opened.read(PIECE_BYTES):
        yield piece
        errand.wait(_REST_S if gate.is_limited else 0.0)

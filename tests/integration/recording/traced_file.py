"""A file that keeps a trace of what is written to it, and what any crash may leave of that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.truth_watch import FileFacts
from tests.unit.recording.fakes import FakeDisk, Synced, Written


class TracedFile(OSFile):
    """Writes to an existing file, and keeps what it wrote."""

    def __init__(self, path: Path, disk: FakeDisk) -> None:
        self._path = path
        self._disk = disk

    def write_at(self, data: memoryview, position: int) -> int:
        self._disk.write_at(data, position)
        with self._path.open("r+b") as file:
            file.seek(position)
            return file.write(data)

    def flush_to_disk(self, *, data_only: bool) -> None:
        self._disk.flush_to_disk(data_only=data_only)

    def facts(self) -> FileFacts:
        return FileFacts(size_bytes=self._path.stat().st_size, is_there=True)

    def close(self) -> None:
        self._disk.close()


def crash_states(steps: Sequence[Written | Synced]) -> list[list[Written | Synced]]:
    """Return what may have reached the disk: of a kill, any beginning, its last write perhaps torn; of a power cut, all before the
    last sync, and of the writes behind it any one alone."""
    states = [list(steps[:count]) for count in range(len(steps) + 1)]
    for count, step in enumerate(steps):
        if isinstance(step, Written):
            cuts = {*range(1, min(len(step.data), 12)), len(step.data) // 2, len(step.data) - 1} - {0}
            states += [[*steps[:count], Written(step.position, step.data[:cut])] for cut in cuts]
    synced = [count for count, step in enumerate(steps) if isinstance(step, Synced)]
    states += [
        [*steps[:begin], step]
        for begin, end in zip([0, *synced], [*synced, len(steps)], strict=True)
        for step in steps[begin:end]
    ]
    return states

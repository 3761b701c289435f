"""The file under the muxer: nothing it has called durable can be lost, and no crash leaves it unplayable.

Two instants are dangerous, and both are taken care of here:

* A file that ends inside the header of a fragment does not open at all, and a kill or a full disk may cut a write anywhere.
  So what is appended is written from its ninth byte on first and its first 8 bytes, size and type of the fragment, last.
  Until those are there the rest is one box of no size and no type, which every reader skips.
* Closing a hybrid MP4 appends the index and then goes back to patch 8 bytes near the start; should the patch reach the disk
  before the index, the file no longer opens. So the file syncs itself before any patch (reliability_security.md 0.3, 1.5.2,
  appendix A).
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.raw_file import RawFile
from powerstream_desktop.recording.truth_watch import FileFacts

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_BOX_HEADER_BYTES: Final = 8


class SafeFile:
    """Appends whole buffers to a file and knows how much of it is durable.

    After the first fault it refuses every further write, so that a half-written index is never followed by the patch that
    would make it count. Used by one thread.

    Args:
        raw: the file; closed with this one.
        size: bytes that are in it already, and durable.
        make_room: frees what was kept aside on a disk that is full, and returns whether there was any; asked once.
    """

    def __init__(self, raw: RawFile, *, size: int = 0, make_room: Callable[[], bool] | None = None) -> None:
        self._raw = raw
        self._make_room = make_room
        self._size = size
        self._durable_size = size
        self._cut_at: int | None = None
        """Where another program has cut it; our next write makes it as long as it was, with a hole in it."""
        self._is_closed = False
        self._fault: SystemFault | None = None

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return self._size

    @property
    def durable_size(self) -> int:
        """Bytes at the start of the file that survive a power cut."""
        return self._durable_size

    @property
    def closed(self) -> bool:
        """Whether the file takes no more bytes."""
        return self._is_closed

    def facts(self) -> FileFacts:
        """Return what the system says of the file; one that was cut stays as short as it was then.

        Raises:
            SystemFault: the disk does not answer properly.
        """
        try:
            facts = self._facts()
        except OSError as error:
            raise self._remember(error) from error
        return facts if self._cut_at is None else replace(facts, size_bytes=self._cut_at)

    def append(self, data: bytes) -> None:
        """Write all of ``data``, a box or several, at the end.

        Raises:
            SystemFault: the disk refused, now or before.
        """
        self._refuse_after_fault()
        start, view = self._size, memoryview(data)
        try:
            self._facts()
            self._write_at(start + _BOX_HEADER_BYTES, view[_BOX_HEADER_BYTES:])
            self._write_at(start, view[:_BOX_HEADER_BYTES])
        except OSError as error:
            raise self._remember(error) from error

    def extend(self, data: bytes) -> None:
        """Write all of ``data`` at the end, front to back: of a format whose readers stop where it is torn.

        Raises:
            SystemFault: the disk refused, now or before.
        """
        self._refuse_after_fault()
        try:
            self._facts()
            self._write_at(self._size, memoryview(data))
        except OSError as error:
            raise self._remember(error) from error

    def patch(self, position: int, data: bytes) -> None:
        """Replace bytes that were written before, as soon as everything written is durable.

        Raises:
            SystemFault: the disk refused, now or before.
        """
        self._refuse_after_fault()
        try:
            self._sync(data_only=False)
            self._write_at(position, memoryview(data))
        except OSError as error:
            raise self._remember(error) from error

    def sync(self) -> None:
        """Make everything written durable; blocks as long as the disk takes.

        Raises:
            SystemFault: the disk refused; what was not durable before may be lost, and no second try would tell.
        """
        self._refuse_after_fault()
        try:
            self._sync(data_only=True)
        except OSError as error:
            raise self._remember(error) from error

    def close(self) -> None:
        """Make everything durable and close; harmless when closed.

        Raises:
            SystemFault: the disk refused; the file is closed all the same.
        """
        if self._is_closed:
            return
        try:
            try:
                self._refuse_after_fault()
                self._sync(data_only=False)
            finally:
                self._is_closed = True
                self._raw.close()
        except OSError as error:
            raise self._remember(error) from error

    def abandon(self) -> None:
        """Close after a fault, keeping what the disk still takes; never raises."""
        self._fault = None
        with contextlib.suppress(SystemFault):  # the fault that led here has been told already
            self.close()

    def _facts(self) -> FileFacts:
        facts = self._raw.facts()
        if facts.size_bytes < self._size and self._cut_at is None:
            self._cut_at = facts.size_bytes
        return facts

    def _refuse_after_fault(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _remember(self, error: OSError) -> SystemFault:
        self._fault = disk_fault(error)
        return self._fault

    def _write_at(self, position: int, data: memoryview) -> None:
        while data:
            count = self._write_some(data, position)
            position += count
            data = data[count:]
            self._size = max(self._size, position)

    def _write_some(self, data: memoryview, position: int) -> int:
        try:
            return self._raw.write_at(data, position)
        except OSError as error:
            if error.errno not in _FULL or not self._is_room_made():
                raise
        return self._raw.write_at(data, position)

    def _is_room_made(self) -> bool:
        make_room, self._make_room = self._make_room, None
        return make_room is not None and make_room()

    def _sync(self, *, data_only: bool) -> None:
        size = self._size
        self._raw.flush_to_disk(data_only=data_only)
        self._durable_size = size

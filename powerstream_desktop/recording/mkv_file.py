"""The file that libavformat writes Matroska into: clusters one behind the other, and at the end the head once more.

While it records it never goes back. When it closes, it writes the index behind the clusters and then patches the head, which
now tells the length and where the index is; a file without that patch plays as well.
"""

from __future__ import annotations

import io

from powerstream_desktop.recording.safe_file import SafeFile


class MkvFile:
    """What PyAV is given as its file.

    Args:
        file: the empty file; its owner closes it.
    """

    def __init__(self, file: SafeFile) -> None:
        self._file = file
        self._at = 0

    @property
    def closed(self) -> bool:
        """Whether the file takes no more bytes; PyAV asks before it writes the rest of a container let go."""
        return self._file.closed

    def write(self, data: bytes) -> int:
        """Write where we are; returns the length of ``data``.

        Raises:
            SystemFault: the disk refused, now or before.
        """
        length = len(data)
        patched = max(0, min(length, self._file.size - self._at))
        if patched:
            self._file.patch(self._at, data[:patched])
        if patched < length:
            self._file.extend(data[patched:])
        self._at += length
        return length

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere; libavformat goes nowhere behind the end."""
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence] + offset
        return self._at

    def tell(self) -> int:
        """Return where the next byte goes."""
        return self._at

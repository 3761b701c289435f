"""The last part of a recording that is still being written, as a file of its own for whoever reads films.

Such a recording is a header followed by fragments (MP4) or clusters (Matroska), each of which tells of its frames and holds them; where
they lie is told from the beginning of their fragment. So the header and any number of whole ones in a row are a film themselves, and the
hours before them need not be read. The file is only read, and what is appended to it meanwhile is not looked at: nobody who writes it
notices.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.library.clips.mkv_window import MAGIC, mkv_pieces
from powerstream_desktop.library.clips.mp4_window import mp4_pieces

_MP4: Final = "mp4"
_MKV: Final = "matroska"

_LEAD_S: Final = 12.0
"""Before what is wanted: any encoder of a broadcast has made a key frame within this time."""


class RecordingWindow(io.RawIOBase):
    """A file to read, made of a growing recording's header and its last fragments.

    Args:
        path: of the recording.
        last_ms: how much of its end is wanted.

    Raises:
        UserError: there is no such recording, or nothing in it yet.
        SystemFault: the disk does not let it be read.
    """

    def __init__(self, path: Path, last_ms: int) -> None:
        super().__init__()
        try:
            self._file = path.open("rb", buffering=0)
        except FileNotFoundError as error:
            raise UserError("The recording has just ended.", hint="Cut the clip from its replay.") from error
        except OSError as error:
            raise _unreadable(error) from error
        try:
            self._pieces = self._found(last_ms / 1000 + _LEAD_S)
        except OSError as error:
            self._file.close()
            raise _unreadable(error) from error
        if not self._pieces:
            self._file.close()
            raise UserError("Nothing has been recorded yet.", hint="Wait a second, then try again.")
        self._size = sum(size for _, size in self._pieces)
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that any place of it can be read."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place."""
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; fewer only at the end, and none behind it."""
        wanted = self._size - self._at if size < 0 else min(size, self._size - self._at)
        parts: list[bytes] = []
        begin = 0
        for position, length in self._pieces:
            inside = self._at - begin
            if wanted > 0 and 0 <= inside < length:
                self._file.seek(position + inside)
                data = self._file.read(min(wanted, length - inside)) or b""
                parts.append(data)
                self._at += len(data)
                wanted -= len(data)
            begin += length
        return b"".join(parts)

    def close(self) -> None:
        """Let the recording go."""
        self._file.close()
        super().close()

    def _found(self, last_s: float) -> list[tuple[int, int]]:
        """Return the places and sizes of what the window shows."""
        self.container = _MKV if self._file.read(len(MAGIC)) == MAGIC else _MP4
        return (mkv_pieces if self.container == _MKV else mp4_pieces)(self._file, last_s)


def _unreadable(error: OSError) -> SystemFault:
    return SystemFault(
        "The recording that is being written cannot be read.",
        hint="Check its disk.",
        detail=f"{type(error).__name__}: {error}",
    )

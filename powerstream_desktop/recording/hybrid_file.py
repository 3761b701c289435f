"""The file that libavformat writes its fragments into, and that an index makes an ordinary MP4 of at the end.

Behind the first box, which names the format before and after, stand two empty ones of 8 bytes. At the end the index is appended,
and when that is durable, the empty boxes give way to the header of one box that spans all fragments up to the index: 8 bytes are
patched, or 16 in a file of more than 4 GiB. Until that instant a reader finds fragments, from then on an ordinary MP4.
"""

from __future__ import annotations

import struct
from typing import Final

from powerstream_desktop.common.mp4_boxes import BOX_HEADER, box
from powerstream_desktop.recording.index import FileIndex
from powerstream_desktop.recording.safe_file import SafeFile

_FORMAT: Final = box(b"ftyp", b"isom", (512).to_bytes(4, "big"), b"isom", b"iso2", b"iso5", b"iso6", b"mp41")
_PLACEHOLDER: Final = box(b"free") + box(b"free")
BEGIN: Final = _FORMAT + _PLACEHOLDER
"""Of every file until it is finished."""
_MEDIA: Final = b"mdat"
_LONG_HEADER: Final = struct.Struct(">I4sQ")
_SIZE_FOLLOWS: Final = 1
_MAX_SHORT_SIZE: Final = 2**32 - 1


class HybridFile:
    """What PyAV is given as its file. It cannot go back in it; nothing that libavformat writes asks for that.

    Args:
        file: the empty file; its owner closes it.
    """

    def __init__(self, file: SafeFile) -> None:
        self._file = file
        self._index = FileIndex(len(BEGIN))

    @property
    def closed(self) -> bool:
        """Whether the file takes no more bytes; PyAV asks before it writes the rest of a container let go."""
        return self._file.closed

    def write(self, data: bytes) -> int:
        """Write what follows; returns the length of ``data``.

        Raises:
            SystemFault: the disk refused, now or before.
        """
        length = len(data)
        if self._file.size == 0:
            their_format_bytes, _ = BOX_HEADER.unpack_from(data)
            data = data[their_format_bytes:]
            self._file.append(BEGIN + data)
        else:
            self._file.append(data)
        self._index.feed(data)
        return length

    def finish(self) -> None:
        """Append the index and make it count; a file without a frame stays as it is.

        Raises:
            SystemFault: the disk refused; the fragments in the file still play.
        """
        index = self._index.finished()
        if not index:
            return
        end = self._file.size
        self._file.append(index)
        self._file.patch(*media_header(end))


def media_header(end: int) -> tuple[int, bytes]:
    """Return where the header of the box that spans all fragments up to ``end`` begins, and the header itself."""
    first_at, second_at = len(_FORMAT), len(_FORMAT) + BOX_HEADER.size
    if end - second_at <= _MAX_SHORT_SIZE:
        return second_at, BOX_HEADER.pack(end - second_at, _MEDIA)
    return first_at, _LONG_HEADER.pack(_SIZE_FOLLOWS, _MEDIA, end - first_at)

"""A folder whose disk can refuse."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.relay.hls.folder import HLSFolder
from powerstream_desktop.relay.hls.media_segment import Buffer


class FakeFolder(HLSFolder):
    """Keeps files in memory; names for which ``refuses`` says yes are refused as by a full disk."""

    def __init__(self) -> None:
        super().__init__(Path("memory"))
        self.files: dict[str, bytes] = {}
        self.refused: set[str] = set()

    def write(self, name: str, parts: Iterable[Buffer]) -> None:
        if any(name.endswith(ending) for ending in self.refused):
            raise SystemFault("The disk is full.", detail=errno.errorcode[errno.ENOSPC])
        self.files[name] = b"".join(parts)

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            self.files.pop(name, None)

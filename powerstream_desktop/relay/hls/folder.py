"""The folder that players read from: files appear in it whole or not at all, and only ours are ever deleted."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.relay.hls.media_segment import Buffer
from powerstream_desktop.relay.hls.playlist import PLAYLIST_NAME, SIGNATURE, number_of

_PART: Final = ".part"
_BUFFER_BYTES: Final = 256 * 1024
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_FOLDER: Final = frozenset({errno.EEXIST, errno.ENOTDIR})


class HLSFolder:
    """Used by one thread; every call may block as long as the disk does.

    Args:
        path: the folder; it may hold other things.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self) -> int:
        """Make the folder when it is missing, and delete what an earlier run has left.

        Returns:
            the number of the first segment: higher than all before, so that no player or cache takes one for another.

        Raises:
            UserError: it is no folder, may not be written to, or holds somebody else's playlist.
            SystemFault: the disk does not answer properly.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_foreign_playlist()
            names = [each.name for each in self.path.iterdir() if number_of(each.name) is not None]
            self._unlink(names)
            probe = self.path / (PLAYLIST_NAME + _PART)
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise _fault(self.path, error) from error
        return 1 + max((number_of(name) or 0 for name in names), default=-1)

    def write(self, name: str, parts: Iterable[Buffer]) -> None:
        """Write a file, which appears under its name when it is complete, in place of one that was there.

        Raises:
            SystemFault, UserError: the disk refused; what was there is still there.
        """
        part = self.path / (name + _PART)
        try:
            try:
                with part.open("wb", buffering=_BUFFER_BYTES) as file:
                    file.writelines(parts)
                part.replace(self.path / name)
            except OSError:
                with contextlib.suppress(OSError):  # half a file is of no use, and the disk may be full
                    part.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise _fault(self.path, error) from error

    def remove(self, names: Iterable[str]) -> None:
        """Delete files; those that are gone or that somebody holds open are left to the next run's ``prepare``."""
        with contextlib.suppress(OSError):
            self._unlink(names)

    def clear(self) -> None:
        """Delete every file of ours, as far as the disk lets us."""
        with contextlib.suppress(OSError):
            self._unlink([each.name for each in self.path.iterdir() if number_of(each.name) is not None])

    def _unlink(self, names: Iterable[str]) -> None:
        # The playlist goes first: a player that comes just now must not be sent to files that are gone.
        for name in sorted(names, key=lambda name: not name.startswith(PLAYLIST_NAME)):
            (self.path / name).unlink(missing_ok=True)

    def _refuse_foreign_playlist(self) -> None:
        playlist = self.path / PLAYLIST_NAME
        if playlist.exists() and SIGNATURE not in playlist.read_text(encoding="utf-8", errors="replace"):
            raise UserError(
                f"The folder {self.path} holds a playlist that is not ours.",
                hint="Choose an empty folder for HLS.",
            )


def _fault(folder: Path, error: OSError) -> PowerStreamError:
    """Return the fault for an error of the disk: the one place where HLS meets ``OSError``."""
    code = error.errno or 0
    detail = f"{errno.errorcode.get(code, 'unknown')}: {error.strerror or error}"
    if code in _FULL:
        return SystemFault(
            "The disk is full: the stream cannot be watched from this machine.",
            hint="Free some space; it comes back by itself.",
            detail=detail,
        )
    if code in _FORBIDDEN:
        return UserError(
            f"The HLS folder {folder} cannot be written to.",
            hint="Choose a folder that you may write to.",
            detail=detail,
        )
    if code in _NO_FOLDER:
        return UserError(
            f"The HLS folder {folder} is not a folder.", hint="Choose a folder, not a file.", detail=detail
        )
    return SystemFault(
        f"The HLS folder {folder} cannot be used.",
        hint="Check the disk or choose another folder.",
        detail=detail,
    )

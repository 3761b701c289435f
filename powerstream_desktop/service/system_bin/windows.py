"""The bin of Windows: the shell's own way of removing a file, without a word and without a window. Untried: written from the documentation."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Final

_DELETE: Final = 3
_SILENT, _NO_QUESTION, _INTO_THE_BIN, _NO_ERROR_WINDOW = 0x0004, 0x0010, 0x0040, 0x0400


class _Operation(ctypes.Structure):
    """``SHFILEOPSTRUCTW``."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("function", ctypes.c_uint),
        ("sources", ctypes.c_wchar_p),
        ("targets", ctypes.c_wchar_p),
        ("flags", ctypes.c_ushort),
        ("was_aborted", ctypes.c_int),
        ("mappings", ctypes.c_void_p),
        ("title", ctypes.c_wchar_p),
    )


class WindowsBin:
    """The bin of whoever is logged in."""

    def take(self, file: Path) -> Path | None:
        """Move a file into the bin; where it lies then, Windows does not tell.

        Raises:
            OSError: Windows refused; the file is where it was.
        """
        operation = _Operation(
            function=_DELETE,
            sources=f"{file.absolute()}\0",  # a list, which ends with two zeros: ctypes adds the second
            flags=_SILENT | _NO_QUESTION | _INTO_THE_BIN | _NO_ERROR_WINDOW,
        )
        code = _remove(operation)
        if code != 0 or operation.was_aborted:
            raise OSError(f"Windows did not take the file into its bin ({code:#x}).")
        return None


if sys.platform == "win32":

    def _remove(operation: _Operation) -> int:
        return int(ctypes.windll.shell32.SHFileOperationW(ctypes.byref(operation)))

else:

    def _remove(operation: _Operation) -> int:  # noqa: ARG001 - there is nobody to ask
        return -1

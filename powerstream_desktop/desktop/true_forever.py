"""Keeps PySide6 from wearing Python's ``True`` out.

``Signal.emit`` of PySide6 6.12 returns ``True`` without having counted that reference. Since Python 3.12 nobody counts those of
``True``; in Python 3.11 each signal costs one of its few hundred, and after the last the interpreter ends the process: "bool_dealloc:
deallocating True or False". A window that shows meters would live for a minute.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PLENTY: Final = 1 << 40
"""At a million signals a second, enough for twelve days."""
_COUNTED_UNTIL: Final = (3, 12)
_WORN: Final = True


def keep_true() -> None:
    """Give ``True`` more references than signals will ever take; does nothing where they are not counted."""
    if (
        sys.implementation.name != "cpython"
        or sys.version_info >= _COUNTED_UNTIL
        or sys.getrefcount(_WORN) >= _PLENTY
    ):
        return
    # The count is the first field of every object, unless Python was built for tracing references.
    if not hasattr(sys, "getobjects"):
        ctypes.c_ssize_t.from_address(id(_WORN)).value += _PLENTY

"""None, True, False and NotImplemented outlive any number of references that a library gives up without having taken them.

From Python 3.12 on they are immortal, and PySide6 6.12 is built as if they always were: each call of Qt's that returns None, and each
signal that is sent, takes one reference too many away. On Python 3.11 a process with a window then dies within minutes ("deallocating
None"), and an engine that paints a clock within hours.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_ARE_MORTAL: Final = (
    sys.version_info < (3, 12)
    and sys.implementation.name == "cpython"
    and not hasattr(sys, "getobjects")  # a Python built for tracing references, whose objects begin otherwise
)
_ENOUGH: Final = sys.maxsize // 4
"""References: a million a second for seventy thousand years."""


def make_singletons_last() -> None:
    """Give each so many references that nobody can use them up. Call it before Qt is used; harmless when repeated, on any thread."""
    if not _ARE_MORTAL:
        return
    for each in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(each))  # the first field of every object
        if count.value < _ENOUGH:
            count.value += _ENOUGH

"""PySide6 reads the source of every module that is loaded after it, and keeps its lines: it looks for the word "PySide6" in them.

It does so for its switchable spelling of names (``__feature__``), which nobody here uses. Of the window's five hundred modules that
is 9 MiB that are held for good, a tenth of the time to load them on a machine at rest, and half of it where the disk is slow.
"""

from __future__ import annotations

import sys
from typing import Final

_FEATURES: Final = "shibokensupport.feature"
_LOOK: Final = "_mod_uses_pyside"


def leave_sources_unread() -> None:
    """Have modules that are loaded from here on left alone. Call it once PySide6, or shiboken6, is loaded; harmless when repeated.

    A PySide6 that has no such thing, or calls it otherwise, is left as it is.
    """
    features = sys.modules.get(_FEATURES)
    if hasattr(features, _LOOK):
        setattr(features, _LOOK, lambda _module: False)

"""Films that lie in a folder because it is a store of replays: they are copies, and perhaps the only ones.

The library takes none of them for a file of its own: whoever removed that would remove the copy. That they lie so is tested against what
names them (``cloud/uploads/object_keys``).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

STORE_MARK: Final = ".powerstream-store"
"""The folder that makes a folder a store."""
_FILMS: Final = "vod"
_OF_A_HASH: Final = re.compile(r"[0-9a-f]{16}")


def is_stored_film(file: Path) -> bool:
    """Return whether a file is a copy in a store; the disk is asked only about names that copies have. Blocks as it does."""
    films = file.parent.parent
    if films.name != _FILMS or _OF_A_HASH.fullmatch(file.stem) is None:
        return False
    return any(os.path.isdir(folder / STORE_MARK) for folder in films.parents)  # noqa: PTH112 - never raises

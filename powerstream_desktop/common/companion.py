"""What a file is called that lies beside another one until that is whole, or gone. Pure."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

_LONGEST_NAME_BYTES: Final = 255
"""Of all systems' usual file systems the least."""


def companion(file: Path, suffix: str) -> Path:
    """Return the file's own name with the suffix; where that is too long for a name, one that is made of it, always the same."""
    name = f"{file.name}{suffix}"
    if len(os.fsencode(name)) > _LONGEST_NAME_BYTES:
        name = f"{hashlib.sha256(os.fsencode(file.name)).hexdigest()}{suffix}"
    return file.with_name(name)

"""The file that tells of a broadcast that goes on, as far as a service must know it that has hardly begun.

What all of it says is the business of ``resume_record``, whose imports take a third of a second: too long for whoever only wants to
know whether an engine will be needed.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

FILE_NAME: Final = "going_on.json"
MAX_AGE_S: Final = 60.0
"""Later nobody waits for the broadcast any more, and beginning it again would surprise."""
OUR_ENGINE: Final = "studio"
_MAX_BYTES: Final = 1024 * 1024


def needs_our_engine(folder: Path) -> bool:
    """Return whether a broadcast of our own engine broke off a moment ago. A guess: what makes no sense needs none. Blocks."""
    path = folder / FILE_NAME
    try:
        if abs(time.time() - path.stat().st_mtime) > MAX_AGE_S:
            return False
        with path.open("rb") as file:
            record = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.get("source") == OUR_ENGINE

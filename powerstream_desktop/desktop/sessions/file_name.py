"""What a report's file is called. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

MAX_CHARACTERS: Final = 80
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$", re.IGNORECASE)


def report_file_name(title: str, started_at: datetime, ending: str) -> str:
    """Return a name that every system takes.

    Args:
        title: of the session; anything.
        started_at: when it began; told in the zone of this moment.
        ending: such as ``.html``.
    """
    said = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(" .")[:MAX_CHARACTERS].strip(" .")
    if not said or _DEVICES.match(said):
        said = f"PowerStream {said}".strip()
    return f"{said} {started_at:%Y-%m-%d}{ending}"

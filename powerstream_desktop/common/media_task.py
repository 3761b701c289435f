"""What a piece of work on a media file is handed, and what it looks like: a plain function that knows no process and no pipe.

It stands here because ``library`` and ``recording`` both have such work, and may not import each other. The limited child process
(``library/workshop``) calls it; a test may call it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTask:
    """One piece of work.

    Attributes:
        file: the only file that may be read; absolute.
        folder: the only place where files may be made; None if nothing is written.
        request: what the work wants to know besides, a JSON object of its own.
        report: called now and then with how much is done, 0 to 1.
    """

    file: Path
    folder: Path | None
    request: Mapping[str, Any]
    report: Callable[[float], None]


MediaWork: TypeAlias = Callable[[MediaTask], Mapping[str, Any]]
"""Does the work and returns a JSON object, or raises a ``PowerStreamError``."""

"""Who changed what: a line of the log for each call that changes something, and for those that were not let in.

Names, methods, paths and outcomes; never bodies, queries or tokens. Lines of refused calls are rationed: whoever knocks all day
must not push yesterday out of the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.text import printable_text
from powerstream_desktop.service.access.rate_limits import TokenBucket

logger = logging.getLogger(__name__)

MAX_PATH_CHARACTERS: Final = 200
REFUSED_LINES_PER_S: Final = 0.2
REFUSED_LINES_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One call.

    Attributes:
        device: what its owner calls it; empty for a stranger.
        method: of HTTP.
        path: without the query.
        status: of the answer; 0 when the caller went before there was one.
        refused: the code of the refusal; empty if it was let in.
    """

    device: str
    method: str
    path: str
    status: int
    refused: str = ""

    def text(self) -> str:
        """Return it as one line, which no terminal obeys."""
        outcome = f"{self.status} {self.refused}".strip()
        who = self.device or "a stranger"
        return printable_text(f"{who}: {self.method[:16]} {self.path[:MAX_PATH_CHARACTERS]}: {outcome}")


class Audit:
    """Writes the lines.

    Args:
        now: monotonic seconds.
    """

    def __init__(self, now: float) -> None:
        self._refused = TokenBucket(per_s=REFUSED_LINES_PER_S, at_once=REFUSED_LINES_AT_ONCE, now=now)

    def note(self, line: AuditLine, now: float) -> None:
        """Write a line, unless it is one refusal too many."""
        if not line.refused or self._refused.take(now) == 0:
            logger.info("%s", line.text(), extra={"audit": True})

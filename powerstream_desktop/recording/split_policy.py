"""When a file of a recording has had enough, and the next one begins at the next key frame (reliability_security.md 1.5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.recording.options import RecordingOptions

_ROUNDING_MS: Final = 2
"""Times are rounded to milliseconds on the way: a key frame of the very second is not a group of pictures too early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPolicy:
    """Tells by length and size of a file; pure.

    Attributes:
        after_ms: media milliseconds after which it is due; ``None`` for never.
        at_bytes: size at which it is due; ``None`` for never.
    """

    after_ms: float | None
    at_bytes: int | None

    @classmethod
    def of(cls, options: RecordingOptions) -> SplitPolicy:
        """Return the policy that the owner of a recording has chosen."""
        after_s = options.split_after_s
        return cls(after_ms=None if after_s is None else after_s * 1000, at_bytes=options.split_at_bytes)

    def is_due(self, *, part_ms: int, part_bytes: int) -> bool:
        """Tell whether a key frame would begin the next file.

        Args:
            part_ms: how far behind the file's beginning it is, in milliseconds of media.
            part_bytes: the file's size.
        """
        is_long = self.after_ms is not None and part_ms >= self.after_ms - _ROUNDING_MS
        return is_long or (self.at_bytes is not None and part_bytes >= self.at_bytes)

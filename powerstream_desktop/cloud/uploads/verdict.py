"""What a look at an object has shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a look at an object has shown.

    Attributes:
        is_good: it is the file, as far as the level can tell.
        is_missing: there is no such object.
        level: how thoroughly it was looked at: 1 by what the store says of it, 2 also by some of its bytes, 3 by all.
        why: what is wrong with it; empty when it is good.
        at_ms: when, in milliseconds since 1970.
        etag: of the object; empty when it is missing.
    """

    is_good: bool
    is_missing: bool
    level: int
    why: str
    at_ms: int
    etag: str

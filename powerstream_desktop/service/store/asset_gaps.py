"""What a replay lacks, and what a platform did not get of it; as values, and as the text that a row holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TypeVar

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json
from powerstream_desktop.service.store.store_faults import damaged


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetGap:
    """A piece of the broadcast that is not in the replay.

    Attributes:
        start_ms, end_ms: from the replay's begin; where a piece was left out, both are where the pictures join.
        reason: a word for programs, such as ``paused`` or ``disk``.
    """

    start_ms: int
    end_ms: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationGap:
    """A piece of the replay that a destination did not get.

    Attributes:
        destination: its name then.
        platform: as the catalogue calls it.
        start_ms, end_ms: from the replay's begin.
        cause: a sentence; empty if none is known.
    """

    destination: str
    platform: str
    start_ms: int
    end_ms: int
    cause: str = ""


GapT = TypeVar("GapT", AssetGap, DestinationGap)


def packed_gaps(gaps: tuple[AssetGap, ...] | tuple[DestinationGap, ...]) -> str:
    """Return gaps as one text."""
    return json.dumps([asdict(gap) for gap in gaps], separators=(",", ":"))


def unpacked_gaps(kind: type[GapT], text: str) -> tuple[GapT, ...]:
    """Return the gaps of ``packed_gaps``; DamagedStoreError if there are none in it."""
    try:
        found: tuple[GapT, ...] = from_json(tuple[kind, ...], parse_json(text))  # type: ignore[valid-type]
    except MalformedError as error:
        raise damaged(f"gaps: {error}") from None
    return found

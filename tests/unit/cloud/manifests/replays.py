"""Replays and computers for the tests of manifests."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from powerstream_desktop.cloud.manifests.edits import Author, Replay
from powerstream_desktop.cloud.manifests.manifest import Manifest, Media
from powerstream_desktop.cloud.manifests.object_keys import media_key

NOW_MS = 1_795_000_000_000
"""In November 2026."""
SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
DAY_MS = 24 * 3600 * SECOND_MS
YEAR_MS = 365 * DAY_MS
RECORDED_AT = datetime(2026, 11, 1, 19, 30, tzinfo=UTC)

STUDIO = Author(device="studio00", name="Studio-PC", now_ms=NOW_MS)
LAPTOP = Author(device="laptop00", name="Laptop", now_ms=NOW_MS)


def at(author: Author, later_ms: int) -> Author:
    """The same computer, later."""
    return Author(device=author.device, name=author.name, now_ms=author.now_ms + later_ms)


def replay(asset_id: str = "A1", **changes: Any) -> Replay:
    """A replay as a computer knows it."""
    known: dict[str, Any] = {"asset_id": asset_id, "title": "Show", "recorded_at": RECORDED_AT}
    return Replay(**(known | changes))


def told(manifest: Manifest, **changes: Any) -> Replay:
    """What a manifest tells, as its computer's library knows it after some changes."""
    from powerstream_desktop.cloud.manifests.edits import ReplayMarker

    known: dict[str, Any] = {
        "asset_id": manifest.asset_id,
        "title": manifest.title.value,
        "description": manifest.description.value,
        "station_id": manifest.station_id.value,
        "recorded_at": manifest.recorded_at.value,
        "duration_ms": manifest.duration_ms.value,
        "markers": tuple(
            ReplayMarker(id=each.id, offset_ms=each.offset_ms, label=each.label) for each in manifest.markers
        ),
    }
    return Replay(**(known | changes))


def film(asset_id: str = "A1", content: str = "film", size_bytes: int = 5_000_000) -> Media:
    """A file in the store."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return Media(
        key=media_key(asset_id, sha256, "mp4"),
        sha256=sha256,
        size_bytes=size_bytes,
        width=1920,
        height=1080,
        fps=59.94,
        video_codec="h264",
        audio_codec="aac",
    )

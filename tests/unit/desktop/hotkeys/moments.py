"""What keys make of the running broadcast, as the service tells of it."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.client.clips import Clip
from powerstream_desktop.client.live import Marker


def clip(name: str = "c1", state: str = "queued", **changes: Any) -> Clip:
    """Return a clip of the last half minute."""
    told: dict[str, Any] = {
        "asset_id": None,
        "progress": 0.0,
        "title": "Show",
        "start_ms": 0,
        "end_ms": 30_000,
        **changes,
    }
    return Clip(words={}, id=name, state=state, **told)


def marker(offset_ms: int = 0) -> Marker:
    """Return a moment of the session."""
    return Marker(words={}, id="m1", offset_ms=offset_ms, label="")

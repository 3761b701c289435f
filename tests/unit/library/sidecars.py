"""Sidecars for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from powerstream_desktop.library.sidecar import (
    Sidecar,
    SidecarClip,
    SidecarDestinationGap,
    SidecarGap,
    SidecarMarker,
)

RECORDED_AT = datetime(2026, 11, 22, 19, 30, 5, 250_000, tzinfo=UTC)
FULL = Sidecar(
    asset_id="01JD0000000000000000000001",
    station_id="night-owls",
    station_name="Night owls ☾",
    session_id="01JD0000000000000000000002",
    user_id="somebody",
    title='A show <b>with</b> "everything"',
    description="Two\nlines",
    recorded_at=RECORDED_AT,
    duration_ms=3_600_123,
    size_bytes=5_000_000_000,
    sha256="0123456789abcdef" * 4,
    width=1920,
    height=1080,
    fps=29.97,
    video_codec="h264",
    audio_codec="aac",
    is_pinned=True,
    is_recovered=True,
    clip_of=SidecarClip(asset_id="01JD0000000000000000000003", start_ms=10, end_ms=20),
    markers=(
        SidecarMarker(id="m1", offset_ms=0),
        SidecarMarker(id="m2", offset_ms=61_000, label="Größer als 😀"),
    ),
    gaps=(SidecarGap(start_ms=5, end_ms=6, reason="paused"),),
    destination_gaps=(
        SidecarDestinationGap(
            destination="Kick", platform="kick", start_ms=3_130_000, end_ms=3_181_000, cause="timeout"
        ),
    ),
)


def sidecar(asset_id: str = "A1", **changes: Any) -> Sidecar:
    """Return a sidecar that says little."""
    return replace(Sidecar(asset_id=asset_id, title="Show", recorded_at=RECORDED_AT), **changes)

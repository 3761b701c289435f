"""Which replay shows a moment of a broadcast, and where in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from powerstream_desktop.client.assets import Asset


def subject_at(assets: Iterable[Asset], begin: datetime, end: datetime) -> str | None:
    """Return what the page of replays is led to; None if nothing was recorded then.

    Args:
        assets: what the broadcast became: several where the recording was split.
        begin: of what shall be seen, with its time zone.
        end: of the same, or later than it; for a moment the moment itself.
    """
    for asset in assets:
        if asset.recorded_at is None:
            continue
        is_over_before = begin >= asset.recorded_at + timedelta(seconds=asset.duration)
        if not is_over_before and end >= asset.recorded_at:
            offset = max(timedelta(), begin - asset.recorded_at)
            return f"{asset.id}@{offset // timedelta(milliseconds=1)}"
    return None

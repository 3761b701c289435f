"""Which replay shows a moment of a broadcast, and where in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from powerstream_desktop.client.library import Asset


def subject_at(assets: Iterable[Asset], moment: datetime) -> str | None:
    """Return what the page of replays is led to; None if nothing was recorded then.

    Args:
        assets: what the broadcast became: several where the recording was split.
        moment: with its time zone.
    """
    for asset in assets:
        if asset.recorded_at is None:
            continue
        offset = moment - asset.recorded_at
        if timedelta() <= offset < timedelta(seconds=asset.duration):
            return f"{asset.id}@{offset // timedelta(milliseconds=1)}"
    return None

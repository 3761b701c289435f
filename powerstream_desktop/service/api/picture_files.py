"""The files of stations' pictures, in our own folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.api.media import PICTURE_NAME
from powerstream_desktop.service.api.parts import APIParts
from powerstream_desktop.service.store.stations import Station


def prefix_of(station_id: str) -> str:
    """Return how the names of a station's pictures begin that came through the API."""
    return f"station-{station_id}-"


async def keep_picture(parts: APIParts, name: str, content: bytes) -> None:
    """Write a picture, whole or not at all; SystemFault if the disk refuses."""
    await asyncio.to_thread(_write, parts.pictures / name, content)


async def forget_picture(parts: APIParts, station: Station) -> None:
    """Delete a station's picture that nothing names any more; one that did not come through this door is left where it is."""
    name = station.picture or ""
    if name.startswith(prefix_of(station.id)) and PICTURE_NAME.fullmatch(name) is not None:
        await asyncio.to_thread(_delete, parts.pictures / name)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
    except OSError as error:
        raise SystemFault(
            "The picture could not be saved.",
            hint="Make room on the disk, and try again.",
            detail=repr(error),
        ) from error


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # what nothing names any more harms nobody

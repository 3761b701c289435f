"""How a film from elsewhere becomes a replay: by what lies beside it, if another PowerStream has recorded it, else by its own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.library.facts import MediaFacts
from powerstream_desktop.library.folder_scan import FoundReplay
from powerstream_desktop.library.sidecar import Sidecar, read_sidecar, sidecar_path
from powerstream_desktop.service.media.found_files import already_there
from powerstream_desktop.service.media.media_desk import with_facts
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.library_folders import take_in

_MAX_TITLE: Final = 200


def sidecar_beside(file: Path) -> Sidecar | None:
    """Return what a PowerStream has written beside a film; None if nothing that can be read. Blocks as the disk does."""
    path = sidecar_path(file)
    try:
        return read_sidecar(path) if path.is_file() else None
    except PowerStreamError:
        return None


def found_replay(
    file: Path, beside: Sidecar | None, facts: MediaFacts, version: tuple[int, int], now: datetime
) -> FoundReplay:
    """Return a film as the library finds it.

    Args:
        file: where it lies, or where its copy does.
        beside: what another PowerStream says of it.
        facts: what was found in it.
        version: its size, and when it was last written, in nanoseconds since 1970.
        now: it cannot be younger.
    """
    recorded_s = version[1] / 1e9 if facts.recorded_at_ms is None else facts.recorded_at_ms / 1000
    recorded_at = datetime.fromtimestamp(min(recorded_s, now.timestamp()), UTC)
    return FoundReplay(
        file=file,
        sidecar=beside,
        title=printable_text(file.stem)[:_MAX_TITLE],
        recorded_at=recorded_at,
        size_bytes=version[0],
    )


def keep_film(
    tables: Tables, found: FoundReplay, facts: MediaFacts, station_id: str | None, now: datetime
) -> tuple[Asset, bool]:
    """Add a film, or find it again; return it, and whether it was known at another place where it is not any more. A job of the store.

    Args:
        tables: of the job.
        found: the film.
        facts: what was found in it.
        station_id: of the station that it shall belong to; None for that of which it was, if that is known here.
        now: wall time with its zone.

    Raises:
        NotImportedError: it lies in the library's bin.
    """
    came, back = take_in(tables, [found], now)
    if not came and not back:
        raise already_there(found.file)
    asset = (*came, *back)[0]
    stations = {each.id for each in tables.stations.all()}
    station = station_id or (asset.station_id if asset.station_id in stations else None)
    return tables.assets.put(with_facts(replace(asset, station_id=station), facts)), bool(back)

"""Where the files of replays lie: for this computer's window, which plays them and shows them in their folder.

Below ``/api/access``, so that it takes a token that allows everything: a folder's name is nothing that a paired device is told.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import PathId
from powerstream_desktop.service.api.words import Answer
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store_faults import UnknownRecordError

router = APIRouter(prefix="/api/access/replays", tags=["access"])


class ReplayFile(Answer):
    """Where a replay's file lies."""

    file: str
    """Its whole path on the computer of the service."""


class ReplayFilm(Answer):
    """From where a replay is watched."""

    file: str | None
    """The whole path of a file on the computer of the service, which may lie in the folder that is the store; null for none."""
    url: str | None
    """Else an address below the service's own, for players on this computer. It holds no token, and is good for some hours of this run."""
    is_here: bool
    """It is the replay's own file, and not its copy in the cloud."""


@router.get("/{id}", summary="Tell where a replay's file lies")
async def get_replay_file(parts: Parts, asset_id: PathId) -> ReplayFile:
    """For players on this computer. 404 if it has none here; whether the file can be read is not looked at."""
    asset = await parts.store.read(lambda tables: tables.assets.get(asset_id))
    if asset.file is None or not Path(asset.file).is_absolute():
        raise _no_file()
    return ReplayFile(file=asset.file)


@router.get("/{id}/film", summary="Tell from where a replay is watched at this computer")
async def get_replay_film(parts: Parts, asset_id: PathId) -> ReplayFilm:
    """The file that is here, or else the copy in the cloud, which is seen to be there. 404 if there is neither.

    409 while nothing is fetched from the cloud because of a broadcast.
    """
    asset = await parts.store.read(lambda tables: tables.assets.get(asset_id))
    if asset.file is not None and asset.status is not AssetStatus.MISSING and Path(asset.file).is_absolute():
        return ReplayFilm(file=asset.file, url=None, is_here=True)
    film = await parts.cloud.film(asset_id)
    if film is None:
        raise _no_file()
    if isinstance(film, Path):
        return ReplayFilm(file=str(film), url=None, is_here=False)
    await film.require()
    ticket = parts.tickets.ticket(asset_id, parts.wall_now().timestamp())
    return ReplayFilm(file=None, url=f"/watch/{ticket}", is_here=False)


@router.post("/{id}/playing", summary="Say that a replay's file is open in a player")
async def keep_playing(parts: Parts, asset_id: PathId) -> Answer:
    """Nobody gives the file up within the next 30 seconds; say it again until it is closed."""
    parts.library.played.play(asset_id)
    return Answer()


@router.delete("/{id}/playing", summary="Say that a replay's file is closed")
async def end_playing(parts: Parts, asset_id: PathId) -> Answer:
    """Harmless if nobody has said that it is open."""
    parts.library.played.leave(asset_id)
    return Answer()


def _no_file() -> UnknownRecordError:
    return UnknownRecordError(
        "This replay has no file on this computer.", hint="Play it where it was recorded."
    )

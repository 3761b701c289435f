"""Pictures and sound themselves: the files of replays, and the running broadcast for players on this computer.

Which file is sent is never up to the caller: it is the one that the library knows, or one that the broadcast has just written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter
from fastapi import Path as PathField
from fastapi.responses import RedirectResponse, Response

from powerstream_desktop.relay.hls.playlist import number_of
from powerstream_desktop.service.api.cloud_film_response import CloudFilmResponse
from powerstream_desktop.service.api.file_response import FileContentResponse, open_file
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.wish_fields import PathId
from powerstream_desktop.service.api.words import ErrorAnswer
from powerstream_desktop.service.api.words_vod import PATH
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.store_faults import UnknownRecordError

router = APIRouter(tags=["media"])

_VIDEO_TYPES: Final = {
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".flv": "video/x-flv",
    ".ts": "video/mp2t",
}
PICTURE_TYPES: Final = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
_HLS_TYPES: Final = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".m4s": "video/iso.segment",
}
PICTURE_NAME: Final = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}", re.ASCII)
_ANYTHING: Final = "application/octet-stream"
Ticket = Annotated[str, PathField(max_length=200)]
_BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}


def answers(*types: str) -> dict[int | str, dict[str, Any]]:
    """Return what the document says of a route that sends files of these types."""
    content = {each: {"schema": _BINARY} for each in types}
    return {
        200: {"description": "The whole file.", "content": content},
        206: {"description": "The bytes that `Range` asks for.", "content": content},
        404: {"model": ErrorAnswer, "description": "There is no such file."},
        416: {"description": "The file has no such bytes."},
    }


@router.get(
    f"{PATH}/{{id}}/video",
    summary="Play a replay",
    response_class=Response,
    responses=answers(*_VIDEO_TYPES.values(), _ANYTHING),
)
async def get_video(parts: Parts, asset_id: PathId) -> Response:
    """Whole, or the one range that is asked for; `If-Range` and HEAD are understood.

    307 to a link if the file is only in the cloud, or at the address that who registered the replay has told.
    """
    asset = await _asset(parts, asset_id)
    place = await parts.cloud.link(asset_id) if asset.file is None else Path(asset.file)
    if place is None:
        place = asset.video_link
    if isinstance(place, str):
        return RedirectResponse(place)
    file = Path() if place is None else place
    if not file.is_absolute():
        raise UnknownRecordError(
            "This replay has no file on this computer.", hint="Play it where it was recorded."
        )
    media_type = _VIDEO_TYPES.get(file.suffix.lower(), _ANYTHING)
    sent = parts.library.played.being_sent(asset_id)
    return FileContentResponse(await open_file(file), media_type, while_sent=sent)


@router.get(
    f"{PATH}/{{id}}/thumbnail",
    summary="Show a replay's picture",
    response_class=Response,
    responses=answers(*sorted(set(PICTURE_TYPES.values()))),
)
async def get_thumbnail(parts: Parts, asset_id: PathId) -> Response:
    """404 if it has none; 307 if it is at the address that who registered the replay has told."""
    asset = await _asset(parts, asset_id)
    if asset.thumbnail is None and asset.thumbnail_link is not None:
        return RedirectResponse(asset.thumbnail_link)
    name = asset.thumbnail or ""
    media_type = PICTURE_TYPES.get(Path(name).suffix.lower())
    if media_type is None or PICTURE_NAME.fullmatch(name) is None:
        raise UnknownRecordError("This replay has no picture.", hint="Show its title instead.")
    return FileContentResponse(await open_file(parts.pictures / name), media_type)


@router.get(
    "/live/{stationSlug}/{name}",
    summary="Watch the running broadcast",
    response_class=Response,
    responses=answers(*_HLS_TYPES.values()),
)
async def get_live_file(
    parts: Parts,
    slug: Annotated[
        str, PathField(alias="stationSlug", description="`-` if the broadcast is of no station.")
    ],
    name: Annotated[str, PathField(description="`index.m3u8`, or a file that it names.")],
) -> FileContentResponse:
    """HLS for players on this computer, for which it needs no token; 404 while this station is not on air."""
    folder = parts.hls_folder(slug)
    media_type = _HLS_TYPES.get(Path(name).suffix)
    if folder is None or media_type is None or number_of(name) is None:
        raise UnknownRecordError("This station is not on air.", hint="Go live first.")
    return FileContentResponse(await open_file(folder / name), media_type)


@router.get(
    "/watch/{ticket}",
    summary="Watch a replay that is in the cloud only",
    response_class=Response,
    responses=answers(*_VIDEO_TYPES.values(), _ANYTHING),
)
async def watch(parts: Parts, ticket: Ticket) -> Response:
    """For players on this computer, by the address that `GET /api/access/replays/{id}/film` tells; it needs no token but ends with the run.

    It is fetched from the store as it is watched, in ranges too. 404 if the ticket is none, or good no longer.
    """
    asset_id = parts.tickets.asset_of(ticket, parts.wall_now().timestamp())
    film = None if asset_id is None else await parts.cloud.film(asset_id)
    if film is None:
        raise UnknownRecordError("There is no film at this address any more.", hint="Open the replay again.")
    media_type = _VIDEO_TYPES.get(film.suffix, _ANYTHING)
    if isinstance(film, Path):
        return FileContentResponse(await open_file(film), media_type)
    return CloudFilmResponse(film, media_type)


for _route, _path in (
    (watch, "/watch/{ticket}"),
    (get_video, f"{PATH}/{{id}}/video"),
    (get_thumbnail, f"{PATH}/{{id}}/thumbnail"),
    (get_live_file, "/live/{stationSlug}/{name}"),
):
    router.add_api_route(_path, _route, methods=["HEAD"], response_class=Response, include_in_schema=False)


async def _asset(parts: APIParts, asset_id: str) -> Asset:
    return await parts.store.read(lambda tables: tables.assets.get(asset_id))

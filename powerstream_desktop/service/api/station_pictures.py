"""The pictures of stations: small files of our own folder, each named by its station and its content."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.api.file_response import FileContentResponse, open_file
from powerstream_desktop.service.api.media import PICTURE_NAME, PICTURE_TYPES, answers
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.picture_files import forget_picture, keep_picture, prefix_of
from powerstream_desktop.service.api.stations import Station as StationWords
from powerstream_desktop.service.api.stations import StationAnswer
from powerstream_desktop.service.api.wish_fields import PathId
from powerstream_desktop.service.api.words import Wish
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

router = APIRouter(prefix="/api/stations/{id}/picture", tags=["stations"])

MAX_CHARACTERS: Final = 60_000
_KINDS: Final = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"))


class PictureWish(Wish):
    """A picture."""

    content: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
    """A JPEG or PNG file, in base64."""


@router.get(
    "",
    summary="Show a station's picture",
    response_class=Response,
    responses=answers(*sorted(set(PICTURE_TYPES.values()))),
)
async def get_station_picture(parts: Parts, station_id: PathId) -> FileContentResponse:
    """404 if it has none."""
    station = await parts.store.read(lambda tables: tables.stations.get(station_id))
    name = station.picture or ""
    media_type = PICTURE_TYPES.get(Path(name).suffix.lower())
    if media_type is None or PICTURE_NAME.fullmatch(name) is None:
        raise UnknownRecordError("This station has no picture.", hint="Show its name instead.")
    return FileContentResponse(await open_file(parts.pictures / name), media_type)


@router.put("", summary="Give a station a picture")
async def put_station_picture(parts: Parts, station_id: PathId, wish: PictureWish) -> StationAnswer:
    """Repeating it changes nothing; 404 if there is no such station."""
    content = _content(wish.content)
    name = f"{prefix_of(station_id)}{hashlib.sha256(content).hexdigest()[:16]}{_ending(content)}"
    before = await parts.store.read(lambda tables: tables.stations.get(station_id))
    await keep_picture(parts, name, content)
    station = await parts.store.write(lambda tables: _named(tables, station_id, name))
    if before.picture != name:
        await forget_picture(parts, before)
    return StationAnswer(station=StationWords.of(station))


@router.delete("", summary="Take a station's picture away")
async def remove_station_picture(parts: Parts, station_id: PathId) -> StationAnswer:
    """Harmless when it has none."""
    before = await parts.store.read(lambda tables: tables.stations.get(station_id))
    station = await parts.store.write(lambda tables: _named(tables, station_id, None))
    await forget_picture(parts, before)
    return StationAnswer(station=StationWords.of(station))


def _content(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UserError("The picture is not written in base64.", hint="Write its file in base64.") from None


def _ending(content: bytes) -> str:
    for beginning, ending in _KINDS:
        if content.startswith(beginning):
            return ending
    raise UserError("This is no picture.", hint="Choose a JPEG or PNG file.")


def _named(tables: Tables, station_id: str, name: str | None) -> Station:
    return tables.stations.change(replace(tables.stations.get(station_id), picture=name))

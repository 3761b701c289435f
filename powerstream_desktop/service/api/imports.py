"""Films that were made elsewhere come into the library. Only this computer's own window and command line may name files of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from powerstream_desktop.service.access.routes import IMPORT
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import Id
from powerstream_desktop.service.api.words import Answer, Wish

router = APIRouter(prefix=IMPORT, tags=["library"])

MOST_PATHS: Final = 500
_MAX_CHARACTERS: Final = 4096


def _whole(text: str) -> str:
    if "\0" in text or not Path(text).is_absolute():
        raise PydanticCustomError("whole_path", "It should be a whole path")
    return text


WholePath = Annotated[str, Field(min_length=1, max_length=_MAX_CHARACTERS), AfterValidator(_whole)]


class ImportWish(Wish):
    """Films to take in."""

    paths: Annotated[list[WholePath], Field(min_length=1, max_length=MOST_PATHS)]
    """Whole paths of files, and of folders, in which films are looked for."""
    station_id: Id | None = None
    """The station that they belong to."""


class ImportBegun(Answer):
    """An import runs, or waits for others; `library` events tell how far it is."""

    import_id: str
    """By which its events are known."""
    total: int
    """Files that are looked into."""


@router.post("", summary="Take films that were made elsewhere into the library", status_code=202)
async def import_films(parts: Parts, wish: ImportWish) -> ImportBegun:
    """Files stay where they lie, unless that is a place for passing things: then they are copied to the recordings.

    Each `library` event of it says `{"change":"import","importId","done","total","file","state":"running"|"done","taken","refused"}`,
    with what was refused so far as `{file, code, message}`; each replay that came in is told as `added` besides.
    """
    import_id, total = await parts.imports.begin([Path(each) for each in wish.paths], wish.station_id)
    return ImportBegun(import_id=import_id, total=total)

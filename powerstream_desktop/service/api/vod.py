"""The library: replays, listed and found, and what is kept of each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from powerstream_desktop.service.api.at_home import is_at_home
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.wish_fields import Id, PageOf, PathId, Text, Title
from powerstream_desktop.service.api.words import Answer, Asked, ErrorAnswer, Wish, Word
from powerstream_desktop.service.api.words_sessions import Marker, MarkerAnswer
from powerstream_desktop.service.api.words_vod import (
    PATH,
    Asset,
    AssetAnswer,
    AssetsPage,
    MarkersAnswer,
    RemovedAsset,
    assets_of,
)
from powerstream_desktop.service.store import asset_listing, assets, markers
from powerstream_desktop.service.store.asset_listing import MAX_CURSOR_CHARACTERS, AssetSort
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.revisions import require_seen

router = APIRouter(prefix=PATH, tags=["library"])

MAX_SEARCH_CHARACTERS: Final = 200
_MAX_SECONDS: Final = 366 * 24 * 3600
_MAX_BYTES: Final = 2**50
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CURSOR: Final = r"^[0-9a-f]{1,16}(\.[0-9a-f]*)?$"
_SHA256: Final = r"^[0-9a-f]{64}$"
_LINK: Final = r"^https://[0-9A-Za-z.-]{1,253}(:[0-9]{1,5})?/[!-~]{0,2000}$"
Link = Annotated[str, Field(pattern=_LINK, max_length=2048)]
Seen = Annotated[str | None, Header(max_length=1000)]
MarkerId = Annotated[Id, Path(alias="markerId")]
Seconds = Annotated[float, Field(ge=0, le=_MAX_SECONDS, allow_inf_nan=False)]


def _text(date: object) -> object:
    """A number, also one as text, would be taken for seconds or for milliseconds."""
    if not isinstance(date, str) or _DATE.match(date) is None:
        raise PydanticCustomError("date_text", "It should be a date with its time and zone, as text")
    return date


def _text_if_any(date: object) -> object:
    return None if date is None else _text(date)


class AssetsWanted(PageOf):
    """Which replays are meant."""

    q: Annotated[str, Field(max_length=MAX_SEARCH_CHARACTERS)] = ""
    """Words of title, description or markers, each by its beginning; all must be there."""
    status: AssetStatus | None = None
    """Only those in this state; null for all."""
    recorded_from: Annotated[AwareDatetime | None, Field(alias="from"), BeforeValidator(_text_if_any)] = None
    """Only those that begin then or later."""
    recorded_before: Annotated[AwareDatetime | None, Field(alias="to"), BeforeValidator(_text_if_any)] = None
    """Only those that begin before."""
    sort: AssetSort = AssetSort.NEWEST
    cursor: Annotated[str, Field(pattern=_CURSOR, max_length=MAX_CURSOR_CHARACTERS)] | None = None
    """``nextCursor`` of the page before, in the same order; null for the first."""


class AssetWish(Wish):
    """A replay as another computer knows it, or as it shall be called here."""

    title: Title
    description: Text = ""
    duration: Seconds = 0.0
    recorded_at: Annotated[Word[AwareDatetime], BeforeValidator(_text)]
    status: Word[AssetStatus] = AssetStatus.READY
    station_id: Id | None = None
    multistream_session_id: Id | None = None
    user_id: Id | None = None
    size_bytes: Annotated[int, Field(ge=0, le=_MAX_BYTES)] = 0
    sha256: Annotated[str, Field(pattern=_SHA256)] | None = None
    """Of the film: where another one is known, nothing is changed."""
    video_url: Link | None = None
    """Where everybody finds the film."""
    thumbnail_url: Link | None = None


class AssetChange(Wish):
    """What becomes of a replay; what is not said stays as it is."""

    title: Title | None = None
    description: Text | None = None
    station_id: Id | None = None
    """Null takes it out of its station."""
    is_pinned: bool | None = None
    """Keep it from every rule that would take it."""


class Removing(Asked):
    """How a replay is removed."""

    bin: bool = False
    """Move its file to the bin as well; it can be taken back for half a minute."""


class RestoreWish(Wish):
    """A removal to take back."""

    undo_token: Id
    """What the removal was answered with."""


class MarkWish(Wish):
    """A moment to find again."""

    offset_ms: Annotated[int, Field(ge=0, le=1000 * _MAX_SECONDS)]
    """From the beginning of the replay."""
    label: Title = ""


@router.get("", summary="List replays, or find some")
async def list_assets(parts: Parts, asked: Annotated[AssetsWanted, Query()]) -> AssetsPage:
    """A page at a time, the newest first unless asked otherwise; `nextCursor` leads to the next."""
    page = await parts.store.read(lambda tables: _page(tables, asked))
    return page.model_copy(update={"assets": tuple(_now(parts, each) for each in page.assets)})


@router.get("/{id}", summary="Tell about one replay")
async def get_asset(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """404 if there is none of this id."""
    return await asset_answer(parts, asset_id)


@router.put(
    "/{id}",
    summary="Add a replay that lies elsewhere, or replace what is said of one",
    responses={
        201: {"model": AssetAnswer, "description": "It was added."},
        409: {"model": ErrorAnswer, "description": "Another film is known under this id."},
        412: {"model": ErrorAnswer, "description": "It is of another revision than was seen."},
    },
)
async def put_asset(
    parts: Parts,
    asset_id: PathId,
    wish: AssetWish,
    response: Response,
    if_match: Seen = None,
    if_none_match: Seen = None,
) -> AssetAnswer:
    """Repeating it changes nothing. What this service has recorded itself keeps its file, length, size and status.

    With `If-Match` it is changed only if it is still of that revision; with `If-None-Match: *` only if there is none.
    """

    def put(tables: Tables) -> tuple[Literal["added", "changed"], Asset]:
        require_seen(_known(tables, asset_id), if_match=if_match, if_none_match=if_none_match)
        return _put(tables, asset_id, wish)

    change, asset = await parts.store.write(put)
    response.headers["ETag"] = f'"{asset.revision}"'
    if change == "added":
        response.status_code = 201
        parts.library.vod.tell(change, asset_id)
    else:
        parts.library.vod.changed(asset_id)
    return AssetAnswer(asset=asset)


@router.patch("/{id}", summary="Change what is said of a replay")
async def change_asset(parts: Parts, asset_id: PathId, wish: AssetChange) -> AssetAnswer:
    """404 if there is none of this id."""
    asset = await parts.store.write(lambda tables: _change(tables, asset_id, wish))
    parts.library.vod.changed(asset_id)
    return AssetAnswer(asset=asset)


@router.delete(
    "/{id}",
    summary="Remove a replay from the library",
    responses={412: {"model": ErrorAnswer, "description": "It is of another revision than was seen."}},
)
async def remove_asset(
    parts: Parts,
    asset_id: PathId,
    asked: Annotated[Removing, Query()],
    request: Request,
    if_match: Seen = None,
) -> RemovedAsset:
    """Its file is not touched, unless the bin is asked for; its markers go with it, unless they are its broadcast's too.

    With `If-Match` it is removed only if it is still of that revision.
    """

    def seen(tables: Tables) -> assets.Asset:
        asset = tables.assets.get(asset_id)
        require_seen(asset, if_match=if_match, if_none_match=None)
        return asset

    def remove(tables: Tables) -> assets.Asset:
        seen(tables)
        removed = tables.assets.remove(asset_id)
        say_removed(tables)
        return removed

    say_removed, say_restored = parts.cloud.saying_removed(asset_id), parts.cloud.saying_restored(asset_id)

    if asked.bin:
        asset = await parts.store.read(seen)
        token = await parts.library.bin.put(asset_id, say_removed, say_restored)
        await parts.cloud.removed(asset_id)
        return RemovedAsset(
            file=asset.file if is_at_home(request) else None, message="Moved to the bin.", undo_token=token
        )
    removed = await parts.store.write(remove)
    parts.library.vod.tell("removed", asset_id)
    await parts.cloud.removed(asset_id)
    stays = "" if removed.file is None else "; the file stays at its place"
    return RemovedAsset(
        file=removed.file if is_at_home(request) else None,
        message=f"Removed from the library{stays}.",
        undo_token=None,
    )


@router.post("/{id}/restore", summary="Take a replay back out of the bin")
async def restore_asset(parts: Parts, asset_id: PathId, wish: RestoreWish) -> AssetAnswer:
    """404 once it has gone on to the system's bin, which is half a minute after it was removed."""
    await parts.library.bin.restore(asset_id, wish.undo_token, parts.cloud.saying_restored(asset_id))
    return await asset_answer(parts, asset_id)


@router.get("/{id}/markers", summary="List the markers of a replay")
async def list_asset_markers(parts: Parts, asset_id: PathId) -> MarkersAnswer:
    """In the order of time."""
    return MarkersAnswer(markers=(await parts.store.read(lambda tables: _one(tables, asset_id))).markers)


@router.post("/{id}/markers", summary="Mark a moment of a replay", status_code=201)
async def add_asset_marker(parts: Parts, asset_id: PathId, wish: MarkWish) -> MarkerAnswer:
    """404 if there is no such replay."""
    marker = markers.Marker(
        id=new_id(parts.wall_now()),
        asset_id=asset_id,
        offset_ms=wish.offset_ms,
        label=wish.label,
    )
    added = await parts.store.write(lambda tables: tables.markers.add(marker))
    parts.library.vod.changed(asset_id)
    return MarkerAnswer(marker=Marker.of(added))


@router.delete("/{id}/markers/{markerId}", summary="Remove a marker from a replay")
async def remove_asset_marker(parts: Parts, asset_id: PathId, marker_id: MarkerId) -> Answer:
    """404 if this replay has no such marker."""
    await parts.store.write(lambda tables: _unmark(tables, asset_id, marker_id))
    parts.library.vod.changed(asset_id)
    return Answer()


async def asset_answer(parts: APIParts, asset_id: str) -> AssetAnswer:
    """Return a replay as it is now; UnknownRecordError if there is none of this id."""
    return AssetAnswer(asset=_now(parts, await parts.store.read(lambda tables: _one(tables, asset_id))))


def _now(parts: APIParts, asset: Asset) -> Asset:
    """Return a replay with the figures of its transfer, if one is going on."""
    progress = parts.cloud.progress(asset.id)
    if progress is None:
        return asset
    return asset.model_copy(update={"sync": asset.sync.with_progress(progress)})


def _page(tables: Tables, asked: AssetsWanted) -> AssetsPage:
    """Return a page; made on the store's thread, because a long one is the work of many milliseconds."""
    wanted = asset_listing.AssetsWanted(
        station_id=asked.station_id,
        status=asked.status,
        words=asked.q,
        recorded_from=asked.recorded_from,
        recorded_before=asked.recorded_before,
        sort=asked.sort,
    )
    page = tables.assets.page(wanted, limit=asked.limit, cursor=asked.cursor)
    total = tables.assets.count(wanted) if asked.cursor is None else None
    return AssetsPage(assets=assets_of(tables, page.rows), next_cursor=page.next_cursor, total=total)


def _one(tables: Tables, asset_id: str) -> Asset:
    return assets_of(tables, (tables.assets.get(asset_id),))[0]


def _put(tables: Tables, asset_id: str, wish: AssetWish) -> tuple[Literal["added", "changed"], Asset]:
    said = {
        "station_id": wish.station_id,
        "session_id": wish.multistream_session_id,
        "user_id": wish.user_id,
        "title": wish.title,
        "description": wish.description,
        "recorded_at": wish.recorded_at,
    }
    elsewhere: dict[str, Any] = {
        "status": wish.status,
        "duration_ms": round(wish.duration * 1000),
        "size_bytes": wish.size_bytes,
        "video_link": wish.video_url,
        "thumbnail_link": wish.thumbnail_url,
    }
    if wish.sha256 is not None:
        elsewhere["sha256"] = wish.sha256
    before = _known(tables, asset_id)
    change: Literal["added", "changed"] = "changed"
    if before is None:
        change, asset = "added", assets.Asset(id=asset_id, **said, **elsewhere)  # type: ignore[arg-type]
    else:
        if None not in {wish.sha256, before.sha256} and wish.sha256 != before.sha256:
            raise ConflictError("Another film is known under this id.", hint="Look at both.")
        # Of a file of ours we know better what it is.
        asset = replace(before, **said, **(elsewhere if before.file is None else {}))  # type: ignore[arg-type]
    tables.assets.put(asset)
    return change, _one(tables, asset_id)


def _known(tables: Tables, asset_id: str) -> assets.Asset | None:
    try:
        return tables.assets.get(asset_id)
    except UnknownRecordError:
        return None


def _change(tables: Tables, asset_id: str, wish: AssetChange) -> Asset:
    asset = tables.assets.get(asset_id)
    if wish.title is not None:
        asset = replace(asset, title=wish.title)
    if wish.description is not None:
        asset = replace(asset, description=wish.description)
    if "station_id" in wish.model_fields_set:
        asset = replace(asset, station_id=wish.station_id)
    if wish.is_pinned is not None:
        asset = replace(asset, is_pinned=wish.is_pinned)
    tables.assets.put(asset)
    return _one(tables, asset_id)


def _unmark(tables: Tables, asset_id: str, marker_id: str) -> None:
    if not any(each.id == marker_id for each in tables.markers.of_assets([asset_id])[asset_id]):
        raise UnknownRecordError("This replay has no such marker.", hint="Reload the list of markers.")
    tables.markers.remove(marker_id)

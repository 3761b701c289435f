"""The library: what is asked of the service about what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from powerstream_desktop.client.assets import Asset, AssetsPage, AssetWish, RemovedAsset, ReplayFilm
from powerstream_desktop.client.library_care import BinnedAsset, Rebuilt, RetentionPlan, Storage
from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.live import Marker
from powerstream_desktop.client.replay_media import ImportBegun, Waveform, WaveformWords
from powerstream_desktop.client.request import SLOW_S, Request, given, path_of
from powerstream_desktop.client.writing import written


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReplayFile:
    file: str


class Library:
    """The routes of ``/api/vod``, and where their files lie. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def page(
        self,
        *,
        station_id: str | None = None,
        words: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> AssetsPage:
        """Return replays.

        Args:
            station_id: only those of a station.
            words: only those in whose title, description or markers there are these.
            status: only those in this state, such as ``missing``.
            since: only those that begin at this moment or later; in UTC, such as ``2026-11-23T20:00:00Z``.
            until: only those that begin before this one.
            sort: ``newest`` (usual), ``oldest``, ``title``, ``longest`` or ``largest``.
            limit: how many, 1 to 200.
            cursor: ``next_cursor`` of the page before, in the same order.
        """
        query = {
            "stationId": station_id,
            "q": words,
            "status": status,
            "from": since,
            "to": until,
            "sort": sort,
            "limit": limit,
            "cursor": cursor,
        }
        return self._link.read(Request(method="GET", path=path_of("vod"), query=query), AssetsPage)

    def get(self, asset_id: str) -> Asset:
        """Return one replay."""
        return self._link.read(Request(method="GET", path=path_of("vod", asset_id)), Asset, "asset")

    def change(
        self,
        asset_id: str,
        *,
        title: str | None = None,
        description: str | None = None,
        station_id: str | None = None,
        is_pinned: bool | None = None,
    ) -> Asset:
        """Change what is said of a replay; what is not given stays.

        Args:
            asset_id: of the replay.
            title: what it is called.
            description: what it is about.
            station_id: the station it belongs to; an empty text takes it out of its station.
            is_pinned: keep it from every rule that would take it.
        """
        body = given(title=title, description=description, stationId=station_id, isPinned=is_pinned)
        if station_id == "":
            body["stationId"] = None
        # What it is called afterwards does not depend on how often it is said.
        request = Request(method="PATCH", path=path_of("vod", asset_id), body=body, is_repeatable=True)
        return self._link.read(request, Asset, "asset")

    def register(self, asset_id: str, wish: AssetWish) -> Asset:
        """Add a replay that lies elsewhere, or replace what is said of one; repeating it changes nothing."""
        request = Request(method="PUT", path=path_of("vod", asset_id), body=written(wish))
        return self._link.read(request, Asset, "asset")

    def remove(self, asset_id: str) -> RemovedAsset:
        """Remove a replay from the library for good; its file stays where it is."""
        return self._link.read(Request(method="DELETE", path=path_of("vod", asset_id)), RemovedAsset)

    def bin(self, asset_id: str) -> BinnedAsset:
        """Move a replay and its file to the bin; for half a minute ``restore`` takes that back."""
        request = Request(method="DELETE", path=path_of("vod", asset_id), query={"bin": "true"})
        return self._link.read(request, BinnedAsset)

    def restore(self, asset_id: str, undo_token: str) -> Asset:
        """Take a replay back out of the bin; ``UnknownError`` once it is too late."""
        path, body = path_of("vod", asset_id, "restore"), {"undoToken": undo_token}
        return self._link.read(Request(method="POST", path=path, body=body), Asset, "asset")

    def storage(self) -> Storage:
        """Return how much room replays take."""
        return self._link.read(Request(method="GET", path=path_of("vod", "storage")), Storage)

    def retention(self) -> RetentionPlan:
        """Return what the rules of retention would remove now; removes nothing."""
        return self._link.read(Request(method="GET", path=path_of("vod", "retention")), RetentionPlan)

    def apply_retention(self, shown: Sequence[str] | None = None) -> RetentionPlan:
        """Move what the rules of retention would remove to the bin, and return what that was.

        Args:
            shown: only these, at most 1000; None for whatever the rules come to by then.
        """
        path = path_of("vod", "retention", "apply")
        body: dict[str, object] = {} if shown is None else {"assetIds": list(shown)}
        request = Request(method="POST", path=path, body=body, is_repeatable=True, read_s=SLOW_S)
        return self._link.read(request, RetentionPlan)

    def rebuild(self) -> Rebuilt:
        """Add what the folders of recordings have and the library does not know."""
        path = path_of("vod", "rebuild")
        request = Request(method="POST", path=path, body={}, is_repeatable=True, read_s=SLOW_S)
        return self._link.read(request, Rebuilt)

    def thumbnail(self, asset_id: str) -> bytes:
        """Return the picture of a replay, as the bytes of its file; ``UnknownError`` if it has none."""
        return self._link.fetch(Request(method="GET", path=path_of("vod", asset_id, "thumbnail")))

    def strip(self, asset_id: str) -> bytes:
        """Return twelve pictures of a replay, 160x90 each in a row, as the bytes of a JPEG; ``UnknownError`` while they are not made."""
        return self._link.fetch(Request(method="GET", path=path_of("vod", asset_id, "strip")))

    def waveform(self, asset_id: str) -> Waveform:
        """Return how loud a replay is; ``UnknownError`` while that is not measured."""
        request = Request(method="GET", path=path_of("vod", asset_id, "waveform"))
        return self._link.read(request, WaveformWords).waveform()

    def import_files(self, paths: Sequence[str], *, station_id: str | None = None) -> ImportBegun:
        """Take films of the service's computer into the library; needs a token that allows everything.

        Args:
            paths: whole paths of files, and of folders, in which films are looked for.
            station_id: of the station that they will belong to.
        """
        body = given(paths=list(paths), stationId=station_id)
        request = Request(method="POST", path=path_of("vod", "import"), body=body, read_s=SLOW_S)
        return self._link.read(request, ImportBegun)

    def file(self, asset_id: str) -> str:
        """Return where the file of a replay lies on the service's computer; needs a token that allows everything.

        ``UnknownError`` if it has none there.
        """
        request = Request(method="GET", path=path_of("access", "replays", asset_id))
        return self._link.read(request, _ReplayFile).file

    def film(self, asset_id: str) -> ReplayFilm:
        """Return from where a replay is watched on the service's computer; needs a token that allows everything.

        ``UnknownError`` if it is neither there nor in the cloud; ``ConflictError`` while nothing is fetched because of a broadcast.
        """
        request = Request(method="GET", path=path_of("access", "replays", asset_id, "film"), read_s=SLOW_S)
        return self._link.read(request, ReplayFilm)

    def keep_playing(self, asset_id: str) -> None:
        """Say that a replay's file is open in a player: nobody gives it up within the next 30 seconds."""
        path = path_of("access", "replays", asset_id, "playing")
        self._link.ask(Request(method="POST", path=path, body={}, is_repeatable=True))

    def end_playing(self, asset_id: str) -> None:
        """Say that it is closed."""
        self._link.ask(Request(method="DELETE", path=path_of("access", "replays", asset_id, "playing")))

    def markers(self, asset_id: str) -> tuple[Marker, ...]:
        """Return the markers of a replay."""
        return self._link.read_all(
            Request(method="GET", path=path_of("vod", asset_id, "markers")), Marker, "markers"
        )

    def mark(self, asset_id: str, offset_ms: int, label: str = "") -> Marker:
        """Mark a moment of a replay, so many milliseconds from its beginning."""
        body = {"offsetMs": offset_ms, "label": label}
        return self._link.read(
            Request(method="POST", path=path_of("vod", asset_id, "markers"), body=body), Marker, "marker"
        )

    def remove_marker(self, asset_id: str, marker_id: str) -> None:
        """Remove a marker of a replay."""
        self._link.ask(Request(method="DELETE", path=path_of("vod", asset_id, "markers", marker_id)))

"""A client whose library and stations are lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from powerstream_desktop.client.assets import Asset, AssetsPage, RemovedAsset, ReplayFilm
from powerstream_desktop.client.catalogue import Station, StationWish
from powerstream_desktop.client.errors import ConflictError, ServiceGoneError, UnknownError
from powerstream_desktop.client.library_care import BinnedAsset, RetentionEntry, RetentionPlan, Storage
from powerstream_desktop.client.live import LiveStatus, Marker
from powerstream_desktop.client.replay_media import ImportBegun, Waveform
from powerstream_desktop.common.errors import PowerStreamError
from tests.unit.desktop.replays.fake_cloud import FakeCloud
from tests.unit.desktop.review.fake_clips import FakeClips

RECORDED_AT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def marker(number: int, offset_ms: int, label: str = "") -> Marker:
    return Marker(words={}, id=f"m{number}", offset_ms=offset_ms, label=label)


def asset(number: int, title: str = "", station_id: str = "st1", **fields: object) -> Asset:
    made = Asset(
        words={},
        id=f"as{number}",
        title=title or f"Show {number}",
        status="ready",
        duration=65.0,
        size_bytes=4_100_000_000,
        recorded_at=RECORDED_AT,
        station_id=station_id,
        video_url=f"/api/vod/as{number}/video",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def station(number: int, name: str = "") -> Station:
    return Station(words={}, id=f"st{number}", slug=f"slug-{number}", name=name or f"Station {number}")


def live_on(station_id: str | None, session_id: str | None = "s1") -> LiveStatus:
    return LiveStatus(
        words={},
        is_live=session_id is not None,
        state="live",
        session_id=session_id,
        station_id=station_id,
        title="Tonight",
    )


def entry(number: int, reason: str, sentence: str) -> RetentionEntry:
    return RetentionEntry(
        words={},
        asset_id=f"as{number}",
        title=f"Show {number}",
        size_bytes=4_100_000_000,
        recorded_at=RECORDED_AT,
        reason=reason,
        sentence=sentence,
    )


def plan(removes: tuple[RetentionEntry, ...] = (), keeps: tuple[RetentionEntry, ...] = ()) -> RetentionPlan:
    return RetentionPlan(
        words={}, removes=removes, keeps=keeps, freed_bytes=sum(each.size_bytes for each in removes)
    )


@dataclass
class FakeLibrary:
    """Replays."""

    assets: list[Asset] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_gone: bool = False
    free_bytes: int | None = 214_000_000_000
    page_rows: int = 48
    wishes: list[dict[str, object]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    binned: dict[str, Asset] = field(default_factory=dict)
    plan: RetentionPlan = field(default_factory=lambda: plan())
    in_the_cloud: set[str] = field(default_factory=set)
    no_film: PowerStreamError | None = None
    played: list[str] = field(default_factory=list)
    imported: list[tuple[tuple[str, ...], str | None]] = field(default_factory=list)

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
        self.asked.append(f"page {station_id} {words} {cursor}")
        self.wishes.append({"status": status, "since": since, "until": until, "sort": sort})
        if self.is_gone:
            raise ServiceGoneError("PowerStream's service is not running.")
        found = [
            each
            for each in self.assets
            if station_id in {None, each.station_id}
            and status in {None, each.status}
            and (words or "").lower() in each.title.lower()
        ]
        if sort == "title":
            found.sort(key=lambda each: each.title)
        first = int(cursor or 0)
        rest = first + self.page_rows
        return AssetsPage(
            words={},
            assets=tuple(found[first:rest]),
            next_cursor=str(rest) if rest < len(found) else None,
            total=len(found) if cursor is None else None,
        )

    def get(self, asset_id: str) -> Asset:
        self.asked.append(f"get {asset_id}")
        found = next((each for each in self.assets if each.id == asset_id), None)
        if found is None:
            raise UnknownError("There is no such replay.", status=404, code="not-found")
        return found

    def file(self, asset_id: str) -> str:
        self.asked.append(f"file {asset_id}")
        return f"/replays/{asset_id}.mp4"

    def film(self, asset_id: str) -> ReplayFilm:
        self.asked.append(f"film {asset_id}")
        if self.no_film is not None:
            raise self.no_film
        if asset_id in self.in_the_cloud:
            return ReplayFilm(words={}, url=f"/watch/{asset_id}.1.ab")
        return ReplayFilm(words={}, file=f"/replays/{asset_id}.mp4", is_here=True)

    def keep_playing(self, asset_id: str) -> None:
        self.played.append(f"keep {asset_id}")

    def end_playing(self, asset_id: str) -> None:
        self.played.append(f"end {asset_id}")

    def thumbnail(self, asset_id: str) -> bytes:
        self.asked.append(f"thumbnail {asset_id}")
        return b"no picture"

    def strip(self, asset_id: str) -> bytes:
        raise UnknownError(f"The strip of {asset_id} is not made yet.", status=404, code="not-found")

    def waveform(self, asset_id: str) -> Waveform:
        raise UnknownError(f"The wave of {asset_id} is not made yet.", status=404, code="not-found")

    def change(
        self,
        asset_id: str,
        *,
        title: str | None = None,
        description: str | None = None,
        is_pinned: bool | None = None,
        station_id: str | None = None,
    ) -> Asset:
        self._check(asset_id)
        wish = {"title": title, "description": description, "is_pinned": is_pinned, "station_id": station_id}
        changed = replace(
            self.get(asset_id),
            **{name: value for name, value in wish.items() if value is not None},  # type: ignore[arg-type]
        )
        self._put(changed)
        return changed

    def bin(self, asset_id: str) -> BinnedAsset:
        self._check(asset_id)
        token = f"token of {asset_id}"
        self.binned[token] = self.get(asset_id)
        self.assets = [each for each in self.assets if each.id != asset_id]
        return BinnedAsset(words={}, undo_token=token)

    def restore(self, asset_id: str, undo_token: str) -> Asset:
        self._check(asset_id)
        found = self.binned.pop(undo_token)
        assert found.id == asset_id
        self.assets.append(found)
        return found

    def storage(self) -> Storage:
        self.asked.append("storage")
        if self.is_gone:
            raise ServiceGoneError("PowerStream's service is not running.")
        return Storage(
            words={},
            used_bytes=212_000_000_000,
            free_bytes=self.free_bytes,
            reserve_bytes=16_000_000,
            count=len(self.assets),
            folder="/replays",
        )

    def retention(self) -> RetentionPlan:
        self._check("retention")
        return self.plan

    def apply_retention(self, shown: Sequence[str] | None = None) -> RetentionPlan:
        self._check("apply")
        self.asked.append("apply" if shown is None else f"apply {' '.join(shown)}")
        return self.plan

    def import_files(self, paths: Sequence[str], *, station_id: str | None = None) -> ImportBegun:
        self._check("import")
        self.imported.append((tuple(paths), station_id))
        return ImportBegun(words={}, import_id="im1", total=len(paths))

    def _check(self, asset_id: str) -> None:
        if asset_id in self.refuses:
            raise ConflictError("It is being played.", status=409, code="busy", hint="Stop it first.")

    def mark(self, asset_id: str, offset_ms: int, label: str = "") -> Marker:
        found, made = self.get(asset_id), marker(99, offset_ms, label)
        self._put(replace(found, markers=(*found.markers, made)))
        return made

    def remove_marker(self, asset_id: str, marker_id: str) -> None:
        found = self.get(asset_id)
        self._put(replace(found, markers=tuple(each for each in found.markers if each.id != marker_id)))

    def remove(self, asset_id: str) -> RemovedAsset:
        self.assets = [each for each in self.assets if each.id != asset_id]
        return RemovedAsset(words={}, file=f"/replays/{asset_id}.mp4", message="Removed.")

    def _put(self, changed: Asset) -> None:
        self.assets = [changed if each.id == changed.id else each for each in self.assets]


@dataclass
class FakeStations:
    """Stations."""

    stations: list[Station] = field(default_factory=list)
    is_gone: bool = False
    taken_slug: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)

    def picture(self, station_id: str) -> bytes:
        return self.pictures[station_id]

    def set_picture(self, station_id: str, content: bytes) -> Station:
        self.pictures[station_id] = content
        return self._named(station_id, f"station-{station_id}-{len(content)}.jpg")

    def remove_picture(self, station_id: str) -> Station:
        self.pictures.pop(station_id, None)
        return self._named(station_id, None)

    def _named(self, station_id: str, picture: str | None) -> Station:
        self.stations = [
            replace(each, picture=picture) if each.id == station_id else each for each in self.stations
        ]
        return next(each for each in self.stations if each.id == station_id)

    def all(self) -> tuple[Station, ...]:
        if self.is_gone:
            raise ServiceGoneError("PowerStream's service is not running.")
        return tuple(self.stations)

    def add(self, wish: StationWish) -> Station:
        return self.save(f"st{len(self.stations) + 1}", wish)

    def save(self, station_id: str, wish: StationWish) -> Station:
        if wish.slug and wish.slug == self.taken_slug:
            raise ConflictError("This address is taken.", status=409, code="conflict", hint="Choose another.")
        slug = wish.slug or wish.name.lower()
        made = Station(
            words={},
            id=station_id,
            slug=slug,
            name=wish.name,
            description=wish.description,
            picture=wish.picture,
        )
        self.stations = [each for each in self.stations if each.id != station_id] + [made]
        return made

    def remove(self, station_id: str) -> None:
        self.stations = [each for each in self.stations if each.id != station_id]


class FakeClient:
    """The rooms that these pages go to."""

    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.stations = FakeStations()
        self.clips = FakeClips()
        self.cloud = FakeCloud()

    def film_place(self, film: ReplayFilm) -> str:
        return film.file or f"http://127.0.0.1:5001{film.url}"

    def playlist_url(self, slug: str) -> str:
        return f"http://127.0.0.1:5001/live/{slug}/index.m3u8"

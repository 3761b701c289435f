"""A cloud that does nothing, and remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from powerstream_desktop.cloud.object_store.probe_report import ProbeFinding, ProbeReport, ProbeStep
from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.cloud_films import CloudFilm
from powerstream_desktop.service.cloud.cloud_standing import (
    CloudStanding,
    Progress,
    QueuedUpload,
    ServerTrial,
)
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish


@dataclass
class FakeCloud:
    """What it is asked for stands in ``asked``, the name and what it concerned."""

    store: Store
    stands: CloudStanding = field(default_factory=CloudStanding)
    going_on: Progress | None = None
    queue: tuple[QueuedUpload, ...] = ()
    report: ProbeReport = field(
        default_factory=lambda: ProbeReport(findings=(ProbeFinding(step=ProbeStep.WRITE),), capabilities=None)
    )
    server_trial: ServerTrial = field(default_factory=ServerTrial)
    place: str | Path | None = None
    watched: Path | CloudFilm | None = None
    refuses: PowerStreamError | None = None
    tried: list[tuple[CloudOptions, StoreCredentials | None]] = field(default_factory=list)
    kept: list[StoreCredentials] = field(default_factory=list)
    asked: list[tuple[str, object]] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)

    async def standing(self) -> CloudStanding:
        return self.stands

    def progress(self, asset_id: str) -> Progress | None:
        return self.going_on if self.going_on is not None and self.going_on.asset_id == asset_id else None

    async def uploads(self) -> tuple[QueuedUpload, ...]:
        return self.queue

    async def test(self, options: CloudOptions, credentials: StoreCredentials | None) -> ProbeReport:
        self.tried.append((options, credentials))
        return self.report

    async def keep_credentials(self, credentials: StoreCredentials) -> None:
        self.kept.append(credentials)

    async def forget_credentials(self) -> None:
        self.kept.clear()

    async def log_in(self, access: Secret, refresh: Secret | None) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.asked.append(("log in", (access, refresh)))

    async def try_server(self) -> ServerTrial:
        if self.refuses is not None:
            raise self.refuses
        return self.server_trial

    async def log_out(self) -> None:
        self.asked.append(("log out", None))

    async def pause(self) -> None:
        self.asked.append(("pause", None))

    async def resume(self) -> None:
        self.asked.append(("resume", None))

    def sync(self, *, confirm: bool) -> None:
        self.asked.append(("sync", confirm))

    async def upload(self, asset_id: str) -> None:
        await self._ask("upload", asset_id)

    async def cancel(self, asset_id: str) -> None:
        await self._ask("cancel", asset_id)

    async def put_first(self, asset_id: str) -> None:
        self.asked.append(("first", asset_id))

    async def evict(self, asset_id: str) -> None:
        await self._ask("evict", asset_id)

    async def download(self, asset_id: str) -> None:
        await self._ask("download", asset_id)

    async def cancel_copy(self, asset_id: str, wish: CopyWish) -> None:
        await self._ask(f"cancel {wish}", asset_id)

    def saying_removed(self, asset_id: str) -> Callable[[Tables], None]:
        return lambda _: self.said.append(("removed", asset_id))

    def saying_restored(self, asset_id: str) -> Callable[[Tables], None]:
        return lambda _: self.said.append(("restored", asset_id))

    async def removed(self, asset_id: str) -> None:
        self.asked.append(("removed", asset_id))

    async def link(self, asset_id: str) -> str | Path | None:
        self.asked.append(("link", asset_id))
        return self.place

    async def verify(self, asset_id: str, *, is_full: bool) -> None:
        await self._ask("verify fully" if is_full else "verify", asset_id)

    async def film(self, asset_id: str) -> Path | CloudFilm | None:
        self.asked.append(("film", asset_id))
        if self.refuses is not None:
            raise self.refuses
        return self.watched

    async def _ask(self, what: str, asset_id: str) -> None:
        if self.refuses is not None:
            raise self.refuses
        await self.store.read(lambda tables: tables.assets.get(asset_id))
        self.asked.append((what, asset_id))

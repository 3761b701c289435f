"""What the API asks of the cloud. The composition root hands it the real one; it is called on the loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.cloud_films import CloudFilm
from powerstream_desktop.service.cloud.cloud_standing import (
    CloudStanding,
    Progress,
    QueuedUpload,
    ServerTrial,
)
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish


class Cloud(Protocol):
    """The store of replays, and what goes there (``CloudRoom``)."""

    async def standing(self) -> CloudStanding:
        """Return how the store and the uploads stand."""
        ...

    def progress(self, asset_id: str) -> Progress | None:
        """Return how far the transfer of a replay is; None if none is going on."""
        ...

    async def uploads(self) -> tuple[QueuedUpload, ...]:
        """Return the uploads that are not done, the next one first."""
        ...

    async def test(self, options: CloudOptions, credentials: StoreCredentials | None) -> ProbeReport:
        """Try a store out.

        Args:
            options: which one.
            credentials: None for those that are kept.

        Raises:
            UserError: no store can be like that, or there are no credentials.
            SystemFault: no process can be started for it.
        """
        ...

    async def keep_credentials(self, credentials: StoreCredentials) -> None:
        """Keep what opens the store; raises as ``Secrets.keep``."""
        ...

    async def forget_credentials(self) -> None:
        """Keep it no longer; harmless if there is nothing."""
        ...

    async def log_in(self, access: Secret, refresh: Secret | None) -> None:
        """Tell the PowerStream server from now on; UserError if it cannot be, else raises as ``Secrets.keep``."""
        ...

    async def try_server(self) -> ServerTrial:
        """Ask the PowerStream server now; ConflictError if none was chosen."""
        ...

    async def log_out(self) -> None:
        """Tell it no longer; harmless if nobody is logged in."""
        ...

    async def pause(self) -> None:
        """Stop all uploads until they are resumed."""
        ...

    async def resume(self) -> None:
        """Let them go on, also those that met a trouble."""
        ...

    def sync(self, *, confirm: bool) -> None:
        """Compare all edits with those of other computers, soon.

        Args:
            confirm: say yes to the questions that there are.
        """
        ...

    async def upload(self, asset_id: str) -> None:
        """Have a replay uploaded; harmless if it is on its way or there.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: no store was chosen, or the replay has no finished file here.
        """
        ...

    async def cancel(self, asset_id: str) -> None:
        """Do without an upload; harmless if there is none, or it is done. UnknownRecordError if there is no such replay."""
        ...

    async def put_first(self, asset_id: str) -> None:
        """Upload a replay before all others; UnknownRecordError if it is not in the queue."""
        ...

    async def evict(self, asset_id: str) -> None:
        """Give up the file of a replay, once its copy was verified again.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: it has no verified copy or no file, is pinned, or is being worked on.
        """
        ...

    async def download(self, asset_id: str) -> None:
        """Bring the file of a replay back.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: there is no copy of it, or its file is here.
        """
        ...

    async def verify(self, asset_id: str, *, is_full: bool) -> None:
        """Have the copy of a replay looked at; its upload tells what came of it.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: it has no copy, or too much waits.
        """
        ...

    async def film(self, asset_id: str) -> Path | CloudFilm | None:
        """Return the copy of a replay to be watched at this computer; None if there is no copy.

        Raises:
            ConflictError: nothing is fetched now, for a broadcast needs the network.
            PeerError: the store does not have it, or is not there.
            UserError, SystemFault: it cannot be asked.
        """
        ...

    async def cancel_copy(self, asset_id: str, wish: CopyWish) -> None:
        """Do without giving a file up, bringing it back or looking at a copy; UnknownRecordError if there is no such replay."""
        ...

    def saying_removed(self, asset_id: str) -> Callable[[Tables], None]:
        """Return the job by which all computers learn of a removal."""
        ...

    def saying_restored(self, asset_id: str) -> Callable[[Tables], None]:
        """Return the same for a replay that is taken back."""
        ...

    async def removed(self, asset_id: str) -> None:
        """Somebody has removed a replay from the library, here and for all computers of its station."""
        ...

    async def link(self, asset_id: str) -> str | Path | None:
        """Return where a replay without a file here is played from: an address, or a file of a folder that is the store."""
        ...

"""The daily comparison of the PowerStream server's list with the library and the bucket, and the repair of what the bucket lacks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend import Backend
from powerstream_desktop.cloud.backend.reconciliation import Listed, Reconciliation, reconcile
from powerstream_desktop.cloud.backend.texts import Texts
from powerstream_desktop.cloud.uploads.object_keys import MEDIA
from powerstream_desktop.service.cloud.lost_copies import LostCopies
from powerstream_desktop.service.cloud.registration_notes import known_among, rows_in_the_cloud
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerComparison:
    """Compares; one at a time.

    Attributes:
        store: where replays are.
        bucket: to the store in the cloud.
        copies: looks for what the bucket does not list.
        options: as the settings have them now.
    """

    store: Store
    bucket: StoreLine
    copies: LostCopies
    options: Callable[[], CloudOptions]

    async def compare(self, account: Account, there: Mapping[str, Listed]) -> Reconciliation:
        """Return what differs, and have copies brought again that are really gone.

        Args:
            account: whose list it is.
            there: the server's list.

        Raises:
            PowerStreamError: the store in the cloud cannot be asked, or the data cannot be read.
        """
        options = self.options()
        rows = await self.store.read(lambda tables: rows_in_the_cloud(tables, account, options))
        known = await self.store.read(lambda tables: known_among(tables, there))
        found = reconcile(there, rows, await self._keys() if rows else frozenset(), known=known)
        if not found.is_doubtful:
            await self.copies.look_for((*found.to_look_at, *found.missing))
            await self.copies.found_again(found.missing)
        logger.info(
            "Compared with the PowerStream server: %d to tell, %d only there, %d with another film, %d missing in the bucket%s",
            len(found.to_tell),
            len(found.only_there),
            len(found.other_content),
            len(found.to_look_at) + len(found.missing),
            ", whose list is doubtful" if found.is_doubtful else "",
        )
        return found

    async def _keys(self) -> frozenset[str]:
        courier = await self.bucket.courier()
        keys: set[str] = set()
        async for portion in courier.list_objects(f"{self.bucket.prefix}{MEDIA}"):
            keys.update(each.key for each in portion)
        return frozenset(keys)


def list_server(backend: Backend) -> dict[str, Listed]:
    """Return the server's whole list by the replays' ids; blocking, raises as ``Backend.pages``."""
    return {
        each.asset_id: Listed(sha256=each.sha256, texts=Texts.of(each))
        for page in backend.pages()
        for each in page.replays
    }

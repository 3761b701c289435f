"""The workshop and the two desks that have work done in it, as the service has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.service.media.import_desk import ImportDesk
from powerstream_desktop.service.media.media_desk import MediaDesk
from powerstream_desktop.service.media.picture_folder import PictureFolder
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.store import Store


class MediaRoom:
    """Starts and closes what belongs together. One loop, that of the store.

    Args:
        store: started before this is.
        workshop: closed with the room.
        pictures: folder of the pictures of replays.
        recordings: where films go that are copied.
        is_live: whether a broadcast runs.
        came: tells everybody of a replay that the library did not know.
        changed: told of each replay of which more is known or to be seen now.
        tell: tells everybody something about the library.
        wall_now: wall time with its zone.
    """

    def __init__(
        self,
        store: Store,
        workshop: Workshop,
        *,
        pictures: Path,
        recordings: Callable[[], Path],
        is_live: Callable[[], bool],
        came: Callable[[Asset], None],
        changed: Callable[[str], None],
        tell: Callable[[Mapping[str, Any]], None],
        wall_now: Callable[[], datetime],
    ) -> None:
        self._workshop = workshop
        self.desk = MediaDesk(store, workshop, PictureFolder(pictures), is_live=is_live, changed=changed)
        self.imports = ImportDesk(
            store,
            workshop,
            came=came,
            changed=changed,
            recordings=recordings,
            tell=tell,
            wall_now=wall_now,
        )

    def heard(self, change: str, asset_id: str) -> None:
        """Take what becomes of a replay: one that is ``removed`` needs no pictures, any other may."""
        if change == "removed":
            self.desk.forget(asset_id)
        else:
            self.desk.look(asset_id)

    def start(self) -> None:
        """Begin."""
        self.desk.start()
        self.imports.start()

    async def aclose(self) -> None:
        """End what is being done, and wait for that; harmless when repeated."""
        await self.imports.aclose()
        await self.desk.aclose()
        await self._workshop.aclose()

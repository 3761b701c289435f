"""What the sync desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.service.cloud.pictures_there import PicturesThere
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncTools:
    """What it needs from the rest of the service.

    Attributes:
        store: where replays are.
        line: to the store in the cloud.
        pictures: brings the replays' pictures there and back.
        options: as the settings have them now.
        device_name: what this computer is called.
        may_run: whether the network may be used now.
        tell: called with what happened (``added``, ``changed``, ``removed``) and the replay's id.
        removed_for_all: called with a replay that was removed here, once that stands in the bucket.
        turned: called when a pass has ended.
        wall_now: wall time with its zone.
    """

    store: Store
    line: StoreLine
    pictures: PicturesThere
    options: Callable[[], CloudOptions]
    device_name: Callable[[], str]
    may_run: Callable[[], bool]
    tell: Callable[[str, str], None]
    removed_for_all: Callable[[str], None]
    turned: Callable[[], None]
    wall_now: Callable[[], datetime]

"""What the cloud's room needs from the rest of the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from powerstream_desktop.cloud.backend.backend_wire import Sender
from powerstream_desktop.service.cloud.cloud_standing import CloudStanding
from powerstream_desktop.service.cloud.courier_port import CourierPort
from powerstream_desktop.service.cloud.right_of_way import Traffic
from powerstream_desktop.service.cloud.store_line import KeyPlace
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTools:
    """What the cloud works with.

    Attributes:
        courier: speaks with stores.
        store: of data.
        keys: where credentials are kept.
        options: as the settings have them now.
        pictures: folder of the replays' pictures.
        recordings: where files go that are brought here.
        traffic: what uploads give way to.
        is_cut: whether clips are being made of the file of a replay.
        is_played: whether somebody plays it.
        tell: tells the library's listeners what happened to which replay.
        changed: the same, and has what is known written down beside its file.
        publish: tells everybody who listens how the cloud stands.
        wall_now: wall time with its zone.
        clock: monotonic seconds.
        sender: to the PowerStream server; None for the real one.
    """

    courier: CourierPort
    store: Store
    keys: KeyPlace
    options: Callable[[], CloudOptions]
    pictures: Path
    recordings: Callable[[], Path]
    traffic: Traffic
    is_cut: Callable[[str], bool]
    is_played: Callable[[str], bool]
    tell: Callable[[str, str], None]
    changed: Callable[[str], None]
    publish: Callable[[CloudStanding], None]
    wall_now: Callable[[], datetime]
    clock: Callable[[], float]
    sender: Sender | None = None

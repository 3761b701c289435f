"""What the upload desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.service.cloud.right_of_way import Traffic
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadTools:
    """The rest of the service, as far as uploads need it.

    Attributes:
        store: where uploads are kept.
        line: to the store in the cloud.
        options: as the settings have them now.
        traffic: what uploads give way to.
        turned: called with a replay whose upload is in another state.
        progressed: called when the one that goes on is further.
        verified: called when a replay has got its copy.
        wall_now: wall time with its zone.
        clock: monotonic seconds.
    """

    store: Store
    line: StoreLine
    options: Callable[[], CloudOptions]
    traffic: Traffic
    turned: Callable[[str], None]
    progressed: Callable[[], None]
    verified: Callable[[str], None]
    wall_now: Callable[[], datetime]
    clock: Callable[[], float]

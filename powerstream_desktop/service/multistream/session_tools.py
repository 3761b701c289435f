"""What a session needs from the rest of the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.relay.destination.endpoint_changes import EndpointChanges
from powerstream_desktop.service.api.ports import Secrets
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot, BroadcastSummary
from powerstream_desktop.service.multistream.broadcast_settings import BroadcastSettings
from powerstream_desktop.service.store.sessions import SessionSource
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.vod.vod_service import VODService


class TriesAgain(Protocol):
    """A relay, as far as a session commands it."""

    def retry_now(self, name: str) -> None:
        """Let a destination try again at once."""
        ...


class RunsBroadcast(Protocol):
    """A broadcast (``Broadcast``), as far as a session needs it."""

    @property
    def relay(self) -> TriesAgain:
        """Its relay."""
        ...

    async def start(self) -> None:
        """Start everything."""
        ...

    async def wait(self) -> None:
        """Wait until it is over by itself, or ``request_stop`` is called."""
        ...

    def request_stop(self) -> None:
        """Let ``wait`` return."""
        ...

    async def stop(self) -> BroadcastSummary:
        """End properly."""
        ...

    async def serve(self, endpoints: Sequence[RTMPEndpoint]) -> EndpointChanges:
        """Serve these endpoints and no others from now on."""
        ...

    def order_recording(self, order: RecordingOrder) -> bool:
        """Have its recording obey at the next key frame, and return whether there is one."""
        ...

    def snapshot(self) -> BroadcastSnapshot:
        """Return how everything stands."""
        ...


OpenBroadcast: TypeAlias = Callable[[BroadcastPlan, SessionSource, Callable[[], None]], RunsBroadcast]
"""Makes a broadcast of a plan, with our engine if that is the source; the last argument is called whenever a light, or the
broadcast's state, may have turned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTools:
    """What a session needs from the rest of the service.

    Attributes:
        store: where sessions are kept.
        vod: makes replays of what they have recorded.
        secrets: where keys are kept.
        catalogue: what is known of platforms.
        paths: for what lies in files.
        settings: what holds for a broadcast that begins now.
        engine_config: what our engine would encode now, for the look before a broadcast; UserError if that cannot be.
        open_broadcast: makes broadcasts.
        clock: monotonic seconds, those of the loop.
        wall_now: wall time with its zone.
    """

    store: Store
    vod: VODService
    secrets: Secrets
    catalogue: Catalogue
    paths: Paths
    settings: Callable[[], BroadcastSettings]
    engine_config: Callable[[], EngineConfig]
    open_broadcast: OpenBroadcast
    clock: Clock
    wall_now: Callable[[], datetime]

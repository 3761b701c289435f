"""Broadcasts that end as nobody wanted, for the tests of how sessions end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.relay.destination.endpoint_changes import EndpointChanges
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot, BroadcastSummary
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.store.sessions import SessionSource
from tests.integration.service.sessions_stage import (
    EXTERNAL,
    INGEST_KEY,
    relay_for_encoders,
)

REQUEST = replace(EXTERNAL, stream_key=Secret(INGEST_KEY), use_multistream=False)
GIVEN_UP = SystemFault("The engine does not start.", hint="Restart the computer.")


class BrokenRecording:
    """Nobody can say what was recorded."""

    @property
    def began_at(self) -> None:
        raise ZeroDivisionError("a bug")


class TroubledBroadcast:
    """A broadcast that fails, dawdles or breaks as a test says; all else is the real one's."""

    def __init__(self, real: Broadcast) -> None:
        self.relay = real.relay
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.failure: PowerStreamError | None = None
        self.breaks = False
        self.breaks_lights = False
        self.breaks_recordings = False
        self.stops = 0
        self._real = real

    async def start(self) -> None:
        await self._real.start()

    async def wait(self) -> None:
        await self._real.wait()

    def request_stop(self) -> None:
        self._real.request_stop()

    def give_up(self, failure: PowerStreamError) -> None:
        """End by itself."""
        self.failure = failure
        self.request_stop()

    async def stop(self) -> BroadcastSummary:
        self.stops += 1
        await self.may_end.wait()
        summary = await self._real.stop()
        if self.breaks:
            raise ZeroDivisionError("a bug")
        if self.breaks_recordings:
            return replace(summary, recordings=(BrokenRecording(),))  # type: ignore[arg-type]
        return replace(summary, failure=self.failure)

    async def serve(self, endpoints: Sequence[RTMPEndpoint]) -> EndpointChanges:
        return await self._real.serve(endpoints)

    def order_recording(self, order: RecordingOrder) -> bool:
        return self._real.order_recording(order)

    def snapshot(self) -> BroadcastSnapshot:
        if self.breaks_lights:
            raise ZeroDivisionError("a bug")
        snapshot = self._real.snapshot()
        return replace(snapshot, state=BroadcastState.ENDING) if self.stops else snapshot


class Opener:
    """Makes troubled broadcasts and remembers the last one."""

    def __init__(self) -> None:
        self.opened = 0
        self.last: TroubledBroadcast

    def __call__(
        self, plan: BroadcastPlan, source: SessionSource, on_turn: Callable[[], None]
    ) -> TroubledBroadcast:
        self.opened += 1
        self.last = TroubledBroadcast(relay_for_encoders(plan, source, on_turn))
        return self.last

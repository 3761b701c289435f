"""A service's parts, and what they make happen: the stage of the events' tests."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.api.event_ports import Event
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.events.broadcast_events import BroadcastEvents
from powerstream_desktop.service.events.event_hub import EventHub, Listener
from powerstream_desktop.service.events.standing import Standing
from powerstream_desktop.service.multistream.session_request import RunningSession, SessionRequest
from powerstream_desktop.service.settings.settings import Settings
from tests.unit.service.api.fake_studio import FakeStudio
from tests.unit.service.api.running_session import destination, running_session
from tests.unit.service.store.rows import NOW


class Stage:
    """A service's parts, and what they make happen."""

    def __init__(self) -> None:
        self.multistream: Any = SimpleNamespace(running=None, is_saving=False)
        self.studio = FakeStudio()
        self.settings = Settings()
        self.standing = Standing(self.multistream, self.studio, lambda: self.settings, lambda: NOW)
        self.hub = EventHub(self.standing.everything)
        self.events = BroadcastEvents(self.hub, self.standing)
        self.place = 0

    def news(self) -> list[tuple[str, Any]]:
        """Return what was told since the last time."""
        self.place, told = self.hub.behind(self.place)
        return [(event.name, json.loads(event.data)) for event in told]

    def topics(self, *, with_figures: bool = False) -> list[str]:
        """Look, and return what was told."""
        self.events.look(with_figures=with_figures)
        return [name for name, _ in self.news()]

    def go_live(self, **fields: Any) -> None:
        self.multistream.running = live(**fields)


def live(
    state: BroadcastState = BroadcastState.LIVE,
    light: DestinationState = DestinationState.LIVE,
    **fields: Any,
) -> RunningSession:
    running = running_session(SessionRequest(title="Evening"), state=state)
    shown = {each: fields.pop(each) for each in tuple(fields) if each != "bytes_sent"}
    relay = dataclasses.replace(
        running.broadcast.relay, destinations=(destination("Twitch", light, **fields),)
    )
    return dataclasses.replace(
        running, broadcast=dataclasses.replace(running.broadcast, relay=relay, **shown)
    )


def on_stage(story: Callable[[Stage], Awaitable[None]]) -> None:
    async def run() -> None:
        stage = Stage()
        stage.events.look(with_figures=False, is_first=True)
        await story(stage)

    asyncio.run(run())


async def next_of(listener: Listener, name: str) -> Event:
    async with asyncio.timeout(5):
        while (event := await anext(listener)).name != name:
            pass
    return event

"""When an event is told: at once, a second later at the latest, and to the end."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

import pytest

from tests.integration.relay.swift_loop import eventually
from tests.unit.service.events.stage import Stage, next_of


def test_a_change_of_the_settings_is_told_at_once() -> None:
    async def run() -> None:
        stage = Stage()
        stage.events.start()
        listener = stage.hub.listen(None)
        await next_of(listener, "library")
        stage.settings = stage.settings.with_values({"appearance.theme": "light"})
        await stage.events.settings_changed(stage.settings)
        assert stage.events._turned.is_set(), "it would be found a second later"
        told = json.loads((await next_of(listener, "settings")).data)
        assert told["values"]["appearance.theme"] == "light"
        await stage.events.aclose()

    asyncio.run(run())


def test_what_turned_reaches_who_listens_and_the_end_ends_it() -> None:
    async def run() -> None:
        stage = Stage()
        stage.events.start()
        listener = stage.hub.listen(None)
        assert json.loads((await next_of(listener, "live")).data)["isLive"] is False
        await next_of(listener, "library")
        stage.go_live()
        stage.events.turned()
        assert json.loads((await next_of(listener, "live")).data)["isLive"] is True
        stage.multistream.running = None
        await stage.events.aclose()
        assert listener.has_ended
        _, told = stage.hub.behind(0)
        assert [json.loads(event.data)["isLive"] for event in told if event.name == "live"] == [True, False]
        await stage.events.aclose()

    asyncio.run(run())


def test_a_change_that_nobody_reported_is_found_while_somebody_listens() -> None:
    async def run() -> None:
        stage = Stage()
        stage.events.start()
        listener = stage.hub.listen(None)
        await next_of(listener, "library")
        stage.go_live()
        assert json.loads((await next_of(listener, "live")).data)["isLive"] is True
        await stage.events.aclose()

    asyncio.run(run())


@pytest.mark.allow_warning_logs
def test_a_part_that_cannot_say_how_it_stands_silences_nobody_for_long() -> None:
    async def run() -> None:
        stage = Stage()
        stage.events.start()
        listener = stage.hub.listen(None)
        await next_of(listener, "library")
        sound = stage.studio.sound
        stage.studio.sound = cast("Any", 5)
        stage.events.turned()
        await eventually(lambda: not stage.events._turned.is_set())
        stage.studio.sound = sound
        stage.go_live()
        stage.events.turned()
        assert json.loads((await next_of(listener, "live")).data)["isLive"] is True
        await stage.events.aclose()

    asyncio.run(run())

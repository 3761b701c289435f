"""Replays in the store of a test of the API, and what was told of them."""

from __future__ import annotations

import json
from functools import partial

from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.api.service_parts import World


async def keep(world: World, *assets: Asset) -> None:
    """Put replays into the store."""
    for each in assets:
        await world.store.write(partial(_put, each))


def _put(kept: Asset, tables: Tables) -> Asset:
    return tables.assets.put(kept)


async def changes(world: World) -> list[tuple[str, str]]:
    """Return what the library has told so far."""
    _, told = world.events.behind(0)
    data = [json.loads(event.data) for event in told if event.name == "library"]
    return [(each["change"], each["assetId"]) for each in data]

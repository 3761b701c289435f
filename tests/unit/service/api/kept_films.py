"""A replay with a film, as an API is asked for it in tests."""

from __future__ import annotations

from pathlib import Path

from tests.unit.service.api.service_parts import World
from tests.unit.service.store.rows import asset

CONTENT = bytes(range(256)) * 4000


async def keep(world: World, **fields: object) -> None:
    replay = asset("as1", "Evening show", 0.0, **fields)
    await world.store.write(lambda tables: tables.assets.put(replay))


async def video(world: World, folder: Path, name: str = "show.mp4", content: bytes = CONTENT) -> Path:
    """Keep a replay with a file."""
    file = folder / name
    file.write_bytes(content)
    await keep(world, file=str(file))
    return file

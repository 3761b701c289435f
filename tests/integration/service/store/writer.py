"""A process that writes into the store until it is killed: ``python -m tests.integration.service.store.writer FOLDER [WRITES]``.

It ends by itself only when it was told how many writes are wanted. It says ``open``, and then the number of each station once its write is acknowledged.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.tables import Tables

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _both(number: int) -> Callable[[Tables], None]:
    """Return the job that writes a station and a replay together: one never comes without the other."""

    def job(data: Tables) -> None:
        data.stations.add(Station(id=f"st{number}", name=f"Station {number}", created_at=NOW))
        data.assets.put(Asset(id=f"as{number}", title=f"Evening {number} " + "x" * 2000, recorded_at=NOW))

    return job


def _shortened(number: int) -> Callable[[Tables], Asset]:
    """Return a job that gives pages back, so that checkpoints and free pages meet the kill too."""
    return lambda data: data.assets.put(Asset(id=f"as{number}", title="Short", recorded_at=NOW))


async def _run(folder: Path, writes: int | None) -> None:
    store = Store(folder)
    await store.start()
    _say("open")
    first = len(await store.read(lambda data: data.stations.all()))
    for number in itertools.islice(itertools.count(first), writes):
        await store.write(_both(number))
        _say(number)
        if number % 10 == 9:
            await store.note(_shortened(number))


if __name__ == "__main__":
    asyncio.run(_run(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else None))

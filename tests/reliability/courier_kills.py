"""V01: the process that brings replays to the store is killed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import os
import random
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from powerstream_desktop.cloud.courier.courier import Courier
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.cloud.uploads.part_plan import MIB
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import SystemFault
from tests.integration.cloud.store_servers import CREDENTIALS, moto_store, seaweed_store
from tests.reliability.campaign import Campaign, Verdict

FILM_BYTES = 17 * MIB + 7  # three parts
AT_ONCE = 2
LONGEST_LIFE_S = 3.0
"""A process needs one to start; it brings some films in three."""
SEAWEED_SHARE = 5
"""One kill of so many is beside SeaweedFS."""
_MOTO = replace(EVERYTHING, part_checksums=False)


@dataclass
class Sync:
    """What a run has done so far."""

    kills_left: int
    kills: int = 0
    films: int = 0
    broken: list[str] = field(default_factory=list)


def play_courier_kills(cases: int, folder: Path) -> Verdict:
    """Upload films one after another while their courier is killed again and again: beside one store, then the other."""
    at_seaweed = -(-cases // SEAWEED_SHARE)
    stores = (
        ("moto", moto_store, _MOTO, cases - at_seaweed),
        ("SeaweedFS", seaweed_store, EVERYTHING, at_seaweed),
    )
    said, broken = [], []
    for name, a_store, capabilities, kills in stores:
        place = folder / name
        place.mkdir()
        with a_store(place) as config:
            sync = asyncio.run(_play(kills, place, replace(config, capabilities=capabilities)))
        said.append(f"{sync.kills} kills and {sync.films} films verified at {name}")
        broken += [f"{name}: {each}" for each in sync.broken]
    return Verdict(", ".join(said), tuple(broken))


async def _play(cases: int, folder: Path, config: StoreConfig) -> Sync:
    sync, numbers = Sync(cases), itertools.count()
    courier = Courier(parts_at_once=2)
    courier.start(config, CREDENTIALS)
    try:
        killing = asyncio.create_task(_kill(courier, sync))
        with contextlib.closing(open_store(config, CREDENTIALS)) as store:
            lanes = (_bring(courier, store, sync, numbers, folder) for _ in range(AT_ONCE))
            await asyncio.gather(*lanes, killing)
            left = await asyncio.to_thread(lambda: list(store.pending(config.prefix)))
        sync.broken += [f"an upload is left behind of {each.key}" for each in left]
    finally:
        await courier.aclose()
    return sync


async def _kill(courier: Courier, sync: Sync) -> None:
    chance = random.Random(1)
    while sync.kills_left:
        await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_S))
        if courier.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(courier.pid, signal.SIGKILL)
                sync.kills_left -= 1
                sync.kills += 1


async def _bring(
    courier: Courier, store: ObjectStore, sync: Sync, numbers: Iterator[int], folder: Path
) -> None:
    """Bring one film after another until there are no more kills."""
    while sync.kills_left:
        number = next(numbers)
        film = folder / f"{number}.mp4"
        await asyncio.to_thread(film.write_bytes, random.Random(number).randbytes(FILM_BYTES))
        kept = await _brought(courier, film, f"FILM-{number:08}")
        sync.broken += await asyncio.to_thread(_faults, store, kept, film)
        sync.films += 1
        await asyncio.to_thread(film.unlink)
        await asyncio.to_thread(store.delete, kept[-1].key)


async def _brought(courier: Courier, film: Path, asset_id: str) -> list[UploadRecord]:
    """Upload a film as the service would: whatever ends an attempt, the next one goes on from what was kept."""
    kept = [UploadRecord(asset_id=asset_id, suffix=".mp4")]

    async def keep(record: UploadRecord) -> None:
        kept.append(record)

    while kept[-1].state is not UploadState.VERIFIED:
        with contextlib.suppress(SystemFault):
            await courier.upload(kept[-1], film, keep)
    return kept


def _faults(store: ObjectStore, kept: list[UploadRecord], film: Path) -> list[str]:
    found = []
    there = hashlib.sha256(b"".join(store.read(kept[-1].key))).digest()
    if there != hashlib.sha256(film.read_bytes()).digest():
        found.append(f"{film.name} is another one in the store")
    sent = [
        after.receipts[-1].number
        for before, after in itertools.pairwise(kept)
        if len(after.receipts) == len(before.receipts) + 1 and after.state is before.state
    ]
    if len(sent) != len(set(sent)):
        found.append(f"{film.name} had a part brought twice: {sent}")
    return found


V01 = Campaign(
    "V01",
    "the process that brings replays is killed at any instant",
    "every replay is there, whole, and no part that was kept is sent again",
    500,
    play_courier_kills,
)

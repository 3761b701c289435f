"""A courier at work, as the service has it, and what it is to bring."""

from __future__ import annotations

import asyncio
import contextlib
import filecmp
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.courier import IDLE_S, SILENCE_S, Courier
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.cloud.uploads.part_plan import MIB
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from tests.integration.cloud.store_servers import CREDENTIALS

PATIENCE_S = 50.0
FILM_BYTES = 9 * MIB + 7  # two parts
NOWHERE = StoreConfig(kind=StoreKind.S3, endpoint_url="http://127.0.0.1:9", bucket="replays")
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


def write_film(file: Path, size_bytes: int = FILM_BYTES) -> None:
    """Write a film of which no two megabytes are alike."""
    filling = bytes(range(256)) * 4096
    with file.open("wb") as opened:
        for number, first in enumerate(range(0, size_bytes, MIB)):
            opened.write((number.to_bytes(4, "big") + filling[4:])[: size_bytes - first])


@contextlib.contextmanager
def looking_at(config: StoreConfig) -> Iterator[ObjectStore]:
    """Open the store beside the courier."""
    with contextlib.closing(open_store(config, CREDENTIALS)) as store:
        yield store


class Service:
    """What a service does with a courier: it keeps records, and here it does harm at a chosen step."""

    def __init__(self) -> None:
        self.kept: list[UploadRecord] = []
        self.harm: Callable[[UploadRecord], None] = lambda _: None

    async def keep(self, record: UploadRecord) -> None:
        self.kept.append(record)
        self.harm(record)


@contextlib.asynccontextmanager
async def courier_of(
    config: StoreConfig,
    credentials: StoreCredentials | None = CREDENTIALS,
    *,
    silence_s: float = SILENCE_S,
    idle_s: float = IDLE_S,
) -> AsyncIterator[Courier]:
    courier = Courier(parts_at_once=1, silence_s=silence_s, idle_s=idle_s)
    courier.start(config, credentials)
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield courier
    finally:
        await courier.aclose()


def kill(courier: Courier) -> None:
    assert courier.pid is not None
    os.kill(courier.pid, signal.SIGKILL)


def assert_is_there(config: StoreConfig, record: UploadRecord, film: Path) -> None:
    """Check that the store holds the film, and no upload that is not complete."""
    with looking_at(config) as store:
        assert b"".join(store.read(record.key)) == film.read_bytes()
        assert list(store.pending(config.prefix)) == []


def assert_same(one: Path, other: Path) -> None:
    """Check that two files hold the same."""
    assert filecmp.cmp(one, other, shallow=False)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; the test's own patience ends it."""
    while True:
        if is_so():
            return
        await asyncio.sleep(0.02)

"""How a hostile store is spoken with: as a courier does, and with little patience."""

from __future__ import annotations

import contextlib
import hashlib
import io
import time
from collections.abc import Callable, Iterator

import pytest

from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble
from powerstream_desktop.cloud.object_store.stored_words import (
    EVERYTHING,
    PartReceipt,
    StoreCapabilities,
)
from tests.integration.cloud.hostile_store import (
    HostileStore,
)
from tests.integration.cloud.store_servers import CREDENTIALS

KEY = "s/vod/film.mp4"
FILM = b"a film " * 10_000
PATIENCE_S = 1.0


@contextlib.contextmanager
def opened_store(
    hostile: HostileStore,
    *,
    capabilities: StoreCapabilities = EVERYTHING,
    wall: Callable[[], float] = time.time,
) -> Iterator[S3Store]:
    config = hostile.config(capabilities=capabilities)
    store = S3Store(config, CREDENTIALS, connect_s=10, read_s=PATIENCE_S, wall=wall)
    try:
        yield store
    finally:
        hostile.released.set()
        store.close()


def send(store: S3Store, upload_id: str, number: int = 1, data: bytes = FILM) -> PartReceipt:
    return store.put_part(
        KEY,
        upload_id,
        number,
        PartBody(io.BytesIO(data), first=0, size_bytes=len(data)),
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        md5=hashlib.md5(data).digest(),
    )


def begun(store: S3Store) -> str:
    return store.create_upload(KEY, content_type="video/mp4", metadata={})


def trouble_of(call: Callable[[], object]) -> StoreTrouble:
    with pytest.raises(StoreTrouble) as error:
        call()
    return error.value

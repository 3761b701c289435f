"""The stores that the same tests run against: two servers that speak S3, a folder, and the one in memory.

The servers take seconds to start and serve every module; each test has a place of its own in their bucket.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.folder_store import FolderStore
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from tests.integration.cloud.courier_stage import write_film
from tests.integration.cloud.hostile_store import HostileStore, running
from tests.integration.cloud.hostile_talk import opened_store
from tests.integration.cloud.store_servers import CREDENTIALS, moto_store, seaweed_store
from tests.unit.cloud.memory_store import MemoryBucket, MemoryStore

PAGE_KEYS = 5
"""Keys in a page of a listing, so that few make several."""
MOTO = replace(EVERYTHING, part_checksums=False)
"""It keeps no checksum of a part; that its bytes are others is seen by its ETag."""


@pytest.fixture(scope="session")
def moto_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreConfig]:
    with moto_store(tmp_path_factory.mktemp("moto")) as config:
        yield replace(config, capabilities=MOTO)


@pytest.fixture(scope="session")
def seaweed_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreConfig]:
    with seaweed_store(tmp_path_factory.mktemp("seaweed")) as config:
        yield replace(config, capabilities=EVERYTHING)


@pytest.fixture(scope="module")
def moto(moto_config: StoreConfig) -> Iterator[ObjectStore]:
    with contextlib.closing(S3Store(moto_config, CREDENTIALS, page_keys=PAGE_KEYS)) as opened:
        yield opened


@pytest.fixture(scope="module")
def seaweed(seaweed_config: StoreConfig) -> Iterator[ObjectStore]:
    with contextlib.closing(S3Store(seaweed_config, CREDENTIALS, page_keys=PAGE_KEYS)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> ObjectStore:
    return FolderStore(StoreConfig(kind=StoreKind.FOLDER, folder=tmp_path))


@pytest.fixture
def memory() -> ObjectStore:
    return MemoryStore(MemoryBucket())


@pytest.fixture(params=["moto", "seaweed", "folder", "memory"])
def store(request: pytest.FixtureRequest) -> ObjectStore:
    """Give each store in turn; a server is shared by a module, so every test has keys of its own."""
    opened: ObjectStore = request.getfixturevalue(request.param)
    return opened


@pytest.fixture
def prefix() -> str:
    """Give each test a place of its own in a shared bucket."""
    return f"station/{secrets.token_hex(4)}/"


@pytest.fixture
def hostile() -> Iterator[HostileStore]:
    with running(HostileStore()) as store:
        yield store


@pytest.fixture
def opened(hostile: HostileStore) -> Iterator[S3Store]:
    with opened_store(hostile) as store:
        yield store


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "film.mp4"
    write_film(file)
    return file


@pytest.fixture
def folder_config(tmp_path: Path) -> StoreConfig:
    folder = tmp_path / "store"
    folder.mkdir()
    return StoreConfig(kind=StoreKind.FOLDER, folder=folder, prefix="station/")


@pytest.fixture(params=["moto", "seaweed", "folder"])
def config(request: pytest.FixtureRequest, prefix: str) -> StoreConfig:
    """Give each store in turn, and a place in it of the test's own."""
    found: StoreConfig = request.getfixturevalue(f"{request.param}_config")
    return replace(found, prefix=prefix)

"""Films on their way into a folder, in tests."""

from __future__ import annotations

import errno
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from powerstream_desktop.cloud.object_store.folder_store import OURS, FolderStore
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, PartReceipt

if TYPE_CHECKING:
    import pytest

KEY = "station/vod/film.mp4"
TEXT: Mapping[str, Any] = {"content_type": "application/json"}
FIRST, SECOND = b"first part " * 10_000, b"second part"


def opened(folder: Path, *, was_tested: bool = False) -> FolderStore:
    capabilities = EVERYTHING if was_tested else None
    return FolderStore(StoreConfig(kind=StoreKind.FOLDER, folder=folder, capabilities=capabilities))


def put_part(store: FolderStore, upload_id: str, number: int, data: bytes) -> PartReceipt:
    first = 0 if number == 1 else len(FIRST) if number == 2 else len(FIRST + SECOND)
    body = PartBody(io.BytesIO(bytes(first) + data), first=first, size_bytes=len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    return store.put_part(KEY, upload_id, number, body, size_bytes=len(data), sha256=sha256)


def begun(store: FolderStore) -> tuple[str, list[PartReceipt]]:
    upload_id = store.create_upload(KEY, content_type="video/mp4", metadata={"ps-sha256": "ab"})
    return upload_id, [put_part(store, upload_id, 1, FIRST), put_part(store, upload_id, 2, SECOND)]


def film_of(folder: Path, upload_id: str) -> Path:
    return folder / OURS / "uploads" / upload_id / "film"


def no_links(*_args: object, **_named: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def kind_of(error: pytest.ExceptionInfo[StoreTrouble]) -> TroubleCode:
    return error.value.kind

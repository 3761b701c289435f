"""What the cloud's desks ask of the process that speaks with the store (``cloud/courier``). All on the loop."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.stored_words import StoredObject
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict

Keep: TypeAlias = Callable[[UploadRecord], Awaitable[None]]
"""Keeps a step; what follows it is not begun before."""
OnProgress: TypeAlias = Callable[[int, int], None]
"""Told how many bytes of how many are done."""


class CourierPort(Protocol):
    """Has transfers done for one store at a time (``Courier``). A process that dies is started again.

    Attributes:
        parts_at_once: connections of an upload.
        verify_fully: uploads are read back whole.
        clock_offset_s: how far the store's clock is ahead of this computer's, by its last answer; 0 before the first.
    """

    parts_at_once: int
    verify_fully: bool
    clock_offset_s: float

    def start(self, config: StoreConfig, credentials: StoreCredentials | None) -> None:
        """Use this store from now on; its process begins with the first thing that there is to do."""
        ...

    async def aclose(self) -> None:
        """End what goes on, and the process."""
        ...

    async def probe(self, config: StoreConfig, credentials: StoreCredentials | None) -> ProbeReport:
        """Try a store out, also another one than that in use."""
        ...

    async def upload(
        self, record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress
    ) -> UploadRecord:
        """Bring a file to the store; returns it verified or failed. Whoever cancels it has paused it."""
        ...

    async def cancel(self, record: UploadRecord, keep: Keep) -> UploadRecord:
        """Have nothing left of an upload."""
        ...

    async def verify(
        self, record: UploadRecord, file: Path | None = None, level: int = 1, on_progress: OnProgress = ...
    ) -> Verdict:
        """Look at an object: 1 by what the store says, 2 also by some of its bytes, 3 by all, of which progress is told."""
        ...

    async def download(self, record: UploadRecord, target: Path, on_progress: OnProgress) -> None:
        """Bring an object here; the file is there only when it was verified."""
        ...

    async def read_object(self, key: str) -> tuple[bytes, str] | None:
        """Return a small object with its etag; None for none."""
        ...

    async def write_object(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str = ...,
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        """Write a small object and return its etag; StoreTrouble if the condition does not hold."""
        ...

    def list_objects(self, prefix: str, after: str = "") -> AsyncIterator[tuple[StoredObject, ...]]:
        """Give what is there, in portions, in the order of keys."""
        ...

    def stream_object(self, key: str, first: int, size_bytes: int) -> AsyncGenerator[bytes, None]:
        """Give some bytes of an object, exactly as many as asked for; no more are fetched than are taken."""
        ...

    async def link(self, key: str, for_s: int) -> str:
        """Return an address from which anybody can read an object for so many seconds."""
        ...

    def allow(self, kbps: int | None) -> None:
        """Let transfers take so much: 0 for nothing, within a second; None for all there is."""
        ...

    async def delete_object(self, key: str) -> None:
        """Remove an object; harmless if there is none."""
        ...

    async def clean_up(self, prefix: str, owned_upload_ids: Sequence[str]) -> int:
        """Remove what crashes have left of old uploads that are not ours any more."""
        ...

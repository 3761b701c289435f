"""The port for a plain folder: a network disk or an external one, readable without us.

Objects are ordinary files under names made of their keys. What is ours beside them lies in ``.powerstream-store``; a folder that was
tested once and has it no longer is a disk that is away, never an empty store (V21).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from powerstream_desktop.cloud.object_store.folder_clock import FolderClock
from powerstream_desktop.cloud.object_store.folder_errors import trouble_of
from powerstream_desktop.cloud.object_store.folder_files import (
    claimed,
    etag_of,
    plain_status,
    put_if_absent,
    put_in_place,
    read_pieces,
    sweep,
    write_aside,
)
from powerstream_desktop.cloud.object_store.folder_listing import listed_files
from powerstream_desktop.cloud.object_store.folder_names import names_of
from powerstream_desktop.cloud.object_store.folder_uploads import (
    LEFT_S,
    FolderUploads,
    read_about,
    write_about,
)
from powerstream_desktop.cloud.object_store.object_keys import checked_key
from powerstream_desktop.cloud.object_store.object_store import READ_BYTES
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.small_objects import checked_small
from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import (
    EVERYTHING,
    PartReceipt,
    PendingUpload,
    StoreCapabilities,
    StoredObject,
    StoredPart,
)
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.stored_film import STORE_MARK

OURS: Final = STORE_MARK


class FolderStore:
    """A folder; an ``ObjectStore``.

    Args:
        config: of kind folder. If it holds capabilities the folder was tested before.
        wall: Unix seconds of this computer.
    """

    def __init__(self, config: StoreConfig, *, wall: Callable[[], float] = time.time) -> None:
        if config.folder is None:
            raise UserError("The store has no folder.", hint="Choose one.")
        self._root = config.folder
        self._ours = config.folder / OURS
        self._public_base_url = config.public_base_url
        self._was_tested = config.capabilities is not None
        # Written by the probe before anybody else has the store.
        self._can = config.capabilities or replace(
            EVERYTHING, etag_is_md5=False, links=config.public_base_url is not None
        )
        self._uploads = FolderUploads(self._ours / "uploads")
        self._clock = FolderClock(self._ours / "aside", wall)

    @property
    def capabilities(self) -> StoreCapabilities:
        """What the store is trusted with."""
        return self._can

    @property
    def vouches(self) -> bool:
        """Nobody has looked at the bytes since they were written."""
        return False

    @property
    def clock_offset_s(self) -> float:
        """How far the disk's clock is ahead of this computer's, as of the last listing; 0 where they are one."""
        return self._clock.offset_s

    def assume(self, capabilities: StoreCapabilities) -> None:
        """Trust the store with this; it does what it can anyway."""
        self._can = capabilities

    def close(self) -> None:
        """Nothing is open."""

    # --- uploads ----------------------------------------------------------------------------------------------------

    def create_upload(self, key: str, *, content_type: str, metadata: Mapping[str, str]) -> str:  # noqa: ARG002 - a file has no type
        """Begin an upload; its id."""
        names_of(key)
        with self._reached():
            return self._uploads.create(key, metadata)

    def put_part(
        self,
        key: str,
        upload_id: str,
        number: int,
        body: PartBody,
        *,
        size_bytes: int,  # noqa: ARG002 - the body knows
        sha256: str,
        md5: bytes | None = None,  # noqa: ARG002 - the SHA-256 is better
    ) -> PartReceipt:
        """Write a part and compare it; see the port."""
        with self._reached():
            return self._uploads.put(key, upload_id, number, body, sha256)

    def parts(self, key: str, upload_id: str) -> tuple[StoredPart, ...]:
        """Return the parts that are whole."""
        with self._reached():
            return self._uploads.parts(key, upload_id)

    def complete(
        self, key: str, upload_id: str, receipts: Sequence[PartReceipt], *, only_if_absent: bool
    ) -> None:
        """Give the film its name; what is known of the object is written before it has one."""
        with self._reached():
            if only_if_absent and plain_status(self._file(key)) is not None:
                raise StoreTrouble(TroubleCode.EXISTS)
            film, about = self._uploads.whole(key, upload_id, receipts)
            write_about(self._about(key), about)
            self._place(film, key, only_if_absent=only_if_absent)
            self._uploads.remove(upload_id)

    def _place(self, aside: Path, key: str, *, only_if_absent: bool) -> os.stat_result:
        target = self._file(key)
        if only_if_absent:
            return put_if_absent(aside, target, key=key, claims=self._ours / "claims")
        return put_in_place(aside, target)

    def abort(self, key: str, upload_id: str) -> None:
        """Give an upload up; no trouble if there is none."""
        checked_key(key)
        with self._reached():
            self._uploads.remove(upload_id)

    def pending(self, prefix: str) -> Iterator[PendingUpload]:
        """Give the uploads that are not complete; what a crash left of small objects is removed on the way."""
        with self._reached():
            self._clock.look()
            before_s = self._clock.now_s - LEFT_S
            sweep(self._ours / "aside", before_s)
            found = [each for each in self._uploads.pending(before_s) if each.key.startswith(prefix)]
        yield from found

    def ends_stale_uploads(self) -> bool | None:
        """Only we do, and what is left costs nothing but space."""
        return None

    # --- objects ----------------------------------------------------------------------------------------------------

    def head(self, key: str) -> StoredObject | None:
        """Return what is known about an object."""
        with self._reached():
            status = plain_status(self._file(key))
            if status is None:
                return None
            about = read_about(self._about(key))
        found = StoredObject(
            key=key, size_bytes=status.st_size, etag=etag_of(status), changed_at=status.st_mtime
        )
        if about is None or about.key != key or about.size_bytes != status.st_size:
            return found
        return replace(found, metadata=dict(about.metadata), checksum=about.checksum, parts=about.parts)

    def put(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str,  # noqa: ARG002 - a file has no type
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        """Write a small object; see the port."""
        checked_small(data)
        with self._reached():
            aside, _ = write_aside(self._ours / "aside", [data])
            try:
                if if_match is None:
                    return etag_of(self._place(aside, key, only_if_absent=if_absent))
                with claimed(self._ours / "claims", key, if_match, TroubleCode.CHANGED):
                    status = plain_status(self._file(key))
                    if status is None or etag_of(status) != if_match:
                        raise StoreTrouble(TroubleCode.CHANGED)
                    return etag_of(put_in_place(aside, self._file(key)))
            finally:
                aside.unlink(missing_ok=True)

    def read(self, key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        """Give an object's bytes; see the port."""
        with self._reached():
            file = self._file(key)
            if plain_status(file) is None:
                raise StoreTrouble(TroubleCode.GONE)
        pieces = read_pieces(file, READ_BYTES, first=first, size_bytes=size_bytes)
        while True:
            with self._reached():
                piece = next(pieces, b"")
            if not piece:
                return
            yield piece

    def list(self, prefix: str, *, after: str = "") -> Iterator[StoredObject]:
        """Give the objects below a prefix, a folder in memory at a time."""
        with self._reached():
            self._clock.look()
        found = listed_files(self._root, prefix, after)
        while True:
            with self._reached():
                each = next(found, None)
            if each is None:
                with self._reached():  # or what seemed the end was a disk that went away
                    return
            key, status = each
            yield StoredObject(
                key=key, size_bytes=status.st_size, etag=etag_of(status), changed_at=status.st_mtime
            )

    def delete(self, key: str) -> None:
        """Remove an object, what is known of it, and the folders that are empty then."""
        with self._reached():
            file = self._file(key)
            file.unlink(missing_ok=True)
            self._about(key).unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # it is not empty, or somebody else was quicker
                for folder in file.parents:
                    if folder == self._root:
                        break
                    folder.rmdir()

    def link(self, key: str, *, for_s: int) -> str:  # noqa: ARG002 - a public address holds for ever
        """Return the public address of an object."""
        if self._public_base_url is None:
            raise StoreTrouble(
                TroubleCode.UNSUPPORTED,
                title="A folder has no public address.",
                hint="If the folder is served on the web, enter that address in the settings of the cloud.",
            )
        return self._public_base_url + quote(checked_key(key))

    # --- the disk ---------------------------------------------------------------------------------------------------

    def _file(self, key: str) -> Path:
        return self._root.joinpath(*names_of(key))

    def _about(self, key: str) -> Path:
        return self._ours / "about" / f"{hashlib.sha256(checked_key(key).encode()).hexdigest()[:40]}.json"

    @contextlib.contextmanager
    def _reached(self) -> Iterator[None]:
        """See that the disk is there, and translate what it says."""
        try:
            if not self._root.is_dir() or (self._was_tested and not self._ours.is_dir()):
                raise StoreTrouble(TroubleCode.AWAY)
            self._ours.mkdir(exist_ok=True)
            self._was_tested = True
            yield
        except OSError as error:
            raise trouble_of(error) from error

"""Uploads in parts to a folder: each part is a file of its own until all are there, so that a crash costs the part that ran.

<store>/.powerstream-store/uploads/<id>/about.json      what it will be
<store>/.powerstream-store/uploads/<id>/00001-<sha256>  a part; its name is what it was checked against
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.cloud.object_store.folder_files import (
    ASIDE,
    make_durable,
    plain_status,
    put_in_place,
    read_pieces,
    write_aside,
)
from powerstream_desktop.cloud.object_store.part_body import PIECE_BYTES, PartBody
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PartReceipt, PendingUpload, StoredPart
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json

COPY_BYTES: Final = 1024 * 1024
LEFT_S: Final = 86_400.0
"""So long nobody needs to begin or to remove: what is older was left by a crash."""
_ID: Final = re.compile(r"[0-9a-f]{32}")
_PART: Final = re.compile(r"(\d{5})-([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of an object beside its bytes.

    Attributes:
        key: of the object.
        metadata: names and values.
        checksum: of the parts, as ``StoredObject`` has it; empty before they are joined.
        parts: how many there are; 0 before they are joined.
        size_bytes: of all; 0 before they are joined.
    """

    key: str
    metadata: tuple[tuple[str, str], ...] = ()
    checksum: str = ""
    parts: int = 0
    size_bytes: int = 0


def read_about(file: Path) -> About | None:
    """Return what a file says; None if it is not there or not one of ours."""
    try:
        about: About = from_json(About, parse_json(file.read_bytes()))
    except (FileNotFoundError, MalformedError):
        return None
    return about


def write_about(file: Path, about: About) -> None:
    """Write it, whole."""
    aside, _ = write_aside(file.parent, [write_json(to_json(about)).encode()])
    put_in_place(aside, file)


class FolderUploads:
    """The pending uploads of a folder. Raises ``OSError`` where the disk does.

    Args:
        root: their folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def create(self, key: str, metadata: Mapping[str, str]) -> str:
        """Begin one; its id."""
        upload_id = secrets.token_hex(16)
        write_about(
            self._root / upload_id / "about.json", About(key=key, metadata=tuple(sorted(metadata.items())))
        )
        make_durable(self._root)
        return upload_id

    def put(self, key: str, upload_id: str, number: int, body: PartBody, sha256: str) -> PartReceipt:
        """Write a part, in place of any of this number.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload, ``DAMAGED`` if the bytes are others.
        """
        folder = self._folder(key, upload_id)
        old = [file for found, file in self._files(folder) if found.number == number]
        target = folder / f"{number:05}-{sha256}"
        aside, found_sha256 = write_aside(folder, iter(lambda: body.read(PIECE_BYTES), b""))
        if found_sha256 != sha256:
            aside.unlink()
            raise StoreTrouble(TroubleCode.DAMAGED, detail=f"part {number} has other bytes")
        put_in_place(aside, target)
        for file in old:
            if file != target:
                file.unlink(missing_ok=True)
        return PartReceipt(number=number, etag=sha256, checksum=sha256)

    def parts(self, key: str, upload_id: str) -> tuple[StoredPart, ...]:
        """Return the parts that are whole.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload.
        """
        found = (part for part, _ in self._files(self._folder(key, upload_id)))
        return tuple(sorted(found, key=lambda part: part.number))

    def join(self, key: str, upload_id: str, receipts: Sequence[PartReceipt]) -> tuple[Path, About]:
        """Write the whole beside its parts, comparing each on the way; it, and what is to be known of it.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload, ``DAMAGED`` if a part is missing or has changed.
        """
        folder = self._folder(key, upload_id)
        there = {part.number: (part, file) for part, file in self._files(folder)}
        for left in folder.glob(f"*{ASIDE}"):  # of a try that a crash ended: it may be as long as the film
            left.unlink(missing_ok=True)
        chosen: list[tuple[StoredPart, Path]] = []
        for receipt in receipts:
            part, file = there.get(receipt.number, (None, folder))
            if part is None or part.etag != receipt.etag:
                raise StoreTrouble(TroubleCode.DAMAGED, detail=f"part {receipt.number} is missing or another")
            chosen.append((part, file))
        if not chosen or [part.number for part, _ in chosen] != sorted({part.number for part, _ in chosen}):
            raise StoreTrouble(TroubleCode.INVALID, detail="the parts are not in order")
        aside, _ = write_aside(folder, _joined(chosen))
        digests = b"".join(bytes.fromhex(part.etag) for part, _ in chosen)
        begun = read_about(folder / "about.json")
        return aside, About(
            key=key,
            metadata=() if begun is None else begun.metadata,
            checksum=f"{hashlib.sha256(digests).hexdigest()}-{len(chosen)}",
            parts=len(chosen),
            size_bytes=sum(part.size_bytes for part, _ in chosen),
        )

    def remove(self, upload_id: str) -> None:
        """Remove one with its parts; nothing happens if there is none."""
        if not _ID.fullmatch(upload_id):
            return
        folder = self._root / upload_id
        # Without it there is no such upload any more, whatever else is still to be removed.
        (folder / "about.json").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def pending(self) -> Iterator[PendingUpload]:
        """Give them all."""
        if not self._root.is_dir():
            return
        for folder in sorted(self._root.iterdir()):
            about = read_about(folder / "about.json") if _ID.fullmatch(folder.name) else None
            if about is None:
                if _ID.fullmatch(folder.name) and time.time() - folder.stat().st_mtime > LEFT_S:
                    shutil.rmtree(folder, ignore_errors=True)  # a crash ended its removal
            else:
                begun_at = (folder / "about.json").stat().st_mtime
                yield PendingUpload(key=about.key, upload_id=folder.name, begun_at=begun_at)

    def _folder(self, key: str, upload_id: str) -> Path:
        folder = self._root / upload_id
        about = read_about(folder / "about.json") if _ID.fullmatch(upload_id) else None
        if about is None or about.key != key:
            raise StoreTrouble(TroubleCode.GONE)
        return folder

    def _files(self, folder: Path) -> Iterator[tuple[StoredPart, Path]]:
        for file in folder.iterdir():
            match, status = _PART.fullmatch(file.name), plain_status(file)
            if match is not None and status is not None:
                yield (
                    StoredPart(
                        number=int(match[1]),
                        size_bytes=status.st_size,
                        etag=match[2],
                        checksum=match[2],
                        changed_at=status.st_mtime,
                    ),
                    file,
                )


def _joined(chosen: Sequence[tuple[StoredPart, Path]]) -> Iterator[bytes]:
    """Give the bytes of the parts, and see that they are still what was sent."""
    for part, file in chosen:
        digest: Any = hashlib.sha256()
        for piece in read_pieces(file, COPY_BYTES):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != part.etag:
            file.unlink(missing_ok=True)
            raise StoreTrouble(TroubleCode.DAMAGED, detail=f"part {part.number} has changed on the disk")

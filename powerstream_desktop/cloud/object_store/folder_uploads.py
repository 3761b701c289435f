"""Uploads in parts to a folder. All parts are written into one file, each at its place, so that what is whole need only be given its name.

<store>/.powerstream-store/uploads/<id>/about.json                     what it will be
<store>/.powerstream-store/uploads/<id>/film                           its bytes
<store>/.powerstream-store/uploads/<id>/00001-<first>-<size>-<sha256>  a note, written when these bytes are on the disk and are right

A part without its note is as good as not sent, so a crash costs the parts that ran. Nobody writes into a film that has got its name.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.object_store.folder_files import (
    create_durably,
    make_durable,
    plain_status,
    put_in_place,
    write_aside,
    write_at,
)
from powerstream_desktop.cloud.object_store.part_body import PIECE_BYTES, PartBody
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PartReceipt, PendingUpload, StoredPart
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json

LEFT_S: Final = 86_400.0
"""So long nobody needs to begin or to remove: what is older was left by a crash."""
_ID: Final = re.compile(r"[0-9a-f]{32}")
_NOTE: Final = re.compile(r"(\d{5})-(\d{1,15})-(\d{1,13})-([0-9a-f]{64})")
_FILM: Final = "film"


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
        """Write a part to its place, instead of any of this number; one that is there already is only compared.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload, or its film has got its name; ``DAMAGED`` if the bytes are others.
        """
        folder = self._folder(key, upload_id)
        note = folder / f"{number:05}-{body.first}-{body.size_bytes}-{sha256}"
        pieces = iter(lambda: body.read(PIECE_BYTES), b"")
        found = _noted(folder)
        if any(each.note == note and each.is_in_film for each in found):
            for _ in pieces:  # the same bytes; another computer may just be giving the film its name
                pass
        else:
            _forget(
                folder, [each.note for each in found if each.part.number == number or not each.is_in_film]
            )
            write_at(folder / _FILM, body.first, pieces)
        if body.sha256_hex() != sha256:
            raise StoreTrouble(TroubleCode.DAMAGED, detail=f"part {number} has other bytes")
        create_durably(note)
        return PartReceipt(number=number, etag=sha256, checksum=sha256)

    def parts(self, key: str, upload_id: str) -> tuple[StoredPart, ...]:
        """Return the parts that are whole.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload, or its film has got its name.
        """
        found = (each.part for each in _noted(self._folder(key, upload_id)) if each.is_in_film)
        return tuple(sorted(found, key=lambda part: part.number))

    def whole(self, key: str, upload_id: str, receipts: Sequence[PartReceipt]) -> tuple[Path, About]:
        """Return the film with all its parts, and what is to be known of it.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload, or its film has got its name; ``DAMAGED`` if a part is missing
                or another.
        """
        folder = self._folder(key, upload_id)
        there = {each.part.number: each for each in _noted(folder) if each.is_in_film}
        end, digests, numbers = 0, b"", [each.number for each in receipts]
        if not numbers or numbers != sorted(set(numbers)):
            raise StoreTrouble(TroubleCode.INVALID, detail="the parts are not in order")
        for receipt in receipts:
            found = there.get(receipt.number)
            if found is None or found.part.etag != receipt.etag or found.first != end:
                raise StoreTrouble(TroubleCode.DAMAGED, detail=f"part {receipt.number} is missing or another")
            end += found.part.size_bytes
            digests += bytes.fromhex(found.part.etag)
        begun, film = read_about(folder / "about.json"), folder / _FILM
        if film.stat().st_size > end:  # of a longer part, which was sent again as a shorter one
            os.truncate(film, end)
        return film, About(
            key=key,
            metadata=() if begun is None else begun.metadata,
            checksum=f"{hashlib.sha256(digests).hexdigest()}-{len(receipts)}",
            parts=len(receipts),
            size_bytes=end,
        )

    def remove(self, upload_id: str) -> None:
        """Remove one with its parts; nothing happens if there is none."""
        if not _ID.fullmatch(upload_id):
            return
        folder = self._root / upload_id
        # Without it there is no such upload any more, whatever else is still to be removed.
        (folder / "about.json").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def pending(self, before_s: float) -> Iterator[PendingUpload]:
        """Give them all; what a crash left of one before a moment, in Unix seconds of the disk's clock, is removed on the way."""
        if not self._root.is_dir():
            return
        for folder in sorted(self._root.iterdir()):
            about = read_about(folder / "about.json") if _ID.fullmatch(folder.name) else None
            if about is None:
                if _ID.fullmatch(folder.name) and folder.stat().st_mtime < before_s:
                    shutil.rmtree(folder, ignore_errors=True)  # a crash ended its removal
            else:
                begun_at = (folder / "about.json").stat().st_mtime
                yield PendingUpload(key=about.key, upload_id=folder.name, begun_at=begun_at)

    def _folder(self, key: str, upload_id: str) -> Path:
        folder = self._root / upload_id
        about = read_about(folder / "about.json") if _ID.fullmatch(upload_id) else None
        if about is None or about.key != key or _has_its_name(folder):
            raise StoreTrouble(TroubleCode.GONE)
        return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """A part, where its bytes begin, the file that says so, and whether the film is that long."""

    part: StoredPart
    first: int
    note: Path
    is_in_film: bool


def _noted(folder: Path) -> list[_Noted]:
    """Return what is noted of parts."""
    notes = [(file, match) for file in folder.iterdir() if (match := _NOTE.fullmatch(file.name))]
    # Looked at behind the notes: a part that is sent at this moment is in the film before it is noted.
    film = plain_status(folder / _FILM)
    length = 0 if film is None else film.st_size
    return [
        _Noted(
            part=StoredPart(
                number=int(match[1]),
                size_bytes=int(match[3]),
                etag=match[4],
                checksum=match[4],
                changed_at=status.st_mtime,
            ),
            first=int(match[2]),
            note=file,
            is_in_film=int(match[2]) + int(match[3]) <= length,
        )
        for file, match in notes
        if (status := plain_status(file)) is not None
    ]


def _has_its_name(folder: Path) -> bool:
    """Return whether a crash, or another computer, has come as far as giving the film its name: who wrote now would write into the object."""
    film = plain_status(folder / _FILM)
    if film is not None:
        return film.st_nlink > 1
    return any(_NOTE.fullmatch(file.name) for file in folder.iterdir())


def _forget(folder: Path, notes: Sequence[Path]) -> None:
    """Remove notes, down to the disk: what they speak of is about to be written over, or is not in the film any more."""
    for note in notes:
        note.unlink(missing_ok=True)
    if notes:
        make_durable(folder)

"""The slice of a file that is one part."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import BinaryIO

import pytest

from powerstream_desktop.cloud.object_store.part_body import PIECE_BYTES, HeldUpError, PartBody
from powerstream_desktop.common.errors import SystemFault

WHOLE = bytes(range(256)) * 1024
"""256 KiB."""


def body(
    first: int = 1000, size_bytes: int = 200_000, file: BinaryIO | None = None, **named: object
) -> PartBody:
    return PartBody(file or io.BytesIO(WHOLE), first=first, size_bytes=size_bytes, **named)  # type: ignore[arg-type]


def test_it_reads_its_slice_and_no_more() -> None:
    assert body().read() == WHOLE[1000:201_000]
    assert body(first=0, size_bytes=0).read() == b""


@pytest.mark.parametrize("size", [1, 7, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 1_000_000])
def test_pieces_of_any_size_make_the_same_slice(size: int) -> None:
    part = body(size_bytes=100_000 if size > 7 else 100)
    read = b"".join(iter(lambda: part.read(size), b""))
    assert read == WHOLE[1000 : 1000 + part.size_bytes]
    assert part.sha256_hex() == hashlib.sha256(read).hexdigest()


def test_the_gate_is_asked_before_each_piece() -> None:
    asked: list[int] = []
    part = body(take=asked.append)
    part.read(150_000)
    assert asked == [PIECE_BYTES, PIECE_BYTES, 150_000 - 2 * PIECE_BYTES]


def test_a_gate_that_gives_up_ends_the_reading() -> None:
    def give_up(_size: int) -> None:
        raise HeldUpError

    with pytest.raises(HeldUpError):
        body(take=give_up).read(10)


def test_it_can_be_wound_back_and_hashes_anew() -> None:
    part = body(size_bytes=100)
    first = part.read()
    assert part.tell() == 100
    assert part.seek(0) == 0
    assert part.read(40) + part.read(60) == first
    assert part.sha256_hex() == hashlib.sha256(first).hexdigest()
    assert part.seek(0, io.SEEK_END) == 100
    assert part.seek(-10, io.SEEK_CUR) == 90
    assert part.read() == first[90:]


def test_a_file_that_is_shorter_than_planned_fails_instead_of_ending() -> None:
    with pytest.raises(SystemFault, match="shorter"):
        body(first=0, size_bytes=len(WHOLE) + 1).read()


def test_a_file_that_shrinks_meanwhile_fails(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(WHOLE)
    with film.open("rb", buffering=0) as file:
        part = body(first=0, size_bytes=len(WHOLE), file=file)
        part.read(10)
        film.write_bytes(b"cut")
        with pytest.raises(SystemFault):
            part.read()


class FailingDisk(io.BytesIO):
    def read(self, _size: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_disk_that_fails_is_said_in_words() -> None:
    with pytest.raises(SystemFault, match="cannot be read"):
        body(file=FailingDisk()).read(1)

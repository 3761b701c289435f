"""A file is read once, and known by then."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.errand import Errand, GivenUpError
from powerstream_desktop.cloud.courier.fingerprint import Fingerprint, read_fingerprint
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.uploads.file_mark import FileChangedError, mark_of_file
from powerstream_desktop.cloud.uploads.part_plan import MIB, PartPlan
from powerstream_desktop.common.errors import SystemFault, UserError
from tests.unit.cloud.uploads.records import film


def fingerprint(file: Path, part_bytes: int = 1000) -> Fingerprint:
    return read_fingerprint(
        file,
        Errand(),
        Gate(),
        lambda *_: None,
        lambda size_bytes: PartPlan(size_bytes=size_bytes, part_bytes=part_bytes),
    )


@pytest.mark.parametrize("size_bytes", [1024, 2000, 2001, MIB, 2 * MIB + 3])
@pytest.mark.parametrize("part_bytes", [1000, MIB + 1])
def test_the_file_and_its_parts_are_hashed_in_one_reading(
    tmp_path: Path, size_bytes: int, part_bytes: int
) -> None:
    file = tmp_path / "film.mp4"
    content = film(size_bytes)
    file.write_bytes(content)
    read = fingerprint(file, part_bytes)
    pieces = [content[first : first + part_bytes] for first in range(0, size_bytes, part_bytes)]
    assert read == Fingerprint(
        size_bytes=size_bytes,
        mark=mark_of_file(file),
        sha256=hashlib.sha256(content).hexdigest(),
        part_bytes=part_bytes,
        part_sha256s=tuple(hashlib.sha256(piece).hexdigest() for piece in pieces),
    )


@pytest.mark.parametrize("zeros", [MIB + 1, 3 * MIB])
def test_a_file_whose_end_was_never_written_is_refused(tmp_path: Path, zeros: int) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(film(5000) + bytes(zeros))
    with pytest.raises(UserError, match="empty bytes"):
        fingerprint(file)


@pytest.mark.parametrize("content", [film(5000) + bytes(MIB), bytes(3 * MIB) + b"x"])
def test_zeros_that_belong_to_a_film_pass(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(content)
    assert fingerprint(file).size_bytes == len(content)


@pytest.mark.parametrize("change", ["grows", "is cut", "is touched", "is replaced"])
def test_a_file_that_changes_while_it_is_read_is_found_out(tmp_path: Path, change: str) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(film(3 * MIB))
    other = tmp_path / "other.mp4"
    other.write_bytes(film(3 * MIB))

    def report(done: int, _total: int) -> None:
        if done == MIB:
            match change:
                case "grows":
                    with file.open("ab") as opened:
                        opened.write(b"more")
                case "is cut":
                    os.truncate(file, 2 * MIB)
                case "is touched":
                    os.utime(file, ns=(1, 1))
                case _:
                    other.replace(file)

    with pytest.raises(FileChangedError):
        read_fingerprint(file, Errand(), Gate(), report)


def test_a_reading_that_is_not_wanted_any_more_ends(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(film(3 * MIB))
    errand = Errand()
    read: list[int] = []

    def report(done: int, _total: int) -> None:
        read.append(done)
        errand.give_up()

    with pytest.raises(GivenUpError):
        read_fingerprint(file, errand, Gate(), report)
    assert read == [MIB]


def test_a_file_that_is_not_there_is_a_fault_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(SystemFault):
        fingerprint(tmp_path / "film.mp4")

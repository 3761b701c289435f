"""A file comes back whole and verified, or not at all (V24)."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from powerstream_desktop.cloud.courier import downloading
from powerstream_desktop.cloud.courier.downloading import SPARE_BYTES, download
from powerstream_desktop.cloud.courier.errand import Errand, GivenUpError
from powerstream_desktop.cloud.courier.part_file import part_file
from powerstream_desktop.cloud.object_store.object_store import READ_BYTES
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.cloud.uploads.part_plan import PartPlan
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.free_name import rename_to_free
from tests.unit.cloud.courier.bench import Bench

SIZE = 3 * READ_BYTES + 5


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path, size_bytes=SIZE)
    bench.upload(plan=lambda size: PartPlan(size_bytes=size, part_bytes=size))
    bench.store.calls.clear()
    bench.progress.clear()
    return bench


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "back.mp4"


def part_of(target: Path) -> Path:
    return part_file(target)


def test_a_file_comes_back_as_it_was(bench: Bench, target: Path) -> None:
    download(bench.tools(), bench.record, target)
    assert target.read_bytes() == bench.content
    assert not part_of(target).exists()
    assert bench.progress[-1] == (SIZE, SIZE)


def test_what_was_fetched_before_is_not_fetched_again(bench: Bench, target: Path) -> None:
    part_of(target).write_bytes(bench.content[: 2 * READ_BYTES])
    fetched: list[int] = []
    read = bench.store.read

    def counted(key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        for piece in read(key, first=first, size_bytes=size_bytes):
            fetched.append(len(piece))
            yield piece

    bench.store.read = counted  # type: ignore[method-assign]
    download(bench.tools(), bench.record, target)
    assert target.read_bytes() == bench.content
    assert sum(fetched) == SIZE - 2 * READ_BYTES


@pytest.mark.parametrize("left_over", [b"other bytes", b"x" * (SIZE + 1), b"x" * SIZE, bytes(READ_BYTES)])
def test_what_an_old_attempt_left_spoils_nothing(bench: Bench, target: Path, left_over: bytes) -> None:
    part_of(target).write_bytes(left_over)
    download(bench.tools(), bench.record, target)
    assert target.read_bytes() == bench.content


def test_an_object_of_other_bytes_never_gets_the_files_name(bench: Bench, target: Path) -> None:
    held = bench.bucket.objects[bench.record.key]
    held.data = b"z" * len(held.data)
    with pytest.raises(StoreTrouble) as damaged:
        download(bench.tools(), bench.record, target)
    assert damaged.value.kind is TroubleCode.DAMAGED
    assert not target.exists()
    assert not part_of(target).exists()


@pytest.mark.parametrize("change", [b"", b"too short", b"x" * (SIZE + READ_BYTES)])
def test_an_object_of_another_length_never_gets_the_files_name(
    bench: Bench, target: Path, change: bytes
) -> None:
    bench.bucket.objects[bench.record.key].data = change
    with pytest.raises(StoreTrouble) as damaged:
        download(bench.tools(), bench.record, target)
    assert damaged.value.kind is TroubleCode.DAMAGED
    assert not target.exists()


def test_an_object_that_is_gone_is_said_to_be(bench: Bench, target: Path) -> None:
    bench.bucket.objects.clear()
    with pytest.raises(StoreTrouble) as gone:
        download(bench.tools(), bench.record, target)
    assert gone.value.kind is TroubleCode.GONE


def test_a_file_that_is_there_is_never_written_over(bench: Bench, target: Path) -> None:
    target.write_bytes(b"mine")
    with pytest.raises(UserError):
        download(bench.tools(), bench.record, target)
    assert target.read_bytes() == b"mine"


def test_a_file_that_comes_while_it_is_fetched_is_never_written_over(bench: Bench, target: Path) -> None:
    def somebody_comes(name: str, _key: str) -> None:
        if name == "read":
            target.write_bytes(b"mine")

    bench.store.before = somebody_comes
    with pytest.raises(UserError):
        download(bench.tools(), bench.record, target)
    assert target.read_bytes() == b"mine"
    assert not part_of(target).exists()


def test_a_file_that_comes_at_the_very_last_moment_is_never_written_over(
    bench: Bench, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_is_quicker(source: Path, wanted: Path) -> None:
        wanted.write_bytes(b"mine")
        rename_to_free(source, wanted)

    monkeypatch.setattr(downloading, "rename_to_free", somebody_is_quicker)
    with pytest.raises(UserError, match="there already"):
        download(bench.tools(), bench.record, target)
    assert target.read_bytes() == b"mine"
    assert not part_of(target).exists()


def test_a_store_without_ranges_begins_anew(bench: Bench, target: Path) -> None:
    part_of(target).write_bytes(bench.content[:READ_BYTES])
    bench.store.assume(replace(EVERYTHING, reads_ranges=False))
    firsts: list[int] = []
    read = bench.store.read

    def noted(key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        firsts.append(first)
        return read(key, first=first, size_bytes=size_bytes)

    bench.store.read = noted  # type: ignore[method-assign]
    download(bench.tools(), bench.record, target)
    assert firsts == [0]
    assert target.read_bytes() == bench.content


def test_a_full_disk_is_said_and_nothing_is_left(
    bench: Bench, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: BinaryIO, _piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(downloading, "write_whole", full)
    with pytest.raises(SystemFault, match="too full"):
        download(bench.tools(), bench.record, target)
    assert not part_of(target).exists()
    assert not target.exists()


def test_what_would_leave_the_disk_without_room_is_not_fetched(
    bench: Bench, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = shutil.disk_usage(target.parent)._replace(free=SIZE + SPARE_BYTES - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    with pytest.raises(SystemFault, match="too full"):
        download(bench.tools(), bench.record, target)
    assert bench.calls("read") == 0
    assert not part_of(target).exists()
    part_of(target).write_bytes(bench.content[:1])  # what is there already needs no room
    download(bench.tools(), bench.record, target)
    assert target.read_bytes() == bench.content


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_link_in_the_way_is_not_followed(bench: Bench, target: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    part_of(target).symlink_to(victim)
    with pytest.raises(SystemFault):
        download(bench.tools(), bench.record, target)
    assert victim.read_bytes() == b"precious"


def test_a_download_that_is_stopped_goes_on_later(bench: Bench, target: Path) -> None:
    bench.store.before = lambda name, _: bench.errand.give_up() if name == "read" else None
    with pytest.raises(GivenUpError):
        download(bench.tools(), bench.record, target)
    assert not target.exists()
    bench.errand = Errand()
    bench.store.before = lambda *_: None
    download(bench.tools(), bench.record, target)
    assert target.read_bytes() == bench.content

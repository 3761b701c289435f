"""Whole uploads into a real folder: films of the lengths at which parts begin and end (V09), two machines at once (V15), orphans (V26)."""

from __future__ import annotations

import dataclasses
import threading
import time
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.cancelling import ORPHAN_S, abort_orphans
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.folder_store import FolderStore
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind
from powerstream_desktop.cloud.uploads.part_plan import MIB, plan_parts
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.unit.cloud.courier.bench import Bench
from tests.unit.cloud.uploads.records import film

KIB = 1024


class FolderBench(Bench):
    """A machine whose store is a folder.

    Args:
        home: for its film.
        disk: the folder, which others may have as well.
        size_bytes: of the film.
        now_s: its clock.
    """

    def __init__(self, home: Path, disk: Path, size_bytes: int, now_s: float | None = None) -> None:
        home.mkdir(exist_ok=True)
        disk.mkdir(exist_ok=True)
        super().__init__(home, size_bytes=size_bytes)
        self.disk = disk
        self.folder = FolderStore(StoreConfig(kind=StoreKind.FOLDER, folder=disk))
        self.now_s = time.time() if now_s is None else now_s

    def tools(self) -> Tools:
        return dataclasses.replace(
            super().tools(), store=self.folder, now_ms=lambda: round(self.now_s * 1000)
        )

    @property
    def stored(self) -> Path:
        return self.disk / self.record.key


@pytest.mark.parametrize(
    ("size_bytes", "parts"),
    [
        (5 * KIB, 1),
        (5 * MIB - 1, 1),
        (5 * MIB, 1),
        (5 * MIB + 1, 1),
        (8 * MIB, 1),
        (8 * MIB + 1, 2),
        (24 * MIB - 1, 3),
    ],
)
def test_a_film_of_any_length_is_there_in_the_parts_that_were_planned(
    tmp_path: Path, size_bytes: int, parts: int
) -> None:
    bench = FolderBench(tmp_path / "a", tmp_path / "disk", size_bytes)
    assert bench.upload(plan=plan_parts, parts_at_once=4).state is UploadState.VERIFIED
    assert bench.stored.read_bytes() == bench.content
    seen = bench.folder.head(bench.record.key)
    assert seen is not None
    assert seen.parts == parts
    assert list(bench.folder.pending("")) == []


def test_two_machines_that_bring_the_same_film_at_once_make_one_object(tmp_path: Path) -> None:
    machines = [FolderBench(tmp_path / name, tmp_path / "disk", 400 * KIB) for name in ("a", "b")]
    together = threading.Barrier(len(machines))

    def bring(machine: FolderBench) -> None:
        together.wait(10)
        for _ in range(10):
            if machine.upload().state is UploadState.VERIFIED:
                break

    threads = [threading.Thread(target=bring, args=(each,)) for each in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    one, other = machines
    assert [each.record.state for each in machines] == [UploadState.VERIFIED] * 2
    assert one.record.key == other.record.key
    assert one.stored.read_bytes() == one.content
    assert [each.key for each in one.folder.list("")] == [one.record.key]
    assert list(one.folder.pending("")) == []


@pytest.mark.parametrize(("age_s", "count"), [(60.0, 0), (ORPHAN_S - 60, 0), (ORPHAN_S + 60, 1)])
def test_what_another_machine_has_begun_is_removed_from_the_folder_after_a_day_and_not_before(
    tmp_path: Path, age_s: float, count: int
) -> None:
    other = FolderBench(tmp_path / "a", tmp_path / "disk", 40 * KIB)
    key = "vod/somebody/film.mp4"
    upload_id = other.folder.create_upload(key, content_type="video/mp4", metadata={})
    here = FolderBench(tmp_path / "b", tmp_path / "disk", 40 * KIB, now_s=time.time() + age_s)
    assert abort_orphans(here.tools(), "", ()) == count
    assert [each.upload_id for each in here.folder.pending("")] == [upload_id] * (1 - count)


def test_a_clock_that_is_a_month_ahead_makes_nobodys_upload_old(tmp_path: Path) -> None:
    other = FolderBench(tmp_path / "a", tmp_path / "disk", 40 * KIB)
    upload_id = other.folder.create_upload("vod/a/film.mp4", content_type="video/mp4", metadata={})
    now_s = time.time() + 30 * ORPHAN_S
    here = FolderBench(tmp_path / "b", tmp_path / "disk", 40 * KIB, now_s=now_s)
    here.folder = FolderStore(
        StoreConfig(kind=StoreKind.FOLDER, folder=tmp_path / "disk"), wall=lambda: now_s
    )
    assert abort_orphans(here.tools(), "", ()) == 0
    assert [each.upload_id for each in other.folder.pending("")] == [upload_id]


def test_a_film_of_another_content_under_the_same_id_lies_beside_the_first(tmp_path: Path) -> None:
    first = FolderBench(tmp_path / "a", tmp_path / "disk", 40 * KIB)
    other = FolderBench(tmp_path / "b", tmp_path / "disk", 44 * KIB)
    for machine in (first, other):
        assert machine.upload().state is UploadState.VERIFIED
    assert first.stored.read_bytes() == film(40 * KIB)
    assert other.stored.read_bytes() == film(44 * KIB)

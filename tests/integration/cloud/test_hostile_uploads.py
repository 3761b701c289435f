"""Whole uploads to a store that misbehaves (V03, V05, V10, V11): whatever it does, the film is there in the end, once, and proven."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.s3_store import S3Store
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, StoreCapabilities
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.integration.cloud.hostile_store import Fault, HostileStore, running
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.unit.cloud.courier.bench import Bench

ATTEMPTS = 6
PARTS = 6
SEEDS, ITEMS = range(4), 50
"""Two hundred films (V11), in four lots."""
PATIENCE = 100
READ_S = 2.0
STALLED = ("create", "upload_part", "complete")
MD5_ONLY = replace(EVERYTHING, part_checksums=False, conditional_complete=False)
NOTHING = replace(MD5_ONLY, etag_is_md5=False, keeps_metadata=False, checks_bodies=False)
FAULTS = [
    *itertools.product(
        ["create", "upload_part", "complete", "list_uploads"],
        [Fault.FAILS_BEFORE, Fault.FAILS_AFTER, Fault.ANSWER_LOST, Fault.CUT, Fault.SLOW_DOWN],
    ),
    ("head_object", Fault.FAILS_BEFORE),
    ("head_object", Fault.CUT),
    ("complete", Fault.ERROR_IN_200),
    ("upload_part", Fault.TRUNCATES),
    ("upload_part", Fault.FLIPS_A_BIT),
]


class HostileBench(Bench):
    """A machine whose store is the hostile one, over HTTP."""

    def __init__(self, folder: Path, hostile: HostileStore, store: S3Store) -> None:
        super().__init__(folder, hostile.memory.bucket)
        self._s3 = store

    def tools(self) -> Tools:
        return dataclasses.replace(super().tools(), store=self._s3, prefix="s/")

    def upload_until_it_is_there(self) -> UploadRecord:
        """Try again as often as the service would within a few minutes."""
        for _ in range(ATTEMPTS):
            if self.upload().state is UploadState.VERIFIED:
                break
        return self.record


@contextlib.contextmanager
def hostile_bench(
    folder: Path, capabilities: StoreCapabilities
) -> Iterator[tuple[HostileStore, HostileBench]]:
    with running(HostileStore(capabilities=capabilities)) as hostile:
        config = hostile.config(capabilities=capabilities)
        with contextlib.closing(S3Store(config, CREDENTIALS)) as store:
            yield hostile, HostileBench(folder, hostile, store)


def assert_is_there(bench: HostileBench) -> None:
    assert bench.record.state is UploadState.VERIFIED
    assert bench.held == bench.content
    assert len(bench.bucket.objects) == 1
    assert not bench.bucket.pending


@pytest.mark.parametrize("capabilities", [EVERYTHING, MD5_ONLY, NOTHING])
def test_a_store_that_behaves_is_asked_for_nothing_twice(
    tmp_path: Path, capabilities: StoreCapabilities
) -> None:
    with hostile_bench(tmp_path, capabilities) as (hostile, bench):
        assert bench.upload().state is UploadState.VERIFIED
        assert_is_there(bench)
        assert [hostile.asked(each) for each in ("create", "upload_part", "complete")] == [1, PARTS, 1]


@pytest.mark.parametrize(("operation", "fault"), FAULTS)
def test_one_fault_costs_at_most_a_part(tmp_path: Path, operation: str, fault: Fault) -> None:
    with hostile_bench(tmp_path, MD5_ONLY) as (hostile, bench):
        hostile.script(operation, fault)
        bench.upload_until_it_is_there()
        assert_is_there(bench)
        assert hostile.asked("upload_part") <= PARTS + 1


@pytest.mark.parametrize("fault", [Fault.TRUNCATES, Fault.FLIPS_A_BIT])
@pytest.mark.parametrize("capabilities", [EVERYTHING, MD5_ONLY, NOTHING])
def test_bytes_that_a_store_lost_are_never_called_verified(
    tmp_path: Path, capabilities: StoreCapabilities, fault: Fault
) -> None:
    with hostile_bench(tmp_path, capabilities) as (hostile, bench):
        hostile.script("upload_part", *[fault] * PARTS)
        while bench.upload().state is not UploadState.VERIFIED:
            assert bench.record.trouble is not None
            assert len(bench.kept) < 100
        assert_is_there(bench)


@pytest.mark.parametrize("seed", range(4))
def test_a_store_that_fails_four_times_at_everything_gets_the_film_in_the_end(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    faults = [Fault.SLOW_DOWN, Fault.CUT, Fault.ANSWER_LOST, Fault.FAILS_AFTER, Fault.FAILS_BEFORE]
    with hostile_bench(tmp_path, MD5_ONLY) as (hostile, bench):
        for operation in ("create", "upload_part", "complete", "list_parts", "list_uploads", "head_object"):
            for _ in range(4):
                hostile.script(operation, chance.choice(faults))
        bench.upload_until_it_is_there()
        assert_is_there(bench)


class BadDay:
    """What goes wrong at a store that has too much to do, behind a line that loses some of it; asked by its threads.

    Attributes:
        cost: parts that have to be sent again, or may have to.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._asked = threading.Lock()
        self.given: Counter[Fault] = Counter()
        self.cost = 0

    def __call__(self, operation: str) -> Fault | None:
        with self._asked:
            fault = self._fault()
            if fault is not None:
                self.given[fault] += 1
                self.cost += operation == "upload_part"
        return fault

    def _fault(self) -> Fault | None:
        place = self._chance.random()
        for share, fault in (
            (0.3, Fault.SLOW_DOWN),
            (0.05, Fault.CUT),
            (0.05, Fault.ANSWER_LOST),
            (0.01, Fault.TRUNCATES),
        ):
            if place < share:
                return fault
            place -= share
        return None


@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_films_reach_a_store_on_a_bad_day_each_once_and_whole(tmp_path: Path, seed: int) -> None:
    day = BadDay(seed)
    with running(HostileStore(capabilities=MD5_ONLY)) as hostile:
        hostile.chance = day
        for operation in STALLED:
            hostile.script(operation, Fault.STALL)
        config = hostile.config(capabilities=MD5_ONLY)
        with contextlib.closing(S3Store(config, CREDENTIALS, read_s=READ_S)) as store:
            films = [HostileBench(made(tmp_path / str(number)), hostile, store) for number in range(ITEMS)]
            for number, bench in enumerate(films):
                bench.record = replace(bench.record, asset_id=f"replay-{number:03}")
                for _ in range(PATIENCE):
                    if bench.upload().state is UploadState.VERIFIED:
                        break
    bucket = hostile.memory.bucket
    assert [bench.record.state for bench in films] == [UploadState.VERIFIED] * ITEMS
    assert all(bench.held == bench.content for bench in films)
    assert (len(bucket.objects), len(bucket.pending)) == (ITEMS, 0)
    assert set(day.given) == {Fault.SLOW_DOWN, Fault.CUT, Fault.ANSWER_LOST, Fault.TRUNCATES}
    assert hostile.asked("upload_part") <= ITEMS * PARTS + day.cost + STALLED.count("upload_part"), (
        "nothing else was sent again"
    )


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder

"""Looks at an object, level by level (reliability_security.md 4.4, V10, V23)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from tests.unit.cloud.courier.bench import NOW_MS, Bench
from tests.unit.cloud.uploads.records import ASSET_ID

DUMB = dataclasses.replace(EVERYTHING, part_checksums=False, etag_is_md5=False)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.upload()
    bench.store.calls.clear()
    return bench


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("has_file", [True, False])
def test_a_good_object_is_good_at_every_level(bench: Bench, level: int, *, has_file: bool) -> None:
    verdict = bench.tools().checking.check(bench.record, bench.file if has_file else None, level)
    assert verdict.is_good
    assert (verdict.level, verdict.at_ms, verdict.why) == (level, NOW_MS, "")
    assert verdict.etag == bench.bucket.objects[bench.record.key].about.etag
    assert (bench.calls("read") > 0) is (level > 1)


def test_an_object_that_is_gone_is_missing(bench: Bench) -> None:
    bench.bucket.objects.clear()
    verdict = bench.tools().checking.check(bench.record, bench.file, 1)
    assert verdict.is_missing
    assert not verdict.is_good
    assert verdict.why


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("has_file", [True, False])
def test_a_store_that_lies_about_its_bytes_is_found_out(bench: Bench, level: int, *, has_file: bool) -> None:
    held = bench.bucket.objects[bench.record.key]
    held.data = b"z" * len(held.data)
    verdict = bench.tools().checking.check(bench.record, bench.file if has_file else None, level)
    assert not verdict.is_good
    assert not verdict.is_missing
    assert verdict.why


def test_a_store_that_only_repeats_what_it_was_told_is_looked_at_by_samples(bench: Bench) -> None:
    bench.store.vouches = False
    checking = bench.tools().checking
    verdict = checking.check(bench.record, bench.file, 1)
    assert (verdict.is_good, verdict.level) == (True, 2)
    held = bench.bucket.objects[bench.record.key]
    held.data = b"z" * len(held.data)
    assert not checking.check(bench.record, bench.file, 1).is_good


def test_what_the_store_says_is_believed_when_it_speaks_against_the_object(bench: Bench) -> None:
    held = bench.bucket.objects[bench.record.key]
    held.about = dataclasses.replace(held.about, size_bytes=held.about.size_bytes - 1)
    verdict = bench.tools().checking.check(bench.record, bench.file, 1)
    assert not verdict.is_good
    assert bench.calls("read") == 0


def test_a_store_that_says_nothing_must_give_all_bytes(tmp_path: Path) -> None:
    bench = Bench(tmp_path, capabilities=DUMB)
    bench.upload()
    verdict = bench.tools().checking.check(bench.record, bench.file, 2)
    assert verdict.is_good
    assert verdict.level == 3


def test_where_no_samples_can_be_read_all_bytes_are(tmp_path: Path) -> None:
    bench = Bench(tmp_path, capabilities=dataclasses.replace(EVERYTHING, reads_ranges=False))
    bench.upload()
    verdict = bench.tools().checking.check(bench.record, bench.file, 2)
    assert (verdict.is_good, verdict.level) == (True, 3)


def test_a_replay_of_another_machine_is_read_whole(bench: Bench) -> None:
    record = UploadRecord.of_cloud(
        asset_id=ASSET_ID, key=bench.record.key, size_bytes=len(bench.content), sha256=bench.record.sha256
    )
    verdict = bench.tools().checking.check(record, None, 2)
    assert verdict.is_good
    assert verdict.level == 3


def test_a_reading_that_breaks_off_goes_on(bench: Bench) -> None:
    def break_off(name: str, _key: str) -> None:
        if name == "read" and bench.calls("read") % 2:
            raise StoreTrouble(TroubleCode.UNREACHABLE)

    bench.store.before = break_off
    assert bench.tools().checking.check(bench.record, None, 3).is_good


def test_reading_all_back_tells_how_far_it_is(bench: Bench) -> None:
    bench.progress.clear()
    size = len(bench.content)
    bench.tools().checking.check(bench.record, bench.file, 3)
    assert bench.progress == [(size, size)]


def test_a_store_that_cannot_be_asked_gives_no_verdict(bench: Bench) -> None:
    def refuse(_name: str, _key: str) -> None:
        raise StoreTrouble(TroubleCode.REFUSED)

    bench.store.before = refuse
    with pytest.raises(StoreTrouble):
        bench.tools().checking.check(bench.record, None, 1)

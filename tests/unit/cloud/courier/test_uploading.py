"""An upload from any state, with crashes, troubles and files that change, against a store in memory."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.errand import Errand, GivenUpError
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, StoreCapabilities
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.unit.cloud.courier.bench import NOW_MS, Bench, CrashError
from tests.unit.cloud.courier.failing_store import DUMB, POOR, failing
from tests.unit.cloud.uploads.records import NEW, PART_BYTES

_S = UploadState


@pytest.mark.parametrize("capabilities", [EVERYTHING, POOR, DUMB])
@pytest.mark.parametrize("at_once", [1, 4])
def test_a_film_gets_to_any_store_and_is_verified(
    tmp_path: Path, capabilities: StoreCapabilities, at_once: int
) -> None:
    bench = Bench(tmp_path, capabilities=capabilities)
    record = bench.upload(parts_at_once=at_once)
    assert record.state is _S.VERIFIED
    assert bench.held == bench.content
    assert (record.level, record.verified_at_ms) == (3 if capabilities is DUMB else 1, NOW_MS)
    assert record.sha256 == hashlib.sha256(bench.content).hexdigest()
    assert record.key == f"vod/{record.asset_id}/{record.sha256[:16]}.mp4"
    assert not bench.bucket.pending
    assert bench.kept[-1] == bench.record == record


def test_every_step_is_kept_before_the_next_one_and_each_part_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.upload()
    states = [each.state for each in bench.kept]
    assert states == [
        _S.HASHING, _S.HASHED, _S.SENDING, *[_S.SENDING] * 6, _S.COMPLETING, _S.COMPLETED, _S.VERIFIED,
    ]  # fmt: skip
    assert bench.kept[2].upload_id is not None
    assert [len(each.receipts) for each in bench.kept[2:9]] == [0, 1, 2, 3, 4, 5, 6]
    assert bench.calls("put_part") == 6


def test_an_upload_that_is_to_be_verified_fully_is_read_back_whole(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.upload(verify_fully=True)
    assert bench.record.level == 3
    assert bench.bucket.objects[bench.record.key].about.metadata == {"ps-sha256": bench.record.sha256}


def test_progress_counts_reading_and_sending_to_the_end(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.upload(parts_at_once=3)
    size = len(bench.content)
    assert bench.progress[0] == (size, size)
    assert bench.progress[-1] == (size, size)
    assert all(0 <= done <= total == size for done, total in bench.progress)


@pytest.mark.parametrize("step", range(1, 13))
@pytest.mark.parametrize("capabilities", [EVERYTHING, POOR, DUMB])
def test_a_crash_behind_any_step_costs_no_part(
    tmp_path: Path, step: int, capabilities: StoreCapabilities
) -> None:
    bench = Bench(tmp_path, capabilities=capabilities)
    bench.crash_at = step
    with pytest.raises(CrashError):
        bench.upload()
    bench.crash_at = None
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content
    assert not bench.bucket.pending
    assert len(bench.bucket.objects) == 1
    assert bench.calls("put_part") == 6


@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("capabilities", [EVERYTHING, POOR])
def test_ten_crashes_in_the_midst_of_parts_cost_one_part_each(
    tmp_path: Path, capabilities: StoreCapabilities, at_once: int
) -> None:
    parts, crashes = 64, 10
    bench = Bench(tmp_path, capabilities=capabilities, size_bytes=parts * PART_BYTES)
    for _ in range(crashes):
        begun = bench.calls("put_part")

        def crash(name: str, _key: str, begun: int = begun) -> None:
            if name == "put_part" and bench.calls("put_part") > begun + 6:
                raise CrashError  # nothing of this part has arrived

        bench.store.before = crash
        with pytest.raises(CrashError):
            bench.upload()
    bench.store.before = lambda *_: None
    assert bench.upload(parts_at_once=at_once).state is _S.VERIFIED
    assert bench.held == bench.content
    assert bench.calls("put_part") == parts + crashes
    assert bench.calls("create_upload") == 1


@pytest.mark.parametrize("operation", ["create_upload", "put_part", "complete", "abort"])
@pytest.mark.parametrize("capabilities", [EVERYTHING, POOR])
def test_a_crash_before_an_answer_was_kept_costs_no_part_either(
    tmp_path: Path, operation: str, capabilities: StoreCapabilities
) -> None:
    bench = Bench(tmp_path, capabilities=capabilities)
    met: list[str] = []

    def crash_once(name: str, _key: str) -> None:
        if name == operation and not met:
            met.append(name)
            raise CrashError

    bench.store.after = crash_once
    with pytest.raises(CrashError):
        bench.upload()
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content
    assert not bench.bucket.pending
    assert bench.calls("put_part") == 6
    assert bench.calls("create_upload") == 1


def test_a_crash_in_the_reading_begins_it_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = 1
    with pytest.raises(CrashError):
        bench.upload()
    assert bench.record.state is _S.HASHING
    bench.crash_at = None
    assert bench.upload().state is _S.VERIFIED


@pytest.mark.parametrize("code", [TroubleCode.UNKNOWN, TroubleCode.UNREACHABLE])
def test_a_completion_whose_answer_was_lost_is_decided_by_looking(tmp_path: Path, code: TroubleCode) -> None:
    bench = Bench(tmp_path)
    bench.store.after = failing("complete", code)
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("complete") == 1
    assert bench.held == bench.content


def test_a_completion_that_did_not_take_place_is_asked_for_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.store.before = failing("complete", TroubleCode.UNKNOWN)
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("complete") == 2
    assert bench.calls("put_part") == 6


def test_a_completion_that_never_takes_place_is_tried_again_later(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.store.before = failing("complete", TroubleCode.UNKNOWN, 100)
    record = bench.upload()
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert record.trouble.code == "unknown"
    assert bench.calls("complete") < 6
    bench.store.before = lambda *_: None
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("put_part") == 6


@pytest.mark.parametrize("step", [6, 9, 10])
def test_an_upload_that_the_store_has_forgotten_begins_anew(tmp_path: Path, step: int) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = step
    with pytest.raises(CrashError):
        bench.upload()
    bench.crash_at = None
    bench.bucket.pending.clear()
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content
    assert bench.calls("create_upload") == 2


def test_an_upload_that_is_forgotten_while_it_is_sent_begins_anew(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def forget(name: str, _key: str) -> None:
        if name == "put_part" and bench.calls("put_part") == 3:
            bench.bucket.pending.clear()

    bench.store.before = forget
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content


def test_a_part_that_was_changed_in_the_store_is_sent_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = 6
    with pytest.raises(CrashError):
        bench.upload()
    bench.crash_at = None
    (pending,) = bench.bucket.pending.values()
    _, about = pending.parts[2]
    pending.parts[2] = (b"x" * PART_BYTES, dataclasses.replace(about, etag="other", checksum="0" * 64))
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content
    assert bench.calls("put_part") == 7


def test_troubles_on_the_way_are_overcome_part_by_part(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    count = 0

    def now_and_then(name: str, _key: str) -> None:
        nonlocal count
        count += 1
        if count % 3 == 0:
            raise StoreTrouble(
                (TroubleCode.SLOW_DOWN, TroubleCode.UNREACHABLE, TroubleCode.DAMAGED)[count % 9 // 3]
            )

    bench.store.before = now_and_then
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content


def test_a_refusal_ends_the_attempt_at_once_and_keeps_what_was_sent(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.store.before = failing("put_part", TroubleCode.REFUSED, 100, from_call=4)
    record = bench.upload()
    assert record.state is _S.FAILED
    assert bench.calls("put_part") == 4
    assert len(record.receipts) == 3
    assert record.next_try_at_ms == NOW_MS + 3_600_000


def test_an_upload_that_is_stopped_keeps_its_parts(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.store.after = lambda name, _: (
        bench.errand.give_up() if name == "put_part" and bench.calls("put_part") == 2 else None
    )
    with pytest.raises(GivenUpError):
        bench.upload()
    assert bench.record.state is _S.SENDING
    bench.errand = Errand()
    bench.store.after = lambda *_: None
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("put_part") == 6


def test_what_another_machine_has_brought_is_not_brought_again(tmp_path: Path) -> None:
    first = Bench(tmp_path)
    first.upload()
    second = Bench(tmp_path, first.bucket)
    assert second.upload().state is _S.VERIFIED
    assert second.calls("create_upload") == 0


def test_two_machines_that_bring_the_same_film_make_one_object(tmp_path: Path) -> None:
    first = Bench(tmp_path)
    second = Bench(tmp_path, first.bucket)

    def second_comes(name: str, _key: str) -> None:
        if name == "put_part" and first.calls("put_part") == 3 and not second.kept:
            second.upload()

    first.store.after = second_comes
    assert first.upload().state is _S.VERIFIED
    assert second.record.state is _S.VERIFIED
    assert len(first.bucket.objects) == 1
    assert first.held == first.content
    assert not first.bucket.pending


def test_an_object_that_is_damaged_is_found_out_and_written_over(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.upload()
    held = bench.bucket.objects[bench.record.key]
    held.about = dataclasses.replace(held.about, size_bytes=1)
    again = Bench(tmp_path, bench.bucket)
    assert again.upload().state is _S.VERIFIED
    assert again.calls("put_part") == 6
    assert again.bucket.objects[again.record.key].about.size_bytes == len(again.content)


def test_a_store_that_lies_about_its_bytes_is_found_out_and_they_are_brought_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def spoil(name: str, _key: str) -> None:
        if name == "complete" and bench.calls("complete") == 1:
            for held in bench.bucket.objects.values():
                held.data = b"y" * len(held.data)

    bench.store.after = spoil
    record = bench.upload(verify_fully=True)
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert record.trouble.code == "damaged"
    assert bench.upload(verify_fully=True).state is _S.VERIFIED
    assert bench.record.level == 3
    assert bench.held == bench.content


@pytest.mark.parametrize("capabilities", [POOR, DUMB])
def test_a_store_that_keeps_other_bytes_is_found_out(tmp_path: Path, capabilities: StoreCapabilities) -> None:
    bench = Bench(tmp_path, capabilities=capabilities)

    def spoil(name: str, _key: str) -> None:
        if name == "complete" and bench.calls("complete") == 1:
            for held in bench.bucket.objects.values():
                held.data = b"y" * len(held.data)
                held.about = dataclasses.replace(held.about, etag="0" * 32 + "-6")

    bench.store.after = spoil
    record = bench.upload()
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert record.trouble.code == "damaged"
    assert record.upload_id is None
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content


def test_an_object_that_was_found_to_be_bad_is_written_over_although_the_store_calls_it_good(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path)
    bench.upload()
    held = bench.bucket.objects[bench.record.key]
    held.data = bytes(len(held.data))
    bench.record = dataclasses.replace(NEW, is_doubted=True)
    record = bench.upload()
    assert (record.state, record.is_doubted) == (_S.VERIFIED, False)
    assert bench.held == bench.content


def test_an_object_that_is_doubted_and_good_is_read_and_not_sent_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.upload()
    bench.store.calls.clear()
    bench.record = dataclasses.replace(NEW, is_doubted=True)
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("put_part") == 0
    assert bench.calls("read") > 0

"""What is taken back is gone (V25), and what is not ours to take back stays (V26)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.cancelling import ORPHAN_S, abort_orphans, cancel
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import BugError
from tests.unit.cloud.courier.bench import NOW_MS, Bench, CrashError

_S = UploadState


class Impatient(Errand):
    """Waits for nothing."""

    def wait(self, seconds: float) -> None:
        self.check()


@pytest.mark.parametrize("step", range(1, 11))
def test_an_upload_that_is_cancelled_behind_any_step_leaves_nothing_pending(
    tmp_path: Path, step: int
) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = step
    with pytest.raises(CrashError):
        bench.upload()
    bench.crash_at = None
    record = cancel(bench.tools(), bench.record)
    assert record.state is _S.CANCELLED
    assert record.upload_id is None
    assert bench.record == record
    assert not bench.bucket.pending
    assert not bench.bucket.objects


def test_an_upload_that_was_begun_and_not_kept_is_found_and_taken_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def crash(name: str, _key: str) -> None:
        if name == "create_upload":
            raise CrashError

    bench.store.after = crash
    with pytest.raises(CrashError):
        bench.upload()
    assert bench.bucket.pending
    assert cancel(bench.tools(), bench.record).state is _S.CANCELLED
    assert not bench.bucket.pending


def test_a_completion_that_was_quicker_is_told(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def crash(name: str, _key: str) -> None:
        if name == "complete":
            raise CrashError

    bench.store.after = crash
    with pytest.raises(CrashError):
        bench.upload()
    assert bench.record.state is _S.COMPLETING
    record = cancel(bench.tools(), bench.record)
    assert record.state is _S.COMPLETED
    bench.store.after = lambda *_: None
    assert bench.upload().state is _S.VERIFIED


def test_without_a_network_it_goes_on_cancelling_until_there_is_one(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = 5
    with pytest.raises(CrashError):
        bench.upload()
    bench.crash_at = None

    def offline(_name: str, _key: str) -> None:
        raise StoreTrouble(TroubleCode.UNREACHABLE)

    bench.store.before = offline
    record = cancel(bench.tools(), bench.record)
    assert record.state is _S.CANCELLING
    assert record.trouble is not None
    assert NOW_MS < record.next_try_at_ms <= NOW_MS + 60_000
    assert bench.bucket.pending
    bench.store.before = lambda *_: None
    record = cancel(bench.tools(), record)
    assert record.state is _S.CANCELLED
    assert record.trouble is None
    assert not bench.bucket.pending


def test_what_is_still_there_behind_an_abort_is_aborted_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = 5
    with pytest.raises(CrashError):
        bench.upload()
    bench.crash_at = None
    pending = dict(bench.bucket.pending)

    def comes_back(name: str, _key: str) -> None:
        if name == "abort" and bench.calls("abort") == 1:
            bench.bucket.pending.update(pending)

    bench.store.after = comes_back
    bench.errand = Impatient()
    assert cancel(bench.tools(), bench.record).state is _S.CANCELLED
    assert not bench.bucket.pending


def test_what_is_verified_is_not_cancelled(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.upload()
    with pytest.raises(BugError):
        cancel(bench.tools(), bench.record)
    assert bench.held == bench.content


@pytest.mark.parametrize("step", [2, 3, 5])
def test_what_another_machine_is_sending_of_the_same_film_goes_on_when_this_one_cancels(
    tmp_path: Path, step: int
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    other = Bench(theirs)
    other.crash_at = 6
    with pytest.raises(CrashError):
        other.upload()
    one = Bench(ours, other.bucket)
    one.crash_at = step
    with pytest.raises(CrashError):
        one.upload()
    one.crash_at = None
    assert cancel(one.tools(), one.record).state is _S.CANCELLED
    assert set(other.bucket.pending) == {other.record.upload_id}
    other.crash_at = None
    sent = other.calls("put_part")
    assert other.upload().state is _S.VERIFIED
    assert other.calls("put_part") + one.calls("put_part") <= 7
    assert other.calls("put_part") > sent
    assert other.held == other.content


def test_only_old_uploads_that_nobody_owns_are_given_up(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    ages_s = {"old": ORPHAN_S + 1, "owned": ORPHAN_S + 1, "young": ORPHAN_S - 1}
    ids: dict[str, str] = {}
    for name, age_s in ages_s.items():
        ids[name] = bench.store.create_upload(f"p/vod/{name}", content_type="", metadata={})
        pending = bench.bucket.pending[ids[name]]
        pending.about = dataclasses.replace(pending.about, begun_at=NOW_MS / 1000 - age_s)
    other = bench.store.create_upload("q/vod/old", content_type="", metadata={})
    pending = bench.bucket.pending[other]
    pending.about = dataclasses.replace(pending.about, begun_at=0.0)
    assert abort_orphans(bench.tools(), "p/", {ids["owned"]}) == 1
    assert set(bench.bucket.pending) == {ids["owned"], ids["young"], other}


@pytest.mark.parametrize(("age_s", "count"), [(ORPHAN_S - 1, 0), (ORPHAN_S + 1, 1)])
def test_an_upload_that_another_machine_still_sends_is_not_given_up(
    tmp_path: Path, age_s: float, count: int
) -> None:
    bench = Bench(tmp_path)
    bench.crash_at = 5
    with pytest.raises(CrashError):
        bench.upload()
    (pending,) = bench.bucket.pending.values()
    pending.about = dataclasses.replace(pending.about, begun_at=NOW_MS / 1000 - 10 * ORPHAN_S)
    first, last = pending.parts[1], pending.parts[2]
    pending.parts[1] = first[0], dataclasses.replace(first[1], changed_at=pending.about.begun_at)
    pending.parts[2] = last[0], dataclasses.replace(last[1], changed_at=NOW_MS / 1000 - age_s)
    assert abort_orphans(bench.tools(), "", ()) == count
    assert len(bench.bucket.pending) == 1 - count


def test_ages_are_told_by_the_clock_of_the_store(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.store.clock_offset_s = -2 * ORPHAN_S  # ours is two days ahead
    upload_id = bench.store.create_upload("p/a", content_type="", metadata={})
    pending = bench.bucket.pending[upload_id]
    pending.about = dataclasses.replace(pending.about, begun_at=NOW_MS / 1000 - 2 * ORPHAN_S)
    assert abort_orphans(bench.tools(), "p/", ()) == 0

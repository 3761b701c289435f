"""What is uploaded of a film that changes, moves away or is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_troubles import TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, StoreCapabilities
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.unit.cloud.courier.bench import Bench
from tests.unit.cloud.courier.failing_store import DUMB, POOR, failing
from tests.unit.cloud.uploads.records import PART_BYTES, film

_S = UploadState


@pytest.mark.parametrize("capabilities", [EVERYTHING, POOR, DUMB])
@pytest.mark.parametrize("keeps_times", [True, False])
@pytest.mark.parametrize("change", ["replaced", "shorter", "longer"])
def test_a_file_that_changes_between_its_parts_is_uploaded_as_it_is_then(
    tmp_path: Path, *, capabilities: StoreCapabilities, keeps_times: bool, change: str
) -> None:
    bench = Bench(tmp_path, capabilities=capabilities)
    new = {
        "replaced": bytes(reversed(bench.content)),
        "shorter": bench.content[: 2 * PART_BYTES],
        "longer": bench.content + film(3 * PART_BYTES),
    }[change]
    changed: list[bool] = []

    def rewrite(name: str, _key: str) -> None:
        if name == "put_part" and bench.calls("put_part") == 3 and not changed:
            changed.append(True)
            status = bench.file.stat()
            with bench.file.open("r+b") as file:
                file.truncate(len(new))
                file.write(new)
            if keeps_times:
                os.utime(bench.file, ns=(status.st_atime_ns, status.st_mtime_ns))

    bench.store.after = rewrite
    record = bench.upload()
    assert record.state is _S.VERIFIED
    assert bench.held == new
    assert not bench.bucket.pending
    assert [held.data for held in bench.bucket.objects.values()] == [new]


def test_a_file_that_changes_behind_its_last_part_is_not_completed(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def touch(name: str, _key: str) -> None:
        if name == "put_part" and bench.calls("put_part") == 6:
            bench.file.write_bytes(film(2 * PART_BYTES))

    bench.store.after = touch
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == film(2 * PART_BYTES)
    assert len(bench.bucket.objects) == 1


def test_a_file_that_was_only_touched_goes_on_with_its_parts(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.store.before = failing("put_part", TroubleCode.REFUSED, from_call=4)
    assert bench.upload().state is _S.FAILED
    os.utime(bench.file, ns=(1, 1))
    bench.store.before = lambda *_: None
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("put_part") == 7
    assert bench.calls("create_upload") == 1


def test_a_file_that_never_keeps_still_is_tried_again_later(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    times = iter(range(1, 1000))
    bench.store.before = lambda name, _: (
        os.utime(bench.file, ns=(1, next(times))) if name == "put_part" else None
    )
    record = bench.upload()
    assert record.state is _S.FAILED
    assert not bench.bucket.objects


@pytest.mark.parametrize("content", [b"", b"x" * 1023, film(3 * PART_BYTES) + bytes(1024 * 1024 + 1)])
def test_what_is_no_film_is_never_sent(tmp_path: Path, content: bytes) -> None:
    bench = Bench(tmp_path)
    bench.file.write_bytes(content)
    record = bench.upload()
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert record.trouble.code == "user"
    assert "film.mp4" in record.trouble.sentence
    assert bench.store.calls == []


def test_what_is_still_being_recorded_is_never_sent(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.file = bench.file.rename(tmp_path / "film.recording.mp4")
    record = bench.upload()
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert "still being recorded" in record.trouble.sentence
    assert bench.store.calls == []


def test_a_film_that_is_not_there_waits_for_its_disk(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.file.rename(tmp_path / "away.mp4")
    record = bench.upload()
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert record.trouble.code == "system"
    (tmp_path / "away.mp4").rename(bench.file)
    assert bench.upload().state is _S.VERIFIED


def test_a_disk_that_is_pulled_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    away = tmp_path / "away.mp4"

    def pull(name: str, _key: str) -> None:
        if name == "put_part" and bench.calls("put_part") == 3:
            bench.file.rename(away)

    bench.store.after = pull
    assert bench.upload().state is _S.FAILED
    away.rename(bench.file)
    bench.store.after = lambda *_: None
    assert bench.upload().state is _S.VERIFIED
    assert bench.calls("put_part") == 6

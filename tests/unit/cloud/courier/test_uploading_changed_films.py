"""What is uploaded of a film that changes, moves away or is none."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.courier import fingerprint
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


def change(file: Path, how: str) -> bytes:
    """Have a film be another one; return what it is then. Who writes other bytes puts the clock of the file back."""
    before, status = file.read_bytes(), file.stat()
    match how:
        case "shorter":
            after = before[: 2 * PART_BYTES]
        case "longer":
            after = before + film(3 * PART_BYTES)
        case _:
            after = bytes(reversed(before))
    if how == "another file":
        other = file.with_name("other.mp4")
        other.write_bytes(after)
        other.replace(file)
        return after
    file.write_bytes(after)
    if how == "other bytes":
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    return after


CHANGES = ["shorter", "longer", "another file", "other bytes"]


@pytest.mark.parametrize("how", CHANGES)
def test_a_file_that_changes_while_it_is_hashed_is_uploaded_as_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(fingerprint, "PIECE_BYTES", PART_BYTES)
    bench, changed = Bench(tmp_path), list[bytes]()
    tools = bench.tools()

    def report(done: int, _total: int) -> None:
        if done >= 3 * PART_BYTES and not changed:
            changed.append(change(bench.file, how))

    monkeypatch.setattr(bench, "tools", lambda: dataclasses.replace(tools, report=report))
    assert bench.upload().state is _S.VERIFIED
    assert [each.data for each in bench.bucket.objects.values()] == changed
    assert bench.record.sha256 == hashlib.sha256(changed[0]).hexdigest()


@pytest.mark.parametrize("how", CHANGES)
def test_a_file_that_changes_before_the_completion_is_never_told_as_what_it_is_not(
    tmp_path: Path, how: str
) -> None:
    bench, changed = Bench(tmp_path), list[bytes]()

    def behind_the_last(name: str, _key: str) -> None:
        if name == "put_part" and bench.calls("put_part") == 6:
            changed.append(change(bench.file, how))

    bench.store.after = behind_the_last
    assert bench.upload().state is _S.VERIFIED
    # What was written under our hands with the old times is seen when the file is to be given up, and read again.
    assert bench.held == (bench.content if how == "other bytes" else changed[0])
    assert bench.record.sha256 == hashlib.sha256(bench.held).hexdigest()
    assert len(bench.bucket.objects) == 1
    assert not bench.bucket.pending


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


class FailingDisk(io.FileIO):
    """A film on a disk of which nothing can be read behind a place."""

    is_broken = True
    broken_at = 2 * PART_BYTES

    def read(self, size: int | None = -1, /) -> Any:
        if FailingDisk.is_broken and self.tell() >= FailingDisk.broken_at:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


@pytest.mark.parametrize("was_read", [False, True], ids=["while it is hashed", "while it is sent"])
@pytest.mark.parametrize("capabilities", [EVERYTHING, POOR, DUMB])
def test_a_disk_that_fails_in_the_middle_costs_no_part_and_is_no_film_in_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, capabilities: StoreCapabilities, was_read: bool
) -> None:
    bench = Bench(tmp_path, capabilities=capabilities)
    opened = Path.open
    FailingDisk.is_broken = not was_read

    def on_that_disk(self: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        return FailingDisk(self) if self == bench.file else opened(self, mode, *arguments, **options)

    def fail(name: str, _key: str) -> None:
        if name == "create_upload":
            FailingDisk.is_broken = True

    monkeypatch.setattr(Path, "open", on_that_disk)
    bench.store.after = fail
    record = bench.upload()
    assert record.state is _S.FAILED
    assert record.trouble is not None
    assert record.trouble.code == "system"
    assert "cannot be read" in record.trouble.sentence
    assert not bench.bucket.objects
    sent = len(record.receipts)
    assert sent == (2 if was_read else 0)
    FailingDisk.is_broken = False
    bench.store.after = lambda *_: None
    bench.store.calls.clear()
    assert bench.upload().state is _S.VERIFIED
    assert bench.held == bench.content
    assert bench.calls("put_part") == 6 - sent

"""What goes on is written down, so that a service that died can take it up again; without its keys."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.multistream.going_on_file import (
    FILE_NAME,
    MAX_AGE_S,
    needs_our_engine,
)
from powerstream_desktop.service.multistream.resume_record import (
    FoundRecord,
    GoingOn,
    RecordedFile,
    ResumeRecord,
    going_on,
)
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.sessions import SessionSource

BEGAN = "2026-05-04T14:30:00+02:00"
REQUEST = SessionRequest(
    station_id="st1",
    user_id="u1",
    title="Evening",
    description="With guests",
    stream_key=Secret("never-on-any-disk"),
    use_multistream=False,
    profile_id="p1",
    selected_endpoints=("a", "b"),
    is_recorded=False,
    is_uploaded=True,
    source=SessionSource.EXTERNAL,
    is_rehearsal=True,
)
RECORD = replace(
    going_on("se1", REQUEST),
    endpoint_ids=("a", "b"),
    ingest_port=1935,
    key_ref="ingest-1",
    files=(RecordedFile(unfinished=Path("/videos/show.recording.mp4"), began=BEGAN),),
    left_behind=(RecordedFile(unfinished=Path("/videos/before.recording.mp4"), began=BEGAN),),
)


def test_a_record_comes_back_with_all_it_held(tmp_path: Path) -> None:
    ResumeRecord(tmp_path).write(RECORD)
    found = ResumeRecord(tmp_path).read()
    assert found is not None
    assert found.going_on == RECORD
    assert found.going_on.request() == replace(REQUEST, stream_key=None)
    assert found.going_on.files[0].began_at == datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def test_no_key_is_in_it_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    ResumeRecord(tmp_path).write(RECORD)
    assert b"never-on-any-disk" not in (tmp_path / FILE_NAME).read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_it_tells_when_the_broadcast_was_last_seen(tmp_path: Path) -> None:
    record = ResumeRecord(tmp_path)
    record.write(RECORD)
    os.utime(tmp_path / FILE_NAME, (1000, 1000))
    found = record.read()
    assert found is not None
    assert found.seen_s == 1000
    record.seen()
    seen = record.read()
    assert seen is not None
    assert seen.seen_s > 1000


@pytest.mark.parametrize(
    ("after_s", "may_go_on"),
    [(0, True), (MAX_AGE_S, True), (MAX_AGE_S + 1, False), (-30, True), (-3600, False)],
)
def test_only_what_was_going_on_a_moment_ago_may_go_on(after_s: float, may_go_on: bool) -> None:
    assert FoundRecord(going_on=RECORD, seen_s=1000.0).may_go_on(1000.0 + after_s) is may_go_on


def test_what_was_on_its_way_out_does_not_begin_again() -> None:
    ending = replace(RECORD, is_ending=True)
    assert not FoundRecord(going_on=ending, seen_s=1000.0).may_go_on(1000.0)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"session_id": 5}', b"\xff\xfe", b'{"session_id": "a", "version": 99}',
     b'{"session_id": "a", "files": [{"unfinished": "/x", "began": "yesterday"}]}',
     b'{"session_id": "a", "live_since": "yesterday"}', b'{"session_id": "a", "live_since": "0001-01-01T00:00:00+14:00"}'],
)  # fmt: skip
def test_what_makes_no_sense_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert ResumeRecord(tmp_path).read() is None


def test_a_record_that_was_removed_is_gone_and_a_disk_that_refuses_hurts_nobody(tmp_path: Path) -> None:
    record = ResumeRecord(tmp_path)
    record.write(RECORD)
    record.remove()
    record.remove()
    record.seen()
    assert record.read() is None
    ResumeRecord(tmp_path / "nowhere").write(GoingOn(session_id="se1"))
    assert ResumeRecord(tmp_path / "nowhere").read() is None


@pytest.mark.parametrize(("source", "needs"), [(SessionSource.STUDIO, True), (SessionSource.EXTERNAL, False)])
def test_whether_an_engine_will_be_needed_is_known_before_all_of_the_record_is(
    tmp_path: Path, source: SessionSource, needs: bool
) -> None:
    assert not needs_our_engine(tmp_path)
    ResumeRecord(tmp_path).write(GoingOn(session_id="one", source=source))
    assert needs_our_engine(tmp_path) is needs


def test_a_record_that_is_old_or_makes_no_sense_needs_no_engine(tmp_path: Path) -> None:
    ResumeRecord(tmp_path).write(GoingOn(session_id="one"))
    file = tmp_path / FILE_NAME
    os.utime(file, (1000, 1000))
    assert not needs_our_engine(tmp_path)
    for rubbish in (b"", b"\xff", b"[" * 100_000, b'["studio"]', b"{}"):
        file.write_bytes(rubbish)
        assert not needs_our_engine(tmp_path)

"""Chapters in a finished recording: every reader finds them, and no crash while they are written costs anything."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.recording import chapters as chapters_module
from powerstream_desktop.recording.chapters import MAX_CHAPTERS, write_chapters
from powerstream_desktop.recording.safe_file import SafeFile
from tests.integration.recording.clips import X264_B_FRAMES, play
from tests.integration.recording.damage import cut_off, finished
from tests.integration.recording.traced_file import TracedFile, crash_states
from tests.unit.recording.fakes import FakeDisk, Synced, Written, replayed

FIRST = [(0, "Intro"), (1_250, "Größe 😀"), (3_000, "")]
SECOND = [(500, "Better"), (3_100, "End")]


@pytest.fixture
def show(tmp_path: Path) -> Path:
    path = tmp_path / "show.mp4"
    path.write_bytes(finished())
    return path


def chapters_in(path: Path) -> list[tuple[int, str]]:
    with av.open(str(path)) as container:
        return [
            (round(each["start"] * (each["time_base"] or 0) * 1000), each["metadata"].get("title", ""))
            for each in container.chapters()
        ]


def media(content: bytes) -> str:
    """Return a hash of every packet, its time and its order."""
    found = hashlib.sha256()
    for kind, track in sorted(play(content).items()):
        for at_ms, body in zip(track.pts_ms, track.bodies, strict=True):
            found.update(f"{kind} {at_ms} {len(body)} ".encode() + body)
    return found.hexdigest()


@pytest.mark.parametrize("options", [(), X264_B_FRAMES], ids=["plain", "B-frames"])
def test_a_reader_finds_them_and_the_media_is_what_it_was(
    options: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    path = tmp_path / "show.mp4"
    path.write_bytes(finished(options=options))
    write_chapters(path, FIRST)
    assert chapters_in(path) == FIRST
    assert media(path.read_bytes()) == media(finished(options=options))
    with av.open(str(path)) as container:
        assert container.duration is not None
        assert container.streams.video[0].frames == len(play(path)[next(iter(play(path)))].pts_ms)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe")
def test_another_reader_finds_them(show: Path) -> None:
    write_chapters(show, FIRST)
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(show)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=30).stdout)
    assert [round(float(each["start_time"]) * 1000) for each in found["chapters"]] == [0, 1_250, 3_000]
    assert found["chapters"][1]["tags"]["title"] == "Größe 😀"


def test_they_are_ordered_and_as_many_as_there_can_be(show: Path) -> None:
    many = [(at_ms, f"No. {at_ms}") for at_ms in range(0, 3_000, 10)]
    write_chapters(show, reversed(many))
    assert chapters_in(show) == many[:MAX_CHAPTERS]


def test_a_long_title_is_cut_between_two_characters(show: Path) -> None:
    write_chapters(show, [(0, "😀" * 100)])
    assert chapters_in(show) == [(0, "😀" * 63)]


def test_newer_ones_take_their_place_and_none_remove_them(show: Path) -> None:
    write_chapters(show, FIRST)
    write_chapters(show, SECOND)
    assert chapters_in(show) == SECOND
    write_chapters(show, [])
    assert chapters_in(show) == []
    assert media(show.read_bytes()) == media(finished())


def test_changing_them_again_and_again_does_not_make_the_file_grow(show: Path) -> None:
    sizes = []
    for number in range(12):
        write_chapters(show, FIRST if number % 2 else SECOND)
        sizes.append(show.stat().st_size)
        assert chapters_in(show) == (FIRST if number % 2 else SECOND)
    assert len(set(sizes[2:])) == 1
    assert media(show.read_bytes()) == media(finished())


def test_the_file_looks_as_old_as_before(show: Path) -> None:
    os.utime(show, (1_700_000_000, 1_700_000_000))
    write_chapters(show, FIRST)
    assert show.stat().st_mtime == 1_700_000_000


def test_the_same_ones_are_not_written_again(show: Path) -> None:
    write_chapters(show, FIRST)
    content = show.read_bytes()
    write_chapters(show, FIRST)
    assert show.read_bytes() == content


@pytest.mark.parametrize(
    "content", [b"", b"no video", cut_off(), finished()[:-10], b"\0" * 100, finished() + b"12"]
)
def test_what_is_no_finished_file_is_left_alone(content: bytes, show: Path) -> None:
    show.write_bytes(content)
    with pytest.raises(UserError, match=r"show\.mp4 cannot be given chapters"):
        write_chapters(show, FIRST)
    assert show.read_bytes() == content


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemFault):
        write_chapters(tmp_path / "show.mp4", FIRST)


# --- every crash while they are written -----------------------------------------------------------------------------


def traced(
    path: Path, chapters: Sequence[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> list[Written | Synced]:
    """Write chapters, and return what reached the disk."""
    disk = FakeDisk()
    with monkeypatch.context() as patch:
        patch.setattr(
            chapters_module,
            "open_existing",
            lambda each: SafeFile(TracedFile(each, disk), size=each.stat().st_size),
        )
        write_chapters(path, chapters)
    return disk.trace


@pytest.mark.parametrize("rewrites", [0, 1, 2, 3])
def test_after_a_crash_at_any_write_the_file_plays_with_the_old_chapters_or_the_new_ones(
    rewrites: int, show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rewrites: into the room of an index that lies before the valid one, and behind it."""
    whole = media(finished())
    for number in range(rewrites):
        write_chapters(show, SECOND if number % 2 else FIRST)
    content, old = show.read_bytes(), chapters_in(show)
    new = [(2_000, "New")]
    steps = traced(show, new, monkeypatch)
    states = crash_states(steps)
    copy = show.with_name("copy.mp4")
    for state in states:
        copy.write_bytes(replayed([Written(0, content), *state]))
        assert media(copy.read_bytes()) == whole
        assert chapters_in(copy) in (old, new)
    assert chapters_in(show) == new
    assert len(states) > 20

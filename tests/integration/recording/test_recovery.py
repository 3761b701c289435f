"""Damaged recordings: what is whole in them goes into a new file, and they themselves are only read (R14)."""

from __future__ import annotations

import time
from pathlib import Path

import av
import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.recording.chapters import write_chapters
from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.recovery import Recovered, look_into, recover
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import Played, play
from tests.integration.recording.damage import PAGE, SECONDS, cut_off, damaged, finished

FRAGMENT_MS = 600
SEEDS = range(60)
LONGEST_S = 10.0


def left(folder: Path, content: bytes, name: str = "show.recording.mp4") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def recovered(path: Path) -> Recovered:
    content = path.read_bytes()
    found = recover(path)
    assert found is not None
    assert path.read_bytes() == content
    return found


def is_ordinary(path: Path) -> bool:
    """Whether players seek in it by an index: its fragments are hidden."""
    content = path.read_bytes()
    return content[44:52].endswith(b"mdat") and b"moof" in content


def packets_in(path: Path) -> int:
    with av.open(str(path), format="mp4") as container:
        return sum(1 for packet in container.demux() if packet.size)


def lasts(tracks: dict[MediaKind, Played]) -> float:
    return min(max(track.pts_ms) for track in tracks.values())


def decoded_pictures(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_a_recording_that_lacks_only_its_end_becomes_an_ordinary_file_with_every_frame(
    tmp_path: Path,
) -> None:
    path = left(tmp_path, cut_off())
    found = recovered(path)
    assert found.is_new
    assert found.path == tmp_path / "show recovered.mp4"
    assert found.skipped_bytes == 0
    assert is_ordinary(found.path)
    before, after = play(path), play(found.path)
    for kind in before:
        assert after[kind].bodies == before[kind].bodies
        assert after[kind].pts_ms == pytest.approx(before[kind].pts_ms)
    assert found.size_bytes == found.path.stat().st_size
    assert found.duration_s == pytest.approx(SECONDS, abs=FRAGMENT_MS / 1000)


@pytest.mark.parametrize("rewrites", range(4))
def test_a_file_with_which_nothing_is_wrong_is_left_alone(rewrites: int, tmp_path: Path) -> None:
    path = left(tmp_path, finished(), "show.mp4")
    for number in range(rewrites):
        write_chapters(path, [(number, "Chapter")])
    found = recovered(path)
    assert found.path == path
    assert not found.is_new
    assert list(tmp_path.iterdir()) == [path]


def test_the_end_of_a_file_that_was_cut_is_lost_and_nothing_else(tmp_path: Path) -> None:
    whole = finished()
    path = left(tmp_path, whole[: len(whole) * 6 // 10], "show.mp4")
    found = recovered(path)
    assert found.skipped_bytes > 0
    assert lasts(play(found.path)) > SECONDS * 600 - FRAGMENT_MS - 200
    assert decoded_pictures(found.path) == len(play(found.path)[MediaKind.VIDEO].pts_ms)


def test_a_header_that_promises_an_index_which_never_reached_the_disk_is_seen_through(
    tmp_path: Path,
) -> None:
    """Reliability_security.md 1.3: eight bytes at 44 are durable, and the index is not."""
    whole, unfinished = finished(), cut_off()
    end = whole.rfind(b"moov") - 4
    path = left(tmp_path, whole[:end], "show.mp4")
    with pytest.raises(av.FFmpegError):
        play(path)
    found = recovered(path)
    assert play(found.path)[MediaKind.VIDEO].bodies == play(whole)[MediaKind.VIDEO].bodies
    assert len(unfinished) <= end


def test_a_lost_page_in_the_middle_costs_the_fragment_it_hit_and_not_the_rest(tmp_path: Path) -> None:
    content = bytearray(cut_off())
    headers = [place for place in range(len(content)) if content.startswith(b"moof", place)]
    hit = headers[len(headers) // 2] - 4
    content[hit : hit + PAGE] = bytes(PAGE)
    path = left(tmp_path, bytes(content))
    found = recovered(path)
    before, after = play(cut_off()), play(found.path)
    for kind in before:
        assert after[kind].pts_ms[-1] == pytest.approx(before[kind].pts_ms[-1])
        assert 0 < len(before[kind].pts_ms) - len(after[kind].pts_ms) <= 30
    times = dict(zip(before[MediaKind.VIDEO].bodies, before[MediaKind.VIDEO].pts_ms, strict=True))
    for body, at_ms in zip(after[MediaKind.VIDEO].bodies, after[MediaKind.VIDEO].pts_ms, strict=True):
        assert at_ms == pytest.approx(times[body])


@pytest.mark.parametrize("content", [b"", bytes(8192), b"no video at all " * 500, cut_off()[:700]])
def test_where_nothing_plays_nothing_is_made(content: bytes, tmp_path: Path) -> None:
    path = left(tmp_path, content)
    assert recover(path) is None
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file show\.mp4"):
        recover(tmp_path / "show.mp4")
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(SystemFault, match=r"folder\.mp4 cannot be recovered"):
        recover(tmp_path / "folder.mp4")


def test_an_attempt_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    path = left(tmp_path, cut_off())
    (tmp_path / ".show.recovering").mkdir()
    (tmp_path / ".show.recovering" / "recording.mp4").write_bytes(b"begun")
    found = recovered(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["show recovered.mp4", path.name]
    assert play(found.path)


@pytest.mark.parametrize("group", range(6))
def test_no_damage_crashes_or_hangs_the_recovery_or_changes_the_original(group: int, tmp_path: Path) -> None:
    saved = 0
    for seed in SEEDS[group::6]:
        damage = damaged(seed)
        path = left(tmp_path, damage.content, f"{seed}.recording.mp4")
        began_s = time.monotonic()
        found = recover(path)
        assert time.monotonic() - began_s < LONGEST_S, damage.story
        assert path.read_bytes() == damage.content, damage.story
        if found is not None:
            saved += 1
            assert packets_in(found.path), damage.story
    assert saved >= 4


@pytest.mark.parametrize("group", range(3))
def test_what_is_left_behind_damaged_is_still_there_afterwards_byte_for_byte(
    group: int, tmp_path: Path
) -> None:
    for seed in range(100 + group, 130, 3):
        damage = damaged(seed)
        path = left(tmp_path, damage.content, f"{seed}.recording.mp4")
        found = recover_left_behind(path, look_into)
        if found is None:
            assert path.read_bytes() == damage.content, damage.story
            continue
        assert packets_in(found.part.path), damage.story
        kept = (found.original or found.part.path).read_bytes()
        unpatched = kept[:36] + damage.content[36:52] + kept[52 : len(damage.content)]
        assert unpatched == damage.content, damage.story

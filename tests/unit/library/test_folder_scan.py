"""The library anew from nothing but a folder."""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.stored_film import STORE_MARK
from powerstream_desktop.library.folder_scan import (
    VIDEO_SUFFIXES,
    FolderContents,
    FoundVideo,
    absent_files,
    matched,
    scan_folder,
)
from powerstream_desktop.library.sidecar import Sidecar, sidecar_path, write_sidecar
from powerstream_desktop.service.media.found_files import find_files
from tests.unit.library.sidecars import FULL, RECORDED_AT, sidecar

EARLIER = datetime(2026, 11, 1, tzinfo=UTC)
LATER = datetime(2026, 12, 1, tzinfo=UTC)


def video(name: str, *, size: int = 100, modified_at: datetime = LATER) -> FoundVideo:
    return FoundVideo(file=Path("/videos") / name, size_bytes=size, modified_at=modified_at)


def beside(name: str, known: Sidecar) -> dict[Path, Sidecar]:
    return {sidecar_path(Path("/videos") / name): known}


def not_read(video: Path) -> str | None:
    raise AssertionError(f"{video} is read without need")


def made(folder: Path, name: str, size: int = 100) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    return path


def test_a_video_is_found_with_what_lies_beside_it(tmp_path: Path) -> None:
    path = made(tmp_path, "show.mp4")
    write_sidecar(path, FULL)
    contents = scan_folder(tmp_path)
    (replay,) = contents.replays
    assert (replay.file, replay.sidecar, replay.size_bytes) == (path, FULL, 100)
    assert (replay.title, replay.recorded_at) == (FULL.title, FULL.recorded_at)
    assert contents.problems == ()


def test_a_copy_in_a_store_below_the_folder_is_not_the_file_of_its_replay(tmp_path: Path) -> None:
    gone = tmp_path / "show.mp4"
    write_sidecar(gone, FULL)  # stays when the file is given up for space
    made(tmp_path, f"store/vod/{FULL.asset_id}/{'0a' * 8}.mp4", size=FULL.size_bytes)
    (tmp_path / "store" / STORE_MARK).mkdir()
    assert scan_folder(tmp_path).replays == ()


@pytest.mark.parametrize("suffix", sorted(VIDEO_SUFFIXES))
def test_whatever_an_import_may_have_copied_into_the_folder_is_found(suffix: str, tmp_path: Path) -> None:
    kept = made(tmp_path, f"Holiday{suffix}")
    assert find_files([tmp_path]) == (kept,)
    assert [each.file for each in scan_folder(tmp_path).replays] == [kept]


def test_what_is_no_replay_is_left_out(tmp_path: Path) -> None:
    for name in ("on air.recording.mp4", "on air.recording.mkv", "show.recording.mp4.original", "notes.txt"):
        made(tmp_path, name)
    for name in (".bin/thrown away.mp4", ".hidden.mp4", "a/b/c/d/e/too deep.mp4"):
        made(tmp_path, name)
    kept = made(tmp_path, "2026/November/show.MKV")
    assert [each.file for each in scan_folder(tmp_path).replays] == [kept]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    elsewhere = made(tmp_path, "elsewhere/show.mp4")
    folder = tmp_path / "videos"
    folder.mkdir()
    (folder / "linked.mp4").symlink_to(elsewhere)
    (folder / "loop").symlink_to(folder)
    assert scan_folder(folder).replays == ()


def test_a_video_without_anything_beside_it_is_named_and_dated_by_its_own_name(tmp_path: Path) -> None:
    made(tmp_path, "2026-03-04 21-05-06.mp4")
    (replay,) = scan_folder(tmp_path).replays
    assert replay.sidecar is None
    assert replay.title == "2026-03-04 21-05-06"
    assert replay.recorded_at == datetime(2026, 3, 4, 21, 5, 6).astimezone(UTC)


@pytest.mark.parametrize("name", ["Evening show.mp4", "2026-99-99 21-05-06.mp4"])
def test_without_a_date_in_its_name_it_is_as_old_as_its_file(name: str, tmp_path: Path) -> None:
    os.utime(made(tmp_path, name), (EARLIER.timestamp(), EARLIER.timestamp()))
    (replay,) = scan_folder(tmp_path).replays
    assert replay.recorded_at == EARLIER


def test_a_foreign_sidecar_is_told_and_its_video_is_listed_without_it(tmp_path: Path) -> None:
    path = made(tmp_path, "show.mp4")
    sidecar_path(path).write_text("{}")
    contents = scan_folder(tmp_path)
    assert [each.sidecar for each in contents.replays] == [None]
    assert contents.problems == ("show.powerstream.json does not say what PowerStream knows of a replay.",)


def test_a_sidecar_whose_video_is_gone_is_no_replay_and_no_problem(tmp_path: Path) -> None:
    write_sidecar(tmp_path / "show.mp4", FULL)
    assert scan_folder(tmp_path) == FolderContents(replays=(), problems=())


def test_a_folder_that_is_not_there_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="cannot be read"):
        scan_folder(tmp_path / "unplugged")


def test_replays_come_in_the_order_of_time() -> None:
    known = {
        **beside("b.mp4", sidecar("B", recorded_at=LATER)),
        **beside("c.mp4", sidecar("C", recorded_at=EARLIER)),
    }
    found = matched(
        [video("b.mp4"), video("c.mp4"), video("a.mp4", modified_at=RECORDED_AT)], known, not_read
    )
    assert [each.file.name for each in found.replays] == ["c.mp4", "a.mp4", "b.mp4"]


def test_a_video_that_was_renamed_by_hand_is_known_again_by_its_size() -> None:
    found = matched(
        [video("renamed.mp4", size=77)], beside("show.mp4", sidecar("A", size_bytes=77)), not_read
    )
    assert [each.sidecar.asset_id for each in found.replays if each.sidecar] == ["A"]


@pytest.mark.parametrize(("content", "is_the_film"), [(b"the film", True), (b"another!", False)])
def test_a_film_of_the_same_size_as_one_that_was_given_up_is_not_taken_for_it(
    content: bytes, is_the_film: bool, tmp_path: Path
) -> None:
    known = sidecar("A", size_bytes=8, sha256=hashlib.sha256(b"the film").hexdigest())
    write_sidecar(tmp_path / "given up.mp4", known)
    (tmp_path / "show.mp4").write_bytes(content)
    (found,) = scan_folder(tmp_path).replays
    assert found.sidecar == (known if is_the_film else None)


@pytest.mark.parametrize(
    ("videos", "known"),
    [
        ([video("x.mp4", size=77), video("y.mp4", size=77)], beside("a.mp4", sidecar("A", size_bytes=77))),
        (
            [video("x.mp4", size=77)],
            {
                **beside("a.mp4", sidecar("A", size_bytes=77)),
                **beside("b.mp4", sidecar("B", size_bytes=77)),
            },
        ),
        ([video("x.mp4", size=0)], beside("a.mp4", sidecar("A", size_bytes=0))),
    ],
    ids=["two videos", "two sidecars", "empty"],
)
def test_where_the_size_leaves_a_doubt_nothing_is_claimed(
    videos: list[FoundVideo], known: dict[Path, Sidecar]
) -> None:
    found = matched(videos, known, not_read)
    assert [each.sidecar for each in found.replays] == [None] * len(videos)


def test_of_a_replay_and_its_copy_the_one_of_the_right_size_is_the_replay() -> None:
    known = {
        **beside("copy.mp4", sidecar("A", size_bytes=100)),
        **beside("show.mp4", sidecar("A", size_bytes=100)),
    }
    found = matched(
        [video("copy.mp4", size=50, modified_at=EARLIER), video("show.mp4", size=100)], known, not_read
    )
    assert {each.file.name: each.sidecar is not None for each in found.replays} == {
        "copy.mp4": False,
        "show.mp4": True,
    }
    assert found.problems == (
        "copy.mp4 says it is the same replay as show.mp4; it is listed as one of its own.",
    )


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    here, gone = made(tmp_path, "here.mp4"), tmp_path / "gone.mp4"
    unplugged = tmp_path / "unplugged" / "show.mp4"
    files = {"A": here, "B": gone, "C": unplugged}
    assert absent_files(files) == {"B", "C"}
    made(unplugged.parent, "show.mp4")
    assert absent_files(files) == {"B"}


def test_a_thousand_files_cost_one_look_at_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {str(number): made(tmp_path, f"{number}.mp4", size=0) for number in range(1_000)}
    looks: list[Path] = []
    really = os.scandir

    def counted(folder: Path) -> object:
        looks.append(folder)
        return really(folder)

    monkeypatch.setattr(os, "scandir", counted)
    assert absent_files(files) == frozenset()
    assert looks == [tmp_path]

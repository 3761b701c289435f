"""What becomes of camera processes that misbehave, seen from the program; the processes are fakes without OpenCV."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.sources.camera_life import CameraState
from powerstream_desktop.engine.sources.port import SceneSource
from tests.integration.camera import fake_camera
from tests.integration.camera.watching import Watched, watched

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="the fakes are started with POSIX pipes"),
]


@contextmanager
def camera_that(behaves: str, folder: Path, *, fps: int = 30) -> Iterator[Watched]:
    command = (sys.executable, fake_camera.__file__, str(folder), behaves)
    with watched("any", folder / "rings", command=command, fps=fps) as camera:
        yield camera


def state_of(camera: Watched) -> CameraState:
    return camera.source.snapshot.state


def test_a_camera_that_works_shows_its_pictures_and_is_gone_after_closing(tmp_path: Path) -> None:
    with camera_that("works", tmp_path) as camera:
        source: SceneSource = camera.source
        source.open()
        source.start(0.0)
        camera.wait_for_new_pictures(5, 5.0)
        assert (source.capabilities.width, source.capabilities.height) == (64, 36)
        assert (state_of(camera), camera.source.pid is None) == (CameraState.LIVE, False)
    assert (state_of(camera), camera.source.pid is None) == (CameraState.STOPPED, True)
    assert (camera.losses, camera.frosts) == ([], [])


def test_asking_twice_between_two_pictures_gives_the_same_one(tmp_path: Path) -> None:
    with camera_that("falls silent", tmp_path) as camera:
        camera.source.open()
        camera.wait_for_new_pictures(1, 5.0)
        camera.wait_for(
            lambda: planes_of(camera.picture().frame)[0][0, 0] == fake_camera.PICTURES, "the last one", 5.0
        )
        first, second = camera.picture(), camera.picture()
    assert first is second


def test_a_process_that_falls_silent_is_replaced_within_five_seconds(tmp_path: Path) -> None:
    with camera_that("falls silent", tmp_path) as camera:
        camera.source.open()
        camera.wait_for(lambda: camera.losses, "the loss", 5.0)
        camera.wait_for(lambda: len(camera.losses) == 2, "the return", 3.0)
        camera.wait_for_new_pictures(5, 3.0)
        assert not camera.shows_placeholder()
    sentence = "The camera stopped answering. Unplug it and plug it in again if it does not come back."
    assert camera.losses == [sentence, None]
    assert camera.frosts == ["The camera Desk seems frozen.", None]
    assert camera.slowest_s < 0.5


def test_a_process_that_lives_without_pictures_is_replaced(tmp_path: Path) -> None:
    with camera_that("frameless", tmp_path) as camera:
        camera.source.open()
        camera.wait_for(lambda: camera.frosts, "the notice", 4.0)
        assert camera.losses == []
        camera.wait_for(lambda: len(camera.losses) == 2, "the return", 6.0)
    assert camera.frosts == ["The camera Desk seems frozen.", None]


def test_a_camera_whose_pictures_never_change_is_told_of_and_kept(tmp_path: Path) -> None:
    with camera_that("is frozen", tmp_path) as camera:
        camera.source.open()
        camera.wait_for(lambda: len(camera.frosts) == 2, "the end of the frost", 8.0)
        assert camera.source.snapshot.processes == 1
    assert (camera.frosts, camera.losses) == (["The camera Desk seems frozen.", None], [])


def test_a_process_that_crashes_at_once_is_told_of_and_tried_again(tmp_path: Path) -> None:
    with camera_that("crashes", tmp_path) as camera:
        with pytest.raises(SystemFault, match="ended unexpectedly"):
            camera.source.open()
        camera.wait_for(lambda: camera.losses, "the return", 4.0)
        camera.wait_for_new_pictures(3, 3.0)
    assert camera.losses == [None]


def test_a_camera_that_is_plugged_in_later_comes_by_itself(tmp_path: Path) -> None:
    with camera_that("unplugged at first", tmp_path) as camera:
        with pytest.raises(SystemFault, match=r"The camera is not connected\. Plug it in\."):
            camera.source.open()
        assert camera.shows_placeholder()
        assert camera.size() == (1280, 720)
        camera.wait_for(lambda: camera.losses == [None], "the return", 4.0)
        camera.wait_for_new_pictures(2, 3.0)
        assert camera.source.snapshot.processes == 1


def test_what_is_no_report_is_passed_over(tmp_path: Path) -> None:
    with camera_that("talks nonsense", tmp_path) as camera:
        camera.source.open()
        camera.wait_for_new_pictures(3, 3.0)
        assert camera.source.snapshot.processes == 1


def test_a_program_that_cannot_be_started_is_a_loss_and_no_crash(tmp_path: Path) -> None:
    with watched("any", tmp_path / "rings", command=(str(tmp_path / "no-such-program"),)) as camera:
        with pytest.raises(SystemFault, match="ended unexpectedly"):
            camera.source.open()
        assert camera.shows_placeholder()


def test_a_source_that_was_never_opened_can_be_closed(tmp_path: Path) -> None:
    with watched("any", tmp_path / "rings") as camera:
        camera.source.close()
        assert camera.source.snapshot.processes == 0
        assert camera.losses == []


def test_a_camera_of_the_programs_rate_tells_until_when_its_next_picture_should_be_there(
    tmp_path: Path,
) -> None:
    with camera_that("falls silent", tmp_path) as camera:
        camera.source.open()
        epoch_s = monotonic()
        camera.source.start(epoch_s)
        camera.wait_for(lambda: camera.picture().due_s is not None, "a picture after the first figures", 5.0)
        newest = camera.picture()
        asked_s = monotonic() - epoch_s
        assert newest.due_s is not None
        assert newest.due_s <= asked_s + 2 / 30
        assert newest.is_late_at(asked_s + 0.1)
        assert not newest.is_late_at(newest.due_s)


def test_a_camera_slower_than_the_program_is_never_late(tmp_path: Path) -> None:
    with camera_that("works", tmp_path, fps=60) as camera:
        camera.source.open()
        camera.source.start(monotonic())
        camera.wait_for_new_pictures(5, 5.0)
        assert camera.source.snapshot.beat is not None
        assert camera.picture().due_s is None

"""The real camera process with OpenCV: on files, and on cameras in the network that are played by the tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import PeerError, UserError
from powerstream_desktop.engine.compositor.converter import Converter
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.sources.camera_process import camera_command
from tests.e2e.support.heaps import further_heaps
from tests.integration.camera.clips import bgr_of, flat_clip, lossless_clip
from tests.integration.camera.network_camera import NetworkCamera
from tests.integration.camera.numbered_jpegs import NUMBERS, number_in
from tests.integration.camera.rtsp_camera import RTSPCamera
from tests.integration.camera.watching import watched

pytestmark = pytest.mark.e2e

BT601 = {"kr": 0.299, "kb": 0.114}
BT709 = {"kr": 0.2126, "kb": 0.0722}
REDDISH = (120, 110, 170)


def test_a_file_plays_in_a_loop_at_its_own_rate_with_all_its_pictures(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    pictures = [generator.integers(0, 256, (90, 158, 3), np.uint8) for _ in range(12)]
    clip = lossless_clip(tmp_path / "clip.mkv", pictures, fps=24)
    lumas = [16 + 219 / 255 * (picture @ (0.0722, 0.7152, 0.2126)) for picture in pictures]
    seen: list[int] = []
    with watched(str(clip), tmp_path / "rings") as camera:
        camera.source.open()

        def note() -> bool:
            luma = planes_of(camera.picture().frame)[0]
            [number] = [number for number, wanted in enumerate(lumas) if np.abs(luma - wanted).max() <= 1]
            if not seen or seen[-1] != number:
                seen.append(number)
            return len(seen) >= 30

        took_s = camera.wait_for(note, "thirty pictures", 10.0)
        assert camera.source.label == "camera Desk"
    assert set(seen) == set(range(12))
    assert 1.0 < took_s < 4.0
    assert camera.losses == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process's mappings")
def test_a_camera_that_is_opened_again_and_again_keeps_one_heap(tmp_path: Path) -> None:
    """Else each decoder's threads leave a heap of their own behind, some MiB larger each hour."""
    clip = flat_clip(tmp_path / "clip.mp4", "libx264", "yuv420p", Colorspace.ITU709, REDDISH)
    with watched(str(clip), tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(40, 10.0)
        assert camera.source.pid is not None
        assert further_heaps(camera.source.pid) == 0


@pytest.mark.parametrize(
    ("codec", "pixel_format", "matrix", "coefficients", "suffix"),
    [
        ("libx264", "yuv420p", Colorspace.ITU709, BT709, "mp4"),
        ("libx264", "yuv420p", Colorspace.ITU601, BT601, "mp4"),
        ("mjpeg", "yuvj420p", None, BT601, "avi"),
    ],
    ids=["bt709", "bt601", "jpeg"],
)
def test_colours_arrive_as_the_camera_meant_them(
    tmp_path: Path,
    codec: str,
    pixel_format: str,
    matrix: Colorspace | None,
    coefficients: dict[str, float],
    suffix: str,
) -> None:
    clip = flat_clip(tmp_path / f"clip.{suffix}", codec, pixel_format, matrix, REDDISH)
    is_full = pixel_format == "yuvj420p"
    expected = bgr_of(REDDISH, **coefficients, full_range=is_full)
    with watched(str(clip), tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(1, 5.0)
        frame = camera.picture().frame
    blue, green, red = expected
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    program = (
        16 + luma * 219 / 255, 128 + (blue - luma) / 1.8556 * 224 / 255, 128 + (red - luma) / 1.5748 * 224 / 255,
    )  # fmt: skip
    assert Converter().opaque(frame, 320, 180) is frame, "it is in the program's own colours"
    for shown in (frame, Converter().opaque(frame, 160, 90)):
        for plane, level in zip(planes_of(shown), program, strict=True):
            assert abs(int(plane[20, 20]) - level) < 3


def test_a_network_camera_that_stalls_is_told_of_then_lost_then_back(tmp_path: Path) -> None:
    with NetworkCamera((640, 360)) as network, watched(network.url, tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(10, 5.0)
        network.stall()
        frozen_after_s = camera.wait_for(lambda: camera.frosts, "the notice", 4.0)
        assert not camera.shows_placeholder()
        camera.wait_for(lambda: camera.losses, "the loss", 4.0)
        camera.wait_for(camera.shows_placeholder, "the placeholder", 1.5)
        assert camera.size() == (640, 360)
        network.go_on()
        back_after_s = camera.wait_for(lambda: camera.losses[-1] is None, "the return", 8.0)
        camera.wait_for_new_pictures(5, 2.0)
        assert not camera.shows_placeholder()
        assert camera.source.snapshot.processes == 1
    assert 1.8 < frozen_after_s < 3.0
    assert back_after_s < 3.0
    sentence = (
        f"The camera at http://127.0.0.1:{network.port} stopped sending. Check that it is on and connected."
    )
    assert camera.losses == [sentence, None]
    assert camera.frosts == ["The camera Desk seems frozen.", None]


def test_a_network_camera_that_dies_is_held_a_second_and_replaced_until_it_is_back(tmp_path: Path) -> None:
    with NetworkCamera((640, 360)) as network, watched(network.url, tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(10, 5.0)
        network.die()
        camera.wait_for(lambda: camera.losses, "the loss", 1.0)
        assert not camera.shows_placeholder()
        held_s = camera.wait_for(camera.shows_placeholder, "the placeholder", 2.0)
        serial = camera.picture().serial
        network.come()
        back_after_s = camera.wait_for(lambda: not camera.shows_placeholder(), "the return", 5.0)
        assert camera.picture().serial > serial
    assert 0.3 < held_s < 1.2
    assert back_after_s < 3.5


def test_pictures_may_change_their_size(tmp_path: Path) -> None:
    """F33. OpenCV scales what comes to the size it began with; opened again, the camera has its new one."""
    with NetworkCamera((640, 360)) as network, watched(network.url, tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(5, 5.0)
        network.resize(1280, 720)
        camera.wait_for_new_pictures(30, 5.0)
        assert (camera.size(), camera.losses) == ((640, 360), [])
        network.die()
        network.come()
        camera.wait_for(lambda: camera.size() == (1280, 720), "the new size", 5.0)
        assert 0 <= number_in(camera.picture().frame) < NUMBERS
        assert camera.source.capabilities.width == 1280


def test_a_killed_camera_process_is_back_within_three_seconds_while_pictures_go_on(tmp_path: Path) -> None:
    with NetworkCamera((640, 360)) as network, watched(network.url, tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(10, 5.0)
        first = camera.source.pid
        assert first is not None
        os.kill(first, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        camera.wait_for(lambda: camera.losses, "the loss", 1.0)
        back_after_s = camera.wait_for(lambda: camera.losses[-1] is None, "the return", 5.0)
        camera.wait_for_new_pictures(10, 2.0)
        assert camera.source.pid not in (first, None)
    assert back_after_s < 3.0
    assert camera.slowest_s < 0.25
    assert camera.losses == ["The camera's process ended unexpectedly. It is started again.", None]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
def test_a_process_that_hangs_is_killed_and_replaced(tmp_path: Path) -> None:
    with NetworkCamera((640, 360)) as network, watched(network.url, tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(5, 5.0)
        pid = camera.source.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        lost_after_s = camera.wait_for(lambda: camera.losses, "the loss", 5.0)
        camera.wait_for(lambda: camera.losses[-1] is None, "the return", 4.0)
    assert 2.4 < lost_after_s < 4.0


def test_a_camera_that_speaks_rtsp_works(tmp_path: Path) -> None:
    with RTSPCamera((320, 180)) as network, watched(network.url, tmp_path / "rings") as camera:
        camera.source.open()
        camera.wait_for_new_pictures(20, 5.0)
        assert camera.size() == (320, 180)
        assert camera.source.label == f"camera Desk ({network.url.removesuffix('/stream')})"


def test_a_login_travels_over_the_pipe_alone_and_is_in_no_log(
    tmp_path: Path, powerstream_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        NetworkCamera((320, 180), login="viewer:pass-word-77") as network,
        watched(network.url, tmp_path / "rings") as camera,
    ):
        camera.source.open()
        camera.wait_for_new_pictures(3, 5.0)
        pid = camera.source.pid
        if sys.platform == "linux":
            of_process = Path(f"/proc/{pid}")
            shown = (of_process / "cmdline").read_bytes() + (of_process / "environ").read_bytes()
            assert b"powerstream_desktop" in shown
            assert b"pass-word-77" not in shown
        network.die()
        camera.wait_for(lambda: camera.losses, "the loss", 3.0)
    logs = [path.read_text("utf-8") for path in (powerstream_home / "logs").iterdir()]
    assert any("stopped sending" in text for text in logs)
    assert not any("pass-word-77" in text for text in [*logs, caplog.text, *map(str, camera.losses)])


def test_a_wrong_login_is_an_error_with_a_sentence_and_opencv_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with NetworkCamera((320, 180), login="viewer:pass-word-77") as network:
        url = network.url.replace("pass-word-77", "pass-word-78")
        with watched(url, tmp_path / "rings") as camera, pytest.raises(PeerError, match="does not answer"):
            camera.source.open()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("content", [None, b"no film at all"], ids=["missing", "damaged"])
def test_a_file_that_cannot_be_played_is_an_error_with_a_sentence(
    tmp_path: Path, content: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    clip = tmp_path / "clip.mp4"
    if content is not None:
        clip.write_bytes(content)
    with watched(str(clip), tmp_path / "rings") as camera, pytest.raises(UserError, match=r"clip\.mp4"):
        camera.source.open()
    assert capfd.readouterr().err == ""


def test_a_playlist_cannot_lead_the_camera_elsewhere(tmp_path: Path) -> None:
    with NetworkCamera((320, 180)) as network:
        playlist = tmp_path / "clip.m3u8"
        playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{network.url}\n", "utf-8")
        with watched(str(playlist), tmp_path / "rings") as camera, pytest.raises(UserError):
            camera.source.open()
        assert network.sent_s == {}


def test_the_process_ends_when_its_engine_is_gone(tmp_path: Path) -> None:
    with subprocess.Popen(camera_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b'{"type":"ready"}\n'
        began_s = monotonic()
        process.stdin.close()
        assert process.wait(5.0) == 0
        assert monotonic() - began_s < 2.0


def test_opencv_leaves_no_trace_in_the_environment() -> None:
    """style_ecosystem.md 0.4; in a process of its own, for this one has PyAV."""
    code = (
        "import os; before = dict(os.environ); from powerstream_desktop.camera.opencv import cv2, opening_options\n"
        "assert dict(os.environ) == before, set(os.environ) ^ set(before)\n"
        "with opening_options({'A_B': '1'}): assert os.environ['A_B'] == '1'\n"
        "assert dict(os.environ) == before and cv2.getNumThreads() == 1"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=30)


def test_this_test_process_never_loads_opencv() -> None:
    """On macOS OpenCV and PyAV in one process crash (style_ecosystem.md 0.3)."""
    assert av.__name__ in sys.modules
    assert "cv2" not in sys.modules

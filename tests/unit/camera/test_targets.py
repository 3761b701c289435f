from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.camera.refusals import loss, refusal
from powerstream_desktop.camera.targets import Target, device_target, opencv_number, target_of
from powerstream_desktop.common.camera_address import CameraAddress
from powerstream_desktop.common.camera_protocol import OpenCamera
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.linux_cameras import LinuxCamera

WINDOWS = (r"\\?\usb#vid_b#1", r"\\?\usb#vid_a#2")
MACOS = ("0x8020000005ac8514", "0x1410000046d0825")
WEBCAM = LinuxCamera(node="/dev/video4", number=4, model="usb:046d:0892:X:1.0:0", socket="1-2", name="C920")


def wish(**changes: object) -> OpenCamera:
    values: dict[str, object] = {"address": "", "ring_folder": "/run", "ring_name": "camera-1"}
    return OpenCamera(**{**values, **changes})  # type: ignore[arg-type]


def device(text: str, asked: OpenCamera, platform: str) -> Target:
    return device_target(CameraAddress.parse(text), asked, platform, [WEBCAM])


@pytest.mark.parametrize(
    ("device_id", "known", "platform", "number"),
    [
        (WINDOWS[0], WINDOWS, "win32", 0),
        (WINDOWS[1], WINDOWS, "win32", 1),
        (MACOS[0], MACOS, "darwin", 1),
        (MACOS[1], MACOS, "darwin", 0),
        ("1", MACOS, "darwin", 1),
        ("2", MACOS, "darwin", None),
        ("unplugged", WINDOWS, "win32", None),
        (WINDOWS[0], (), "win32", None),
    ],
)
def test_a_device_has_the_number_that_opencv_counts_it_by(
    device_id: str, known: tuple[str, ...], platform: str, number: int | None
) -> None:
    assert opencv_number(device_id, known, platform) == number


def test_a_linux_camera_is_opened_by_its_node_and_asked_for_jpeg_before_the_size() -> None:
    target = device(WEBCAM.id, wish(width=1280, height=720, fps=30), "linux")
    assert (target.source, target.backend) == ("/dev/video4", "CAP_V4L2")
    assert target.properties == (
        ("CAP_PROP_FOURCC", 0x47504A4D),
        ("CAP_PROP_FRAME_WIDTH", 1280),
        ("CAP_PROP_FRAME_HEIGHT", 720),
        ("CAP_PROP_FPS", 30),
    )
    assert target.options == {"OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "2"}


@pytest.mark.parametrize(("platform", "backend"), [("win32", "CAP_MSMF"), ("darwin", "CAP_AVFOUNDATION")])
def test_elsewhere_a_camera_is_opened_by_its_number(platform: str, backend: str) -> None:
    target = device("id-a", wish(known_devices=("id-a",), fps=60), platform)
    assert target == Target(0, backend, (("CAP_PROP_FPS", 60),), {})


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_device_that_is_not_there_is_said_to_be_unplugged(platform: str) -> None:
    with pytest.raises(SystemFault, match="is not connected"):
        device("usb:dead:beef::1.0:0@1-1", wish(), platform)


def test_a_device_is_looked_up_in_the_systems_own_list(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="is not connected"):
        target_of(CameraAddress.parse("0"), wish(), platform="linux", root=tmp_path)


def test_a_file_may_lead_nowhere_but_to_files(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    with pytest.raises(UserError, match=r"There is no file 'clip\.mp4'"):
        target_of(CameraAddress.parse(str(clip)), wish())
    clip.write_bytes(b"")
    target = target_of(CameraAddress.parse(str(clip)), wish())
    assert (target.source, target.backend) == (str(clip), "CAP_FFMPEG")
    assert target.options == {"OPENCV_FFMPEG_CAPTURE_OPTIONS": "protocol_whitelist;file"}


@pytest.mark.parametrize("scheme", ["http", "https", "rtsp", "rtsps", "RTSP"])
def test_a_network_camera_may_not_lead_to_files_and_has_to_answer_in_time(scheme: str) -> None:
    target = target_of(CameraAddress.parse(f"{scheme}://camera/x"), wish())
    options = target.options["OPENCV_FFMPEG_CAPTURE_OPTIONS"]
    allowed = options.split("|")[0].removeprefix("protocol_whitelist;").split(",")
    assert scheme.lower() in allowed
    assert "file" not in allowed
    assert ("rtsp_transport;tcp" in options) is scheme.lower().startswith("rtsp")
    assert ("CAP_PROP_READ_TIMEOUT_MSEC", 2500) in target.properties


@pytest.mark.parametrize(
    "text", ["usb:1:2::1.0:0@1-1", "/clips/a.mp4", "http://u:hunter22@camera/x?pwd=hunter22"]
)
def test_every_failure_is_a_sentence_without_secrets(text: str) -> None:
    address = CameraAddress.parse(text)
    for error in (refusal(address, detail="d"), loss(address, detail="d")):
        assert error.title.endswith(".")
        assert "hunter22" not in str(error)
        assert error.detail == "d"

from __future__ import annotations

import sys

import pytest

from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.redaction import REDACTOR


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("http://192.168.1.20:8080/video?user=u&pwd=abcdefgh1", "http://192.168.1.20:8080"),
        ("rtsp://admin:hunter22%21x@camera.local/stream1", "rtsp://camera.local"),
        ("RTSP://camera/h264", "rtsp://camera"),
        ("https://[::1]:443/mjpeg", "https://[::1]:443"),
    ],
)
def test_of_a_network_camera_people_see_scheme_and_host_alone(text: str, display: str) -> None:
    address = CameraAddress.parse(text)
    assert (address.kind, address.display, address.text) == (AddressKind.NETWORK, display, text)
    assert text not in repr(address)


def test_a_cameras_password_is_struck_out_of_every_log() -> None:
    CameraAddress.parse("rtsp://admin:s3cr%3Det-cam-1@camera.local/stream1")
    CameraAddress.parse("http://camera.local/video?pwd=another-cam-2")
    line = "401 for s3cr=et-cam-1 or s3cr%3Det-cam-1 at http://camera.local/video?pwd=another-cam-2"
    assert REDACTOR.redact(line).count("***") >= 3
    assert "cam-1" not in REDACTOR.redact(line)
    assert "cam-2" not in REDACTOR.redact(line)


def test_the_name_of_a_device_is_no_secret() -> None:
    address = CameraAddress.parse("usb:046d:0825:ABC:1.0:0@1-2")
    assert (address.kind, address.display) == (AddressKind.DEVICE, "usb:046d:0825:ABC:1.0:0@1-2")
    assert "046d" in REDACTOR.redact("opening usb:046d:0825:ABC:1.0:0@1-2")


@pytest.mark.skipif(sys.platform == "win32", reason="full paths look otherwise there")
def test_a_full_path_is_a_file_and_shown_by_its_name() -> None:
    address = CameraAddress.parse("/home/somebody/Videos/clip.mp4")
    assert (address.kind, address.display) == (AddressKind.FILE, "clip.mp4")


@pytest.mark.parametrize("text", ["0", r"\\?\usb#vid_046d&pid_0825#{e5323777}\global", "0x8020000005ac8514"])
def test_what_the_systems_call_their_devices_is_a_device(text: str) -> None:
    assert CameraAddress.parse(text).kind is AddressKind.DEVICE


def test_what_is_shown_is_short_and_in_one_line() -> None:
    shown = CameraAddress.parse("a\x1b[2J\nb" + 500 * "x").display
    assert shown.isprintable()
    assert len(shown) == 60


@pytest.mark.parametrize(
    "text", ["", "   ", "a\0b", "ftp://camera/x", "rtsp://", "http://:80/x", "http://[::1/x"]
)
def test_what_cannot_be_a_camera_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as refused:
        CameraAddress.parse(text)
    assert refused.value.hint

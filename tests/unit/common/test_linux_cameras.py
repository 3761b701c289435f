"""A fake tree in the shape of the kernel's, because no camera can exist where the tests run."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.linux_cameras import (
    LinuxCamera,
    captures_video,
    find_linux_camera,
    gives_pictures,
    list_linux_cameras,
    read_cameras,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tree is made of symbolic links")


class Computer:
    """A file system with ``/sys`` and ``/dev``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def plug_in(
        self, number: int, name: str, socket: str, *, usb: tuple[str, str, str] | None, index: int = 0
    ) -> None:
        """Add a node; ``usb`` is maker, product and serial number."""
        device = self.root / "sys/devices/pci0/usb1" / socket.partition(":")[0]
        interface = device / socket if usb else self.root / "sys/devices/virtual"
        node = interface / "video4linux" / f"video{number}"
        node.mkdir(parents=True)
        (node / "name").write_text(f"{name}\n", "utf-8")
        (node / "index").write_text(f"{index}\n", "utf-8")
        (node / "device").symlink_to(interface)
        if usb:
            for file, value in zip(("idVendor", "idProduct", "serial"), usb, strict=True):
                if value:
                    (device / file).write_text(f"{value}\n", "utf-8")
        classes = self.root / "sys/class/video4linux"
        classes.mkdir(parents=True, exist_ok=True)
        (classes / f"video{number}").symlink_to(node)
        (self.root / "dev").mkdir(exist_ok=True)
        (self.root / f"dev/video{number}").write_bytes(b"")

    def unplug(self, number: int) -> None:
        (self.root / f"sys/class/video4linux/video{number}").unlink()

    def cameras(self) -> list[LinuxCamera]:
        return read_cameras(self.root, takes_pictures=lambda _node: True)

    def find(self, device_id: str) -> str | None:
        found = find_linux_camera(device_id, self.cameras())
        return found.name if found is not None else None


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


C920 = ("046d", "0892", "5F2A11")
NO_SERIAL = ("0c45", "6366", "")


def test_a_computer_without_cameras_has_an_empty_list(computer: Computer) -> None:
    assert list_linux_cameras(computer.root) == ()


def test_cameras_are_listed_in_the_order_of_their_nodes(computer: Computer) -> None:
    computer.plug_in(10, "HD Pro Webcam C920", "1-2:1.0", usb=C920)
    computer.plug_in(2, "Dummy video device", "", usb=None)
    assert [(device.id, device.name) for device in list_linux_cameras(computer.root)] == [
        ("v4l2:Dummy_video_device:0", "Dummy video device"),
        ("usb:046d:0892:5F2A11:1.0:0@1-2", "HD Pro Webcam C920"),
    ]


def test_nodes_that_give_no_pictures_are_left_out(computer: Computer) -> None:
    computer.plug_in(0, "Webcam", "1-2:1.0", usb=C920)
    computer.plug_in(1, "Webcam", "1-2:1.0", usb=C920, index=1)
    cameras = read_cameras(computer.root, takes_pictures=lambda node: node.name == "video0")
    assert [camera.node for camera in cameras] == [str(computer.root / "dev/video0")]


def test_a_camera_keeps_its_id_when_it_gets_another_number(computer: Computer) -> None:
    """obs#4972."""
    computer.plug_in(0, "Webcam", "1-2:1.0", usb=C920)
    (before,) = computer.cameras()
    computer.unplug(0)
    assert computer.find(before.id) is None
    computer.plug_in(1, "Another", "1-3:1.0", usb=NO_SERIAL)
    (computer.root / "sys/class/video4linux/video4").symlink_to(
        computer.root / "sys/devices/pci0/usb1/1-2/1-2:1.0/video4linux/video0"
    )
    found = find_linux_camera(before.id, computer.cameras())
    assert found is not None
    assert (found.id, found.number) == (before.id, 4)


def test_a_camera_in_another_socket_is_found_if_no_other_can_be_meant(computer: Computer) -> None:
    computer.plug_in(0, "Left", "1-3:1.0", usb=NO_SERIAL)
    assert computer.find("usb:0c45:6366::1.0:0@1-9") == "Left"
    computer.plug_in(1, "Right", "1-4:1.0", usb=NO_SERIAL)
    assert computer.find("usb:0c45:6366::1.0:0@1-9") is None
    assert computer.find("usb:0c45:6366::1.0:0@1-4") == "Right"


def test_two_cameras_of_one_model_are_told_apart_by_their_sockets(computer: Computer) -> None:
    computer.plug_in(0, "USB Camera", "1-3:1.0", usb=NO_SERIAL)
    computer.plug_in(1, "USB Camera", "1-4:1.0", usb=NO_SERIAL)
    devices = list_linux_cameras(computer.root)
    assert [device.name for device in devices] == ["USB Camera (1-3)", "USB Camera (1-4)"]
    assert len({device.id for device in devices}) == 2


def test_a_bare_number_is_that_of_the_node(computer: Computer) -> None:
    computer.plug_in(3, "Webcam", "1-2:1.0", usb=C920)
    assert (computer.find("3"), computer.find("0")) == ("Webcam", None)


def test_a_name_with_control_characters_stays_in_one_line(computer: Computer) -> None:
    computer.plug_in(0, "Web\x1b[2Jcam", "1-2:1.0", usb=("046d", "0892", "a b:@c"))
    (device,) = list_linux_cameras(computer.root)
    assert device.name.isprintable()
    assert device.id == "usb:046d:0892:a_b_c:1.0:0@1-2"


@pytest.mark.parametrize(
    ("of_all", "of_node", "expected"),
    [
        (0x84A0_0001, 0x0420_0001, True),  # the pictures of a webcam
        (0x84A0_0001, 0x04A0_0000, False),  # its metadata
        (0x0000_0001, 0, True),  # an old driver that tells of the whole device only
        (0x8520_8002, 0x0520_8002, False),  # a device that shows pictures
        (0x8420_1000, 0x0420_1000, True),  # pictures in several planes
    ],
)
def test_the_drivers_own_word_decides_what_is_a_camera(of_all: int, of_node: int, expected: bool) -> None:
    answer = struct.pack("=16s32s32sIII12s", b"uvcvideo", b"Webcam", b"usb-1", 0x60800, of_all, of_node, b"")
    assert len(answer) == 104
    assert gives_pictures(answer) is expected


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel")
def test_a_node_that_does_not_answer_is_taken_at_its_word(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"")
    assert captures_video(tmp_path / "video0")
    assert captures_video(tmp_path / "not-there")

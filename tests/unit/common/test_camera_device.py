from __future__ import annotations

from powerstream_desktop.common.camera_device import CameraDevice, with_distinct_names

BUILT_IN = CameraDevice(id="v4l2:Integrated:0", name="Integrated")
C920 = CameraDevice(id="usb:046d:0892:A:1.0:0@1-2", name="C920")
OTHER_C920 = CameraDevice(id="usb:046d:0892:B:1.0:0@1-3", name="C920")


def test_cameras_of_the_same_name_are_told_apart_and_others_keep_theirs() -> None:
    named = with_distinct_names(((BUILT_IN, "video0"), (C920, "1-2"), (OTHER_C920, "1-3")))
    assert [device.name for device in named] == ["Integrated", "C920 (1-2)", "C920 (1-3)"]
    assert [device.id for device in named] == [BUILT_IN.id, C920.id, OTHER_C920.id]

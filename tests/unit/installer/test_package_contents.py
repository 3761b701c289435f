"""What goes into the package and what does not."""

from __future__ import annotations

import pytest

from installer.package.contents import is_left_to_the_system, is_wanted, wanted_entries

SITE = "/venv/lib/python3.11/site-packages"


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/plugins/wayland-decoration-client/libbradient.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/QtCore.abi3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "botocore/data/s3/2006-03-01/service-2.json.gz",
        "botocore/data/endpoints.json",
        "boto3/data/s3/2006-03-01/resources-1.json",
        "cv2/cv2.abi3.so",
        "opencv_python_headless.libs/libavcodec-1a2b3c4d.so.59",
        "powerstream_desktop/resources/platforms.toml",
    ],
)
def test_what_the_program_uses_is_wanted(destination: str) -> None:
    assert is_wanted(destination, f"{SITE}/{destination}")


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/lib/libQt6EglFSDeviceIntegration.so.6",
        "PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6",
        "PySide6/Qt6VirtualKeyboard.dll",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "botocore/data/ec2/2016-11-15/service-2.json.gz",
        "boto3/data/ec2/2016-11-15/resources-1.json",
    ],
)
def test_what_nobody_uses_stays_away(destination: str) -> None:
    assert not is_wanted(destination, f"{SITE}/{destination}")


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", True),
        ("libglib-2.0.so.0", "/lib/x86_64-linux-gnu/libglib-2.0.so.0", True),
        ("libssl.so.3", "/lib/x86_64-linux-gnu/libssl.so.3", False),
        ("libpython3.11.so.1.0", "/usr/local/lib/libpython3.11.so.1.0", False),
        ("libavcodec.so.62", f"/usr/lib{SITE}/PySide6/Qt/lib/libavcodec.so.62", False),
        ("_ssl.cpython-311-x86_64-linux-gnu.so", "/usr/lib/python3.11/lib-dynload/_ssl.so", False),
        ("Qt6Core.dll", "C:\\venv\\Lib\\site-packages\\PySide6\\Qt6Core.dll", False),
    ],
)
def test_the_systems_own_libraries_are_left_to_it_but_for_pythons(
    name: str, source: str, expected: bool
) -> None:
    assert is_left_to_the_system(name, source) is expected


def test_a_link_goes_with_what_it_leads_to() -> None:
    core = ("PySide6/Qt/lib/libQt6Core.so.6", f"{SITE}/PySide6/Qt/lib/libQt6Core.so.6", "BINARY")
    pdf = ("PySide6/Qt/lib/libQt6Pdf.so.6", f"{SITE}/PySide6/Qt/lib/libQt6Pdf.so.6", "BINARY")
    to_core = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    to_pdf = ("libQt6Pdf.so.6", "PySide6/Qt/lib/libQt6Pdf.so.6", "SYMLINK")
    upwards = ("PySide6/Qt/lib/links/core", "../libQt6Core.so.6", "SYMLINK")
    assert wanted_entries([core, to_core, pdf, to_pdf, upwards]) == [core, to_core, upwards]

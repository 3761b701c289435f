"""The Debian package: what it says of itself, where its files go, and when it may not be exchanged."""

from __future__ import annotations

import shutil
import stat
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from installer.environment import ROOT
from installer.package.contents import MODULES_LEFT_OUT
from installer.package.debian import LINUX, control_text, lay_out
from installer.package.freezing import SPEC, is_pythons, weights_mb
from installer.package.product import APP_ID, Product, read_product
from installer.package.system_texts import privacy_texts, windows_version_text
from powerstream_desktop.desktop import identity

PRODUCT = Product(
    name="powerstream-desktop", version="1.2.3", summary="", licence="GPL-3.0-or-later", authors="We",
    built_at_s=1_700_000_000,
)  # fmt: skip


def test_the_control_file_is_one_that_debian_reads() -> None:
    text = control_text(
        PRODUCT, architecture="amd64", depends=["libc6 (>= 2.36)", "libx11-6"], installed_kb=7
    )
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "powerstream"
    assert fields["Version"] == "1.2.3"
    assert fields["Depends"] == "libc6 (>= 2.36), libx11-6"
    assert fields["Installed-Size"] == "7"
    assert text.endswith("\n")
    assert all(len(line) <= 80 for line in text.splitlines() if line.startswith(" "))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    program, papers, icons = tmp_path / "program", tmp_path / "papers", tmp_path / "icons"
    for folder in (program / "_internal", papers, icons):
        folder.mkdir(parents=True)
    (program / "powerstream").touch(mode=0o700)
    (program / "_internal" / "libq.so.6").touch(mode=0o600)
    (program / "_internal" / "libq.so").symlink_to("libq.so.6")
    (papers / "powerstream.cdx.json").write_text("{}")
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        (icons / f"{size}.png").touch()
    lay_out(tmp_path / "tree", PRODUCT, program=program, papers=papers, icons=icons)
    return tmp_path / "tree"


def test_the_command_leads_to_the_program_and_links_stay_links(tree: Path) -> None:
    assert (tree / "usr/bin/powerstream").readlink() == Path("/opt/powerstream/powerstream")
    assert (tree / "opt/powerstream/_internal/libq.so").readlink() == Path("libq.so.6")


def test_files_are_for_everybody_to_read_and_for_root_to_change(tree: Path) -> None:
    assert stat.S_IMODE((tree / "opt/powerstream/powerstream").stat().st_mode) == 0o755
    assert stat.S_IMODE((tree / "opt/powerstream/_internal/libq.so.6").stat().st_mode) == 0o644
    assert stat.S_IMODE((tree / "opt/powerstream").stat().st_mode) == 0o755


def test_desktops_know_the_window_by_the_name_that_it_gives_itself(tree: Path) -> None:
    assert identity.APP_ID == APP_ID
    entry = (tree / f"usr/share/applications/{APP_ID}.desktop").read_text("utf-8").splitlines()
    assert f"StartupWMClass={identity.NAME}" in entry
    assert f"Icon={APP_ID}" in entry
    assert (tree / f"usr/share/icons/hicolor/48x48/apps/{APP_ID}.png").is_file()
    metainfo = (tree / f"usr/share/metainfo/{APP_ID}.metainfo.xml").read_text("utf-8")
    assert '<release version="1.2.3" date="2023-11-14"/>' in metainfo
    assert f"<id>{APP_ID}</id>" in metainfo


def test_a_server_finds_the_units_and_a_desktop_has_none_of_them_started(tree: Path) -> None:
    units = {path.name for path in (tree / "usr/lib/systemd/system").iterdir()}
    assert units == {"powerstream.service", "powerstream-relay.service"}
    for name in units:
        assert f"ExecStart=/{(tree / 'usr/bin/powerstream').relative_to(tree)} " in (
            tree / "usr/lib/systemd/system" / name
        ).read_text("utf-8")
    assert not (tree / "etc").exists()


def test_the_version_stands_in_two_places_that_agree() -> None:
    assert read_product().version


def test_where_there_is_no_git_the_newest_change_is_when_the_metadata_was_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_product().built_at_s == int((ROOT / "pyproject.toml").stat().st_mtime)


# --- not under a program that runs ----------------------------------------------------------------------------------


def refusal(folder: Path, action: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the package as dpkg does, for a program that lies in ``folder``."""
    text = (LINUX / "refuse_while_running.sh").read_text("utf-8")
    script = folder / "prerm"
    script.write_text(text.replace("/opt/powerstream/powerstream", str(folder / "powerstream")))
    return subprocess.run(
        ["sh", str(script), action, "2.0"], capture_output=True, text=True, check=False, timeout=20
    )


@pytest.mark.parametrize("action", ["upgrade", "remove", "failed-upgrade"])
def test_nothing_stops_an_upgrade_while_nothing_runs(action: str, tmp_path: Path) -> None:
    finished = refusal(tmp_path, action)
    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize(("action", "code"), [("upgrade", 1), ("remove", 1), ("install", 0), ("purge", 0)])
def test_a_program_that_runs_keeps_its_files(action: str, code: int, tmp_path: Path) -> None:
    shutil.copy("/bin/sleep", tmp_path / "powerstream")
    with subprocess.Popen([tmp_path / "powerstream", "60"]) as running:
        try:
            finished = refusal(tmp_path, action)
        finally:
            running.kill()
    assert finished.returncode == code
    if code:
        assert f"PowerStream is running (process {running.pid})" in finished.stderr
        assert "Nothing was changed." in finished.stderr


# --- what PyInstaller is told, and what the other systems show ------------------------------------------------------


def test_the_order_for_pyinstaller_is_python() -> None:
    compile(SPEC.read_text("utf-8"), str(SPEC), "exec")
    assert "tkinter" in MODULES_LEFT_OUT


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("libpython3.11.so.1.0", True),
        ("_decimal.cpython-311-x86_64-linux-gnu.so", True),
        ("cv2.abi3.so", True),
        ("libavcodec-1a2b3c4d.so.62", False),
        ("powerstream", False),  # its modules hang on it, and would be lost
    ],
)
def test_only_python_and_its_modules_are_stripped(name: str, expected: bool) -> None:
    assert is_pythons(name) is expected


def test_weights_are_told_by_whose_they_are_and_nothing_is_lost() -> None:
    sizes = [
        (PurePosixPath("powerstream"), 4_000_000),
        (PurePosixPath("_internal/PySide6/QtCore.so"), 2_000_000),
        (PurePosixPath("_internal/PySide6/Qt/lib/a"), 1_000_000),
        (PurePosixPath("_internal/base_library.zip"), 500_000),
    ]
    weights = weights_mb(sizes)
    assert list(weights)[:2] == ["Python and the rest", "Qt and PySide6"]
    assert (weights["Python and the rest"], weights["Qt and PySide6"]) == (4.5, 3.0)
    assert sum(weights.values()) == 7.5


def test_windows_is_told_four_numbers_and_the_version_as_it_is() -> None:
    text = windows_version_text(Product(
        name="n", version="1.2.3", summary="", licence="L", authors="A 'quoted' name", built_at_s=0
    ))  # fmt: skip
    compile(text, "version", "eval")
    assert "filevers=(1, 2, 3, 0)" in text
    assert "StringStruct('ProductVersion', '1.2.3')" in text


def test_macos_has_a_text_for_each_device_that_is_asked_for() -> None:
    assert {"NSCameraUsageDescription", "NSMicrophoneUsageDescription"} <= set(privacy_texts())
    assert all(text.endswith(".") for text in privacy_texts().values())

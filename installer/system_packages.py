"""What the operating system has to provide: installed by apt on Debian and Ubuntu, named elsewhere."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from installer.steps import BootstrapError, run, step

# Libraries that the wheels of Qt, OpenCV and SoundCard expect to find on the system.
RUN_PACKAGES = (
    "libasound2", "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libpulse0", "libwayland-cursor0",
    "libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0",
    "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxrandr2",
)  # fmt: skip


def _browser_packages() -> tuple[str, ...]:
    """Return the browser that watches a broadcast in a test. Ubuntu has it as a snap only: there the test is skipped."""
    try:
        return ("chromium",) if platform.freedesktop_os_release()["ID"] == "debian" else ()
    except OSError:
        return ()


# What the end-to-end tests and the bench talk to.
TEST_PACKAGES = (
    *_browser_packages(),
    "dbus", "ffmpeg", "gnome-keyring", "gstreamer1.0-libav", "gstreamer1.0-plugins-bad", "gstreamer1.0-plugins-base", "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-ugly", "gstreamer1.0-tools", "iproute2", "libnginx-mod-rtmp", "nginx", "openbox", "pulseaudio", "pulseaudio-utils",
    "rtmpdump", "strace", "x11-utils", "xvfb",
)  # fmt: skip
TEST_TOOLS = (
    "dbus-daemon", "ffmpeg", "ffprobe", "gnome-keyring-daemon", "gst-launch-1.0", "nginx", "pactl", "pulseaudio", "rtmpdump", "strace", "Xvfb",
)  # fmt: skip
# What makes packages and tries them; elsewhere PyInstaller alone makes the program's folder.
PACKAGE_PACKAGES = ("appstream", "binutils", "desktop-file-utils", "mmdebstrap", "nsis", "x11-utils", "xvfb")
PACKAGE_TOOLS = ()

POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = (
    "#!/bin/sh\n# Put here by PowerStream's bootstrap while it installs packages; safe to delete.\nexit 101\n"
)


def install_system_packages(packages: Sequence[str], tools: Sequence[str]) -> None:
    """Install ``packages`` on Debian or Ubuntu; elsewhere name those of ``tools`` that are missing."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        missing_tools = [tool for tool in tools if shutil.which(tool) is None]
        if missing_tools:
            raise BootstrapError(
                f"This needs programs that are not installed here: {', '.join(missing_tools)}.", code=2
            )
        return
    wanted = list(packages)
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        wanted.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    missing = missing_packages(wanted)
    if not missing:
        return
    if os.geteuid() != 0:
        command = f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(missing)}"
        raise BootstrapError(
            f"Packages of the system are missing. Install them and start again:\n  {command}", code=2
        )
    with step(f"Installing system packages ({len(missing)})"):
        apt_install(missing)


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Return those of ``wanted`` that are neither installed nor provided by something installed (Ubuntu's t64 names)."""
    _, listing = run(
        ["dpkg-query", "--show", "--showformat", "${Package}\\t${db:Status-Status}\\t${Provides}\\n"]
    )
    present: set[str] = set()
    for line in listing.splitlines():
        package, status, provides = [*line.split("\t"), "", ""][:3]
        if status == "installed":
            present.add(package)
            present.update(part.split()[0] for part in provides.split(",") if part.strip())
    return [package for package in wanted if package not in present]


def apt_install(packages: Sequence[str]) -> None:
    """Install ``packages`` as root, and leave no service running or enabled that was not there before."""
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    # An update that fails may be a third party's repository; whether it matters shows in the install.
    _apt([*apt, "update"])
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    with services_stay_off():
        code, log = _apt(install)
        if code and "dpkg --configure -a" in log:  # somebody's earlier installation was interrupted
            run(["dpkg", "--configure", "-a"], environment=APT_ENVIRONMENT)
            code, log = _apt(install)
    if "nginx" in packages:
        run(["update-rc.d", "nginx", "disable"])
    if code:
        raise BootstrapError(_why_apt_failed(log), log=log)


APT_ENVIRONMENT = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1", "LC_ALL": "C.UTF-8"}


def _apt(command: Sequence[str]) -> tuple[int, str]:
    for _ in range(24):
        code, log = run(command, environment=APT_ENVIRONMENT)
        # DPkg::Lock::Timeout does not cover the lock of the package lists.
        if code == 0 or "Could not get lock" not in log:
            break
        time.sleep(5)
    return code, log


def _why_apt_failed(log: str) -> str:
    if "No space left" in log or "enough free space" in log:
        return "The disk is full: system packages cannot be installed."
    if "Could not resolve" in log or "Failed to fetch" in log or "Unable to locate package" in log:
        return "System packages cannot be downloaded: check the network and apt's sources, then start again."
    return "apt-get could not install the system packages."


@contextmanager
def services_stay_off() -> Iterator[None]:
    """Keep Debian from starting what it installs: nginx would take port 80 of a machine that only wants to run tests.

    An existing policy is the administrator's, and is left alone.
    """
    if POLICY.exists() and POLICY.read_text(encoding="utf-8", errors="replace") != POLICY_TEXT:
        yield
        return
    POLICY.write_text(POLICY_TEXT, encoding="utf-8")
    try:
        POLICY.chmod(0o755)
        yield
    finally:
        POLICY.unlink(missing_ok=True)

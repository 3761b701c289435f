"""A clean Debian in a folder, to install the package on as a stranger would: its own mounts and processes, this computer's network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from installer.steps import BootstrapError, run

USER: Final = "anna"
USER_ID: Final = 1000
_DEVICES: Final = ("full", "null", "random", "tty", "urandom", "zero")
_BEGIN_S: Final = 20.0
_PACKAGE_MANAGER: Final = {
    "DEBIAN_FRONTEND": "noninteractive",
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
}
_HOSTS: Final = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"


def make_clean_root(folder: Path, release: str) -> None:
    """Put a bare Debian into ``folder``: what apt needs, ``mount``, and nothing else.

    Args:
        folder: made anew.
        release: such as "bookworm".
    """
    if folder.exists():
        shutil.rmtree(folder)
    settings = [f"--aptopt={line}" for line in _settings_of_apt()]
    sources = [path for path in (Path("/etc/apt/sources.list.d/debian.sources"),) if path.exists()]
    code, log = run(["mmdebstrap", "--variant=apt", "--include=mount", *settings, release, folder, *sources])
    if code:
        raise BootstrapError("A clean Debian could not be made here.", log=log)
    # As Debian's installer leaves it: without it no computer knows its own name.
    (folder / "etc" / "hosts").write_text(_HOSTS, "utf-8")


def _settings_of_apt() -> list[str]:
    """Return how this computer reaches its packages."""
    _, text = run(["apt-config", "dump", "--format", '%f "%v";%n', "Acquire"])
    wanted = ("Acquire::Check-Valid-Until ", "Acquire::http", "Acquire::https")
    return [line for line in text.splitlines() if line.startswith(wanted) and not line.endswith(' "";')]


class CleanRoot:
    """A running Debian in a folder. What runs in it ends with it.

    Args:
        folder: what ``make_clean_root`` made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = ("--mount", "--pid", "--fork", "--kill-child", "--propagation", "private")
        self._anchor = subprocess.Popen(
            ["unshare", *own, "sh", "-ec", self._begin(), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        self._inside = self._first_process()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything that runs in it."""
        self._anchor.send_signal(signal.SIGTERM)
        try:
            self._anchor.wait(10)
        except subprocess.TimeoutExpired:
            self._anchor.kill()
            self._anchor.wait()
        if self._anchor.stdout is not None:
            self._anchor.stdout.close()

    @staticmethod
    def _begin() -> str:
        devices = "; ".join(
            f'touch "$0/dev/{name}"; mount --bind /dev/{name} "$0/dev/{name}"' for name in _DEVICES
        )
        return (
            'mount --bind "$0" "$0"; mount -t proc proc "$0/proc"; mount -t sysfs -o ro sysfs "$0/sys"; '
            'mount -t tmpfs tmpfs "$0/dev"; mount -t tmpfs tmpfs "$0/run"; mount -t tmpfs tmpfs "$0/tmp"; '
            f'{devices}; mkdir -m 1777 "$0/dev/shm"; ln -s /proc/self/fd "$0/dev/fd"; chmod 1777 "$0/tmp"; '
            'mkdir "$0/dev/pts"; mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"; ln -s pts/ptmx "$0/dev/ptmx"; '
            f'mkdir -p "$0/run/user"; install -d -m 700 -o {USER_ID} -g {USER_ID} "$0/run/user/{USER_ID}"; '
            'cp /etc/resolv.conf "$0/etc/resolv.conf"; echo ready; '
            # A chroot alone would not do: whoever is in one may make no namespaces, and on a real system everybody may.
            'cd "$0"; pivot_root . mnt; exec sh -c "umount --lazy /mnt; exec sleep infinity"'
        )

    def _first_process(self) -> int:
        assert self._anchor.stdout is not None
        if self._anchor.stdout.readline() != b"ready\n":
            self.close()
            raise BootstrapError("A folder cannot be run as a system of its own here: no mounts are allowed.")
        children = Path(f"/proc/{self._anchor.pid}/task/{self._anchor.pid}/children")
        gives_up_at = time.monotonic() + _BEGIN_S
        while time.monotonic() < gives_up_at:
            for number in children.read_text(encoding="ascii").split():
                if Path(f"/proc/{number}/comm").read_text(encoding="utf-8").strip() == "sleep":
                    return int(number)
            time.sleep(0.05)
        raise BootstrapError("The clean Debian did not come up.")

    def command(self, words: Sequence[str], *, user: str = "", display: str = "") -> list[str]:
        """Return what runs a command inside, as root or as the user."""
        enter = ["nsenter", f"--target={self._inside}", "--mount", "--pid", "--root"]
        if not user:
            return [*enter, "env", "-i", "--chdir=/", *_as_environment(_PACKAGE_MANAGER), *words]
        environment = {
            "HOME": f"/home/{user}",
            "LANG": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
            "USER": user,
            "XDG_RUNTIME_DIR": f"/run/user/{USER_ID}",
            **({"DISPLAY": display} if display else {}),
        }
        return [
            *enter,
            "runuser",
            "-u",
            user,
            "--",
            "env",
            "-i",
            "--chdir=/",
            *_as_environment(environment),
            *words,
        ]

    def run(self, *words: str, user: str = "", display: str = "") -> tuple[int, str]:
        """Run a command inside; return its exit code and everything it said."""
        return run(self.command(words, user=user, display=display))

    def must(self, complaint: str, *words: str, user: str = "", display: str = "") -> str:
        """Run a command inside that has to succeed; return what it said.

        Raises:
            BootstrapError: it failed; ``complaint`` is the sentence.
        """
        code, log = self.run(*words, user=user, display=display)
        if code:
            raise BootstrapError(f"{complaint} (exit code {code})", log=log)
        return log

    def files(self) -> set[str]:
        """Return everything that stands on its disk."""
        found = set()
        for folder, folders, names in os.walk(self.folder):
            below = "/" + os.path.relpath(folder, self.folder)
            if below in ("/proc", "/sys", "/dev", "/run", "/tmp"):
                folders.clear()
                continue
            found |= {os.path.normpath(f"{below}/{name}") for name in (*folders, *names)}
        return found


def _as_environment(words: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in words.items()]

"""``bootstrap.py bare-root``: both commands of the README as a stranger types them, on a Debian that has Python and nothing else.

What Debian packages they need is told by the bootstrap itself: the ordinary user starts a command, is told what to install, has root do
exactly that, and starts it again. Python's packages come from a folder that this computer has filled: how it reaches them is its own affair.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installer import environment
from installer.package.clean_root import USER, USER_ID, CleanRoot, make_clean_root
from installer.package.trial import REHEARSALS
from installer.steps import BootstrapError, run, step

BUILD: Final = environment.ROOT / "build" / "bare-root"
_TREE: Final = f"/home/{USER}/powerstream"
_WHEELS: Final = f"/home/{USER}/wheels"
_TOLD: Final = re.compile(r"^  sudo (apt-get update) && sudo (apt-get install .+)$", re.MULTILINE)


def try_on_bare_root(arguments: Sequence[str]) -> int:
    """Run both commands in a new root, the second with ``arguments`` for pytest; return the exit code."""
    folder = BUILD / "root"
    BUILD.mkdir(parents=True, exist_ok=True)
    with step("Making a Debian with nothing but Python"):
        make_clean_root(folder, platform.freedesktop_os_release()["VERSION_CODENAME"])
    fetch_wheels(BUILD / "wheels")
    with CleanRoot(folder) as root:
        move_in(root, BUILD / "wheels")
        # A machine that is busy with other things is too slow for a rehearsal at times, and then it says so.
        codes = [as_stranger(root, "run", tries=REHEARSALS), as_stranger(root, "test", *arguments)]
    shutil.rmtree(folder)
    return max(codes)


def fetch_wheels(folder: Path) -> None:
    """Have every package of the lock in ``folder``; what lies there from before is not fetched again."""
    with step("Fetching Python's packages"):
        exactly = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
        code, log = environment.pip("download", "-q", *exactly, "-d", folder, "-r", environment.DEV_LOCK)
        if code:
            raise BootstrapError("The Python packages of the lock cannot be fetched.", log=log)


def move_in(root: CleanRoot, wheels: Path) -> None:
    """Give the root Python, its user, and the newest commit of this tree as the user's own."""
    home = root.folder / "home" / USER
    with step("Installing python3 there, and cloning the sources"):
        root.must("apt could not fetch its lists", "apt-get", "-q", "update")
        root.must(
            "No Python could be installed",
            *("apt-get", "-q", "-y", "--no-install-recommends", "install", "python3"),
        )
        root.must("No user could be made", "useradd", "-m", f"--uid={USER_ID}", "--shell=/bin/sh", USER)
        code, log = run(["git", "clone", "--quiet", environment.ROOT, home / "powerstream"])
        if code:
            raise BootstrapError("The sources could not be cloned.", log=log)
        shutil.copytree(wheels, home / "wheels", copy_function=shutil.copy)
        root.must("The sources could not be given away", "chown", "-R", f"{USER}:", _TREE)


def as_stranger(root: CleanRoot, *words: str, tries: int = 1) -> int:
    """Type one command of the README, install what it asks for, and type it again; return its exit code."""
    code, said = root.run(*_typed(*words), user=USER)
    asked = _TOLD.search(said)
    if code != 2 or asked is None:
        raise BootstrapError(f"{words[0]} did not say what to install (exit code {code}).", log=said)
    with step(f"{words[0]} asks for {len(asked[2].split()) - 3} packages: installing them"):
        for command in asked.groups():
            root.must("What it asks for cannot be installed", *command.split(), "--yes")
    print(f"{words[0]}, as an ordinary user:", flush=True)
    for _ in range(tries):
        code = subprocess.call(root.command(_typed(*words), user=USER), stdin=subprocess.DEVNULL)
        if code == 0:
            break
    return code


def _typed(*words: str) -> list[str]:
    source = (f"--chdir={_TREE}", "PIP_NO_INDEX=1", f"PIP_FIND_LINKS={_WHEELS}")
    return ["env", *source, "python3", "installer/bootstrap.py", *words]

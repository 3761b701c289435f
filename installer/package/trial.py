"""Tries the ``.deb`` as a stranger would: on a clean Debian, as an ordinary user, from installing it to having it gone."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from installer.package.clean_root import USER, USER_ID, CleanRoot
from installer.package.product import NAME, PROGRAM
from installer.steps import BootstrapError, run, step

REHEARSAL_S: Final = 6
REHEARSALS: Final = 4
LIVE_S: Final = 8.0
PATIENCE_S: Final = 60.0
IDLE_S: Final = 40.0
"""A service that nobody needs ends after ten seconds; on a busy machine it takes longer to notice."""
_HOME: Final = "/opt/powerstream"
_MAY_STAY: Final = ("/var/lib/apt/", "/var/lib/dpkg/", "/var/cache/", "/var/log/", f"/home/{USER}")
"""What a package manager writes down, and what is the user's."""


def try_package(root: CleanRoot, package: Path, successor: Path) -> None:
    """Install ``package``, use it, upgrade it to ``successor`` and remove it; raise at the first thing that is not as it should be.

    Raises:
        BootstrapError: something is not as it should be.
    """
    root.must(
        "No user could be made", "useradd", "--create-home", f"--uid={USER_ID}", "--shell=/bin/sh", USER
    )
    before = root.files()
    with step("Installing it with what it depends on"):
        install(root, package)
    with step("Looking for libraries that are missing"):
        nothing_is_missing(root)
    with step("Asking its doctor"):
        ask_doctor(root)
    version = package.name.split("_")[1]
    says_version(root, version)
    with step(f"Rehearsing a broadcast without a display, {REHEARSAL_S} s"):
        rehearse(root)
    with virtual_screen() as display, step("Broadcasting a rehearsal from its window"), window(root, display):
        replay = broadcast_from_window(root, display)
        cuts_and_copies(root, display, replay)
        refuses_upgrade(root, successor)
    with step("Waiting for its service to end by itself"):
        wait_until(lambda: not running(root), "its service is still there", IDLE_S)
    with step("Upgrading it"):
        install(root, successor)
        says_version(root, successor.name.split("_")[1])
        has_replay(root, replay)
        wait_until(lambda: not running(root), "its service is still there after a look", IDLE_S)
    with step("Removing it"):
        # apt itself recommends ca-certificates, and would keep for its own sake what came with the package.
        unkept = ("-o", "APT::AutoRemove::RecommendsImportant=false")
        root.must(
            "It could not be removed", "apt-get", "-q", "-y", *unkept, "purge", "--auto-remove", PROGRAM
        )
        nothing_stays(root, before)


def install(root: CleanRoot, package: Path) -> None:
    """Install a package's file with apt, as the guide says."""
    inside = root.folder / "var" / "cache" / package.name
    inside.write_bytes(package.read_bytes())
    root.must("apt could not fetch its lists", "apt-get", "-q", "update")
    options = ("-q", "-y", "--no-install-recommends")
    root.must("It could not be installed", "apt-get", *options, "install", f"/var/cache/{package.name}")
    inside.unlink()


def nothing_is_missing(root: CleanRoot) -> None:
    """Let the loader look for everything that each of the program's files asks for."""
    look = f"find {_HOME} -type f \\( -name '*.so*' -o -name {PROGRAM} \\) -exec ldd {{}} + 2>/dev/null"
    script = f"LD_LIBRARY_PATH={_HOME}/_internal; export LD_LIBRARY_PATH; {look} | grep 'not found' | sort -u"
    _, missing = root.run("sh", "-c", script)
    if missing.strip():
        raise BootstrapError("The package does not depend on all that it needs.", log=missing)


def says_version(root: CleanRoot, version: str) -> None:
    """Ask the program which one it is; its first number counts, for an upgrade is tried with the same program."""
    said = root.must("It does not start", PROGRAM, "--version", user=USER).strip()
    installed = root.must("It is not installed", "dpkg-query", "-W", "-f", "${Version}", PROGRAM)
    if installed != version or not said.endswith(version.partition("+")[0]):
        raise BootstrapError(f"Version {version} was installed; it says {said!r}, and dpkg {installed}.")


def ask_doctor(root: CleanRoot) -> None:
    """Ask the program what is wrong; on a busy machine its first encoder may take too long to be read from the disk."""
    for attempt in range(1, REHEARSALS + 1):
        code, said = root.run(PROGRAM, "doctor", user=USER)
        if code == 0:
            return
        if "did not answer" not in said or attempt == REHEARSALS:
            raise BootstrapError("Its doctor has found a problem.", log=said)


def rehearse(root: CleanRoot) -> None:
    """Broadcast the test picture to the built-in receiver and a recording, by the command.

    A machine that is busy with other things is too slow for it at times, and then it says so.
    """
    for attempt in range(1, REHEARSALS + 1):
        code, said = root.run(PROGRAM, "rehearse", "--duration", str(REHEARSAL_S), user=USER)
        if code == 0:
            return
        if "pictures" not in said or attempt == REHEARSALS:
            raise BootstrapError("The rehearsal failed.", log=said)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Lend a display of this computer; the clean Debian has no server for one, so that none brings a library along."""
    told, telling = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(telling), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-ac", "-noreset"],
        pass_fds=(telling,), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(telling)
    try:
        with os.fdopen(told, "rb") as numbers:
            number = numbers.readline().decode().strip()
        if not number:
            raise BootstrapError("No virtual display could be made: Xvfb did not start.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def window(root: CleanRoot, display: str) -> Iterator[None]:
    """Open the program's window, and close it as a desktop does that ends."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            root.command([PROGRAM], user=USER, display=display),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            wait_until(lambda: _shows_window(display) or process.poll() is not None, "no window was shown")
            if process.poll() is not None:
                said.seek(0)
                raise BootstrapError("The window did not stay.", log=said.read().decode("utf-8", "replace"))
            yield
        finally:
            for number in _windows_processes(root):
                root.run("sh", "-c", f"kill -TERM {number}")
            process.wait(PATIENCE_S)


def _shows_window(display: str) -> bool:
    _, tree = run(["xwininfo", "-display", display, "-root", "-tree"])
    return any(f'"{NAME}' in line or NAME in line.partition('":')[0] for line in tree.splitlines())


def _windows_processes(root: CleanRoot) -> list[str]:
    """Return the numbers of the processes, as the clean Debian counts them, that play no role but the window's."""
    return [number for number, words in running(root).items() if len(words) == 1]


def running(root: CleanRoot) -> dict[str, list[str]]:
    """Return the program's processes: the words of each by its number in there."""
    script = (
        f'for p in /proc/[0-9]*; do [ "$(readlink $p/exe)" = {_HOME}/{PROGRAM} ] && '
        "echo \"${p#/proc/} $(tr '\\0' ' ' <$p/cmdline)\"; done; true"
    )
    lines = [
        line.split() for line in root.must("Its processes cannot be listed", "sh", "-c", script).splitlines()
    ]
    return {line[0]: line[1:] for line in lines if len(line) > 1}


def broadcast_from_window(root: CleanRoot, display: str) -> str:
    """Go on air by the window's own service, end it, and wait for the replay; return its id."""
    controls = ("ctl", "start", "--rehearsal", "--title", "Trial", "--json")
    ask(root, display, *controls)
    wait_until(
        lambda: ask(root, display, "ctl", "status", "--json").get("state") == "live", "it never was live"
    )
    roles = {words[1] for words in running(root).values() if len(words) > 1}
    if not {"serve", "service", "engine"} <= roles:
        raise BootstrapError(f"While live these roles were running: {', '.join(sorted(roles))}.")
    time.sleep(LIVE_S)
    destinations = ask(root, display, "ctl", "status", "--json")
    lights = [each["status"] for session in destinations["sessions"] for each in session["endpoints"]]
    if lights != ["live"]:
        raise BootstrapError(f"The built-in receiver was {lights or 'not there'} instead of live.")
    ask(root, display, "ctl", "stop", "--json")
    wait_until(lambda: bool(_finished(root, display)), "no replay came of the broadcast")
    return str(_finished(root, display)[0]["id"])


def cuts_and_copies(root: CleanRoot, display: str, replay: str) -> None:
    """Cut an exact clip in the confined process, and have the courier copy the replay to a store."""
    store = f"/home/{USER}/store"
    root.must("No folder could be made", "mkdir", store, user=USER)
    cut = ("clip", replay, "--from", "0:01", "--to", "0:03", "--exact")
    root.must("The clip failed", PROGRAM, "vod", *cut, user=USER, display=display)
    for name, text in (("cloud.kind", "folder"), ("cloud.folder", store)):
        root.must("A setting was refused", PROGRAM, "ctl", "settings", "set", name, text, user=USER)
    root.must("The upload failed", PROGRAM, "vod", "upload", replay, "--wait", user=USER, display=display)
    if len(list((root.folder / store[1:]).rglob("*.mp4"))) != 1:
        raise BootstrapError("The replay is not in the store.")


def _finished(root: CleanRoot, display: str) -> list[dict[str, Any]]:
    """Return the replays that have been looked at: they know their length and have a picture."""
    assets: list[dict[str, Any]] = ask(root, display, "vod", "list", "--json")["assets"]
    return [asset for asset in assets if asset.get("duration") and asset.get("thumbnailUrl")]


def ask(root: CleanRoot, display: str, *words: str) -> dict[str, Any]:
    """Run one of the program's commands that prints JSON; return what it printed."""
    said = root.must(f"powerstream {' '.join(words[:2])} failed", PROGRAM, *words, user=USER, display=display)
    answer: dict[str, Any] = json.loads(said[said.index("{") :])
    return answer


def refuses_upgrade(root: CleanRoot, successor: Path) -> None:
    """Try to upgrade under a running window: that has to be refused, with nothing changed."""
    inside = root.folder / "var" / "cache" / successor.name
    inside.write_bytes(successor.read_bytes())
    code, said = root.run("dpkg", "--install", f"/var/cache/{successor.name}")
    inside.unlink()
    if code == 0 or "PowerStream is running" not in said:
        raise BootstrapError("It was upgraded while it ran.", log=said)
    says = root.must("It is broken after a refused upgrade", PROGRAM, "--version", user=USER)
    if not says.strip():
        raise BootstrapError("It says nothing after a refused upgrade.")


def has_replay(root: CleanRoot, replay: str) -> None:
    """Look for the replay that the version before has recorded."""
    assets = ask(root, "", "vod", "list", "--json")["assets"]
    if replay not in [asset["id"] for asset in assets]:
        raise BootstrapError("The replay that was recorded before the upgrade is not in the library.")


def nothing_stays(root: CleanRoot, before: set[str]) -> None:
    """Compare all files with those from before the installation."""
    stays = what_stays(before, root.files())
    if stays:
        raise BootstrapError(f"{len(stays)} files stay after its removal.", log="\n".join(stays))
    if not list((root.folder / "home" / USER).rglob("*.mp4")):
        raise BootstrapError("The user's recordings went with the package.")


def what_stays(before: set[str], after: set[str]) -> list[str]:
    """Return what is there now and was not, but for the user's files and what a package manager writes down."""
    return sorted(path for path in after - before if not path.startswith(_MAY_STAY))


def wait_until(is_so: Callable[[], bool], complaint: str, patience_s: float = PATIENCE_S) -> None:
    """Look four times a second until it is so.

    Raises:
        BootstrapError: it never was.
    """
    gives_up_at = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > gives_up_at:
            raise BootstrapError(f"After {patience_s:.0f} seconds {complaint}.")
        time.sleep(0.25)

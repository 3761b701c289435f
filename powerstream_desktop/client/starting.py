"""Starts a service for this home when none runs, on its own feet: it outlives whoever started it (DESIGN 2)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from powerstream_desktop.client.address import Address
from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.client.finding import find_soon
from powerstream_desktop.client.request import Request
from powerstream_desktop.client.wire import MishapError, Wire
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.home_lock import is_home_served
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.service_file import ServiceFile, find_service

START_S: Final = 20.0
"""For a service to answer. It takes two seconds; a cold disk or a busy machine makes ten of them."""
OWN_WORDS: Final = "service-start.txt"
"""In the runtime folder: what a service said on its way up."""
_POLL_S: Final = 0.05
_HEALTH_S: Final = 2.0
_MAX_WORDS: Final = 400
_SLOWER_STARTER_S: Final = 1.0
"""Of two that are started at once, one finds the home taken and ends; the other is up soon."""


def find_or_start(paths: Paths) -> ServiceFile:
    """Return the service of this home, a new one if none runs; errors as with ``start_service``."""
    return find_soon(paths.runtime) or start_service(paths)


def start_service(
    paths: Paths,
    *,
    command: Sequence[str] | None = None,
    patience_s: float = START_S,
    clock: Clock = monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> ServiceFile:
    """Start a service that does not end with this process, and return once it answers. Blocks.

    Args:
        paths: the home.
        command: what to run instead of ``powerstream serve``.
        patience_s: for how long at most.
        clock: gives the time.
        sleep: waits.

    Raises:
        ServiceGoneError: it did not come up; says what it said itself.
        SystemFault: a folder cannot be made, or the program not be run.
    """
    paths.ensure()
    gives_up_at = clock() + patience_s
    process = _spawn(tuple(command or own_command("serve")), paths.runtime / OWN_WORDS)
    ended_at: float | None = None
    while clock() < gives_up_at:
        found = find_service(paths.runtime)
        if found is not None and _answers(found):
            return found
        if ended_at is None and process.poll() is not None:
            ended_at = clock()
        is_over = ended_at is not None and found is None and clock() - ended_at >= _SLOWER_STARTER_S
        # Whoever has taken the home may be as long in coming up as ours would have been.
        if is_over and not is_home_served(paths.runtime):
            break
        sleep(_POLL_S)
    raise ServiceGoneError(
        "PowerStream's service did not come up.",
        hint=_words(paths.runtime / OWN_WORDS) or f"Its log is in {paths.logs}.",
        detail=f"exit code {process.poll()}",
    )


def _spawn(command: tuple[str, ...], words: Path) -> subprocess.Popen[bytes]:
    """Run a command that has nothing of ours: no terminal, no pipe, no process group."""
    try:
        descriptor = os.open(
            words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        with os.fdopen(descriptor, "wb") as said:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                close_fds=True,
                start_new_session=True,
                creationflags=_on_its_own(),
            )
    except OSError as error:
        raise SystemFault(
            f"PowerStream's service cannot be run: {error.strerror}.",
            hint="Install PowerStream again.",
            detail=repr(error),
        ) from error
    # Whoever starts a process takes note of its end, or the system keeps its number for as long as we run.
    threading.Thread(target=process.wait, name=f"end of service {process.pid}", daemon=True).start()
    return process


def _on_its_own() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return 0


def _answers(found: ServiceFile) -> bool:
    wire = Wire()
    try:
        address = Address(url=found.url.rstrip("/"), token=found.token)
        return (
            wire.send(Request(method="GET", path="/api/live/health", read_s=_HEALTH_S), address).status == 200
        )
    except MishapError:
        return False
    finally:
        wire.close()


def _words(path: Path) -> str:
    """Return the last line that a service said, without the name before it."""
    try:
        lines = path.read_bytes()[-4096:].decode("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].removeprefix("powerstream: ")[:_MAX_WORDS] if lines else ""

"""Work for media processes that tries what such a process must not be able to; each returns how its attempts ended."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from powerstream_desktop.common.media_task import MediaTask


def _outcomes(attempts: Mapping[str, Callable[[], object]]) -> dict[str, str]:
    found = {}
    for name, attempt in attempts.items():
        try:
            attempt()
        except (OSError, MemoryError) as error:
            found[name] = type(error).__name__
        else:
            found[name] = ""
    return found


def reach_out(task: MediaTask) -> Mapping[str, Any]:
    """Try to get out of the process."""
    return _outcomes(
        {
            "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
            "unix socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
            "fork": _fork,
            "other program": lambda: os.execv("/bin/true", ["true"]),
            "signal to the parent": lambda: os.kill(os.getppid(), signal.SIGCONT),
        }
    )


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def look_around(task: MediaTask) -> Mapping[str, Any]:
    """Try to read and write what is not ours."""
    assert task.folder is not None
    folder = task.folder
    secret, beside = Path(task.request["secret"]), Path(task.request["beside"])
    found: dict[str, Any] = _outcomes(
        {
            "own file": task.file.read_bytes,
            "own folder": lambda: (folder / "made").write_bytes(b"1"),
            "secret": secret.read_bytes,
            "passwd": Path("/etc/passwd").read_bytes,
            "beside": lambda: beside.write_bytes(b"1"),
            "own file written": lambda: task.file.open("r+b").close(),
            "link": lambda: (folder / "link").symlink_to(secret),
        }
    )
    landlock_version = ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return {**found, "is_confined": landlock_version > 0}


def use_up(task: MediaTask) -> Mapping[str, Any]:
    """Try to use more than is allowed."""
    assert task.folder is not None
    long = task.folder / "long"
    return _outcomes(
        {
            "memory": lambda: bytearray(1024**3),
            "long file": lambda: long.write_bytes(bytes(5000)),
            "many files": lambda: [task.file.open("rb") for _ in range(100)],
        }
    )


def hang(task: MediaTask) -> Mapping[str, Any]:
    """Do nothing for a long time."""
    time.sleep(600)
    return {}


def spin(task: MediaTask) -> Mapping[str, Any]:
    """Use processor time for a long time."""
    end_s = time.monotonic() + 600
    while time.monotonic() < end_s:
        pass
    return {}


def crash(task: MediaTask) -> Mapping[str, Any]:
    """Read what is not there."""
    ctypes.string_at(8)
    return {}


def fail(task: MediaTask) -> Mapping[str, Any]:
    """Make a mistake."""
    raise LookupError("a mistake")


def babble(task: MediaTask) -> Mapping[str, Any]:
    """Answer without end."""
    return {"words": "x" * 3_000_000}


def say_nonsense(task: MediaTask) -> Mapping[str, Any]:
    """Answer what is no report, in every place where reports may go."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b'{"type":"done","result":7}\n')
        except OSError:
            continue
    return {}


def tell_pid_and_hang(task: MediaTask) -> Mapping[str, Any]:
    """Leave the process's number, tell progress, and do nothing more."""
    assert task.folder is not None
    (task.folder / "pid").write_text(str(os.getpid()))
    task.report(0.5)
    return hang(task)


def tell_pid_and_hold_all(task: MediaTask) -> Mapping[str, Any]:
    """Leave the process's number, and let no other thread of it come to anything: as a parser that spins inside the library."""
    assert task.folder is not None
    (task.folder / "pid").write_text(str(os.getpid()))
    ctypes.PyDLL(None).sleep(600)  # without giving up Python's lock
    return {}

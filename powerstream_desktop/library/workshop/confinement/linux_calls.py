"""What a media process gives up on Linux by system calls that Python has no names for. Wants no privilege.

* No new privileges, and an end with the parent's.
* A filter of system calls (``call_filter``): no socket, no other program or process, no other's memory, no signals. It holds on every kernel of today; where the processor's numbers of calls are not known here, a network namespace of its own
  takes its place, if the system allows one.
* Landlock, from Linux 5.13 on: no file but those that are named.

All of it holds for the thread that asks and those it starts later: it is asked for before there is another one.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Final

from powerstream_desktop.library.workshop.confinement.call_filter import INSTRUCTION_BYTES, call_filter

_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_SECCOMP: Final = 22
_SECCOMP_FILTER: Final = 2
_SET_NO_NEW_PRIVILEGES: Final = 38
_NEW_USER_AND_NETWORK: Final = 0x1000_0000 | 0x4000_0000

_LANDLOCK_CREATE: Final = 444
_LANDLOCK_ADD: Final = 445
_LANDLOCK_RESTRICT: Final = 446
_ASK_VERSION: Final = 1
_BENEATH: Final = 1
_RIGHTS_OF_VERSION: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF}
"""All that can be given up: thirteen rights at first; moving to another folder and cutting off came later."""
READ: Final = 0x4 | 0x8
WRITE: Final = READ | 0x2 | 0x20 | 0x100 | 0x4000
"""Read, write, remove, make and cut off plain files, and list their folder."""


class _Program(ctypes.Structure):
    _fields_: ClassVar[Any] = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def die_with_parent() -> None:
    """Have the system kill this process when the thread ends that started it; it ends now if that happens meanwhile."""
    parent = os.getppid()
    _libc().prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def refuse_network() -> str:
    """Give up the network, and other processes; return by what, empty for nothing."""
    libc = _libc()
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and _set_filter(libc):
        return "seccomp"
    return "namespace" if libc.unshare(_NEW_USER_AND_NETWORK) == 0 else ""


def refuse_files(readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Give up all files and folders but these, which must exist; return whether the system took it.

    Args:
        readable: files, and folders with all that is in them.
        writable: folders in which plain files may be made, too.
    """
    libc = _libc()
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    if version < 1:
        return False
    given_up = _RIGHTS_OF_VERSION[min(version, 3)]
    rules = ctypes.create_string_buffer(struct.pack("=Q", given_up), 8)
    rule_set = libc.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(8), ctypes.c_uint32(0))
    if rule_set < 0:
        return False
    try:
        allowed = [(path, READ) for path in readable] + [(path, WRITE) for path in writable]
        if not all(_allow(libc, rule_set, path, rights & given_up) for path, rights in allowed):
            return False
        libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(rule_set), ctypes.c_uint32(0)) == 0)
    finally:
        os.close(rule_set)


def _allow(libc: Any, rule_set: int, path: Path, rights: int) -> bool:
    if not path.is_dir():
        rights &= ~(0x8 | 0x20 | 0x100)  # a file can be neither listed nor filled
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12)
        return bool(
            libc.syscall(_LANDLOCK_ADD, ctypes.c_int(rule_set), _BENEATH, rule, ctypes.c_uint32(0)) == 0
        )
    finally:
        os.close(descriptor)


def _set_filter(libc: Any) -> bool:
    instructions = call_filter(platform.machine())
    if instructions is None:
        return False
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // INSTRUCTION_BYTES, ctypes.cast(buffer, ctypes.c_void_p))
    return bool(libc.prctl(_SET_SECCOMP, _SECCOMP_FILTER, ctypes.byref(program), 0, 0) == 0)


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)

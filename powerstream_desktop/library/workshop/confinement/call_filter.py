"""The filter of system calls of a media process (seccomp), as the instructions that Linux wants. Pure.

It lists what is refused, not what is allowed: Python, its libraries and libav's own threads need some hundred calls, other ones on
each system. What can lead out of the process is known: sockets, other programs and processes, the memory of others, signals, and the
ring by which all of that could be asked for without a call of its own (io_uring). Threads go on: a ``clone`` is looked into, and
``clone3``, which cannot be, is said to be absent, whereupon the C library takes the former.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

INSTRUCTION_BYTES: Final = 8

_LOAD: Final = 0x20
_IS: Final = 0x15
_IS_AT_LEAST: Final = 0x35
_HAS_BITS: Final = 0x45
_RETURN: Final = 0x06
# Where in what the filter is shown they stand.
_NUMBER: Final = 0
_PROCESSOR: Final = 4
_FIRST_ARGUMENT: Final = 16

_ALLOW: Final = 0x7FFF_0000
_REFUSE: Final = 0x0005_0000 | 1  # "not permitted"
_ABSENT: Final = 0x0005_0000 | 38  # "no such call"
_OTHER_INTERFACE: Final = 0x4000_0000
"""From here on x86-64 numbers all calls once more."""
_CLONE3: Final = 435
_A_THREAD: Final = 0x1_0000
_Goal: TypeAlias = Literal["on", "allow", "refuse", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calls:
    """How Linux numbers calls on a kind of processor.

    Attributes:
        processor: what the filter is told of it.
        clone: starts a thread, or a process.
        refused: socket, socketpair, connect, [fork, vfork,] execve, execveat, ptrace, process_vm_readv, process_vm_writev, kill, tkill.
    """

    processor: int
    clone: int
    refused: tuple[int, ...]


_REFUSED_EVERYWHERE: Final = (424, 425, 438)
"""pidfd_send_signal, io_uring_setup, pidfd_getfd."""
_CALLS: Final = {
    "x86_64": _Calls(
        processor=0xC000_003E, clone=56, refused=(41, 53, 42, 57, 58, 59, 322, 101, 310, 311, 62, 200)
    ),
    "aarch64": _Calls(
        processor=0xC000_00B7, clone=220, refused=(198, 199, 203, 221, 281, 117, 270, 271, 129, 130)
    ),
}


@dataclass(frozen=True, slots=True)
class _Line:
    code: int
    value: int
    yes: _Goal = "on"
    no: _Goal = "on"


def call_filter(machine: str) -> bytes | None:
    """Return the filter's instructions; None for a processor whose calls are not known here.

    Args:
        machine: the processor, as ``platform.machine`` calls it.
    """
    calls = _CALLS.get(machine)
    if calls is None:
        return None
    lines = [
        _Line(_LOAD, _PROCESSOR),
        _Line(_IS, calls.processor, no="refuse"),
        _Line(_LOAD, _NUMBER),
        _Line(_IS_AT_LEAST, _OTHER_INTERFACE, yes="refuse"),
        *(_Line(_IS, number, yes="refuse") for number in (*calls.refused, *_REFUSED_EVERYWHERE)),
        _Line(_IS, _CLONE3, yes="absent"),
        _Line(_IS, calls.clone, no="allow"),
        _Line(_LOAD, _FIRST_ARGUMENT),
        _Line(_HAS_BITS, _A_THREAD, yes="allow", no="refuse"),
    ]
    ends: dict[_Goal, int] = {"allow": len(lines), "refuse": len(lines) + 1, "absent": len(lines) + 2}
    lines += [_Line(_RETURN, value) for value in (_ALLOW, _REFUSE, _ABSENT)]
    return b"".join(
        struct.pack(
            "=HBBI",
            line.code,
            ends.get(line.yes, place + 1) - place - 1,
            ends.get(line.no, place + 1) - place - 1,
            line.value,
        )
        for place, line in enumerate(lines)
    )

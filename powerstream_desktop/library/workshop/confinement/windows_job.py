"""The limits of a media process on Windows: a job object that it puts itself into. Written by the manual; not yet tried there."""

from __future__ import annotations

import ctypes
from typing import Any, ClassVar, Final

from powerstream_desktop.library.workshop.words import JobLimits

_EXTENDED_LIMITS: Final = 9
_PROCESS_TIME: Final = 0x2
_ONE_PROCESS: Final = 0x8
_PROCESS_MEMORY: Final = 0x100
_DIE_ON_UNHANDLED: Final = 0x400
_TICKS_PER_S: Final = 10_000_000


class _BasicLimits(ctypes.Structure):
    _fields_: ClassVar[Any] = [
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class _ExtendedLimits(ctypes.Structure):
    _fields_: ClassVar[Any] = [
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    ]


def limit_by_job_object(limits: JobLimits) -> bool:
    """Limit this process's memory and processor time, and let it start no other; return whether the system took it."""
    kernel: Any = getattr(ctypes, "WinDLL", lambda _: None)("kernel32")
    if kernel is None:
        return False
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    wanted = _ExtendedLimits()
    wanted.basic.flags = _ONE_PROCESS | _PROCESS_MEMORY | _DIE_ON_UNHANDLED
    if limits.processor_s is not None:
        wanted.basic.flags |= _PROCESS_TIME
        wanted.basic.per_process_time = limits.processor_s * _TICKS_PER_S
    wanted.basic.active_processes = 1
    wanted.process_memory = limits.memory_bytes
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    size = ctypes.c_uint32(ctypes.sizeof(wanted))
    return bool(
        job.value
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(wanted), size)
        and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
    )

"""macOS: the Network framework watches the path out, and calls us whenever it turns. Untried: written from its headers.

A block of C is made by hand, for Python knows none: a structure that begins as Apple's ABI for blocks says. Watcher, queue and block
live as long as this process, so none of them can be called after its end.
"""

from __future__ import annotations

import ctypes
import threading
from typing import Any, Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.network.network import Network

_FRAMEWORK: Final = "/System/Library/Frameworks/Network.framework/Network"
_SYSTEM: Final = "/usr/lib/libSystem.dylib"
_ANSWER_S: Final = 3.0
_UNSATISFIED: Final = 2
_IS_GLOBAL: Final = 1 << 28
_INVOKE: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class _Description(ctypes.Structure):
    _fields_ = (("reserved", ctypes.c_ulong), ("size", ctypes.c_ulong))


class _Block(ctypes.Structure):
    """A block that captures nothing."""

    _fields_ = (
        ("isa", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("reserved", ctypes.c_int),
        ("invoke", _INVOKE),
        ("description", ctypes.POINTER(_Description)),
    )


class PathWatch:
    """What the system said last of the path out.

    Args:
        network: the framework.
        system: the library with dispatch queues.
        block_class: address of what blocks that capture nothing are instances of.
    """

    def __init__(self, network: Any, system: Any, block_class: int) -> None:
        self._network = network
        # Written by the system's thread before ``_has_answer`` is set, read after it: one value, and the newest is right.
        self._path = Network()
        self._has_answer = threading.Event()
        for name in ("nw_path_get_status", "nw_path_is_expensive", "nw_path_is_constrained"):
            getattr(network, name).argtypes = [ctypes.c_void_p]
        network.nw_path_is_expensive.restype = ctypes.c_bool
        network.nw_path_is_constrained.restype = ctypes.c_bool
        network.nw_path_monitor_create.restype = ctypes.c_void_p
        system.dispatch_queue_create.restype = ctypes.c_void_p
        system.dispatch_queue_create.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
        self._invoke = _INVOKE(self._turned)
        self._description = _Description(size=ctypes.sizeof(_Block))
        self._block = _Block(
            isa=block_class,
            flags=_IS_GLOBAL,
            invoke=self._invoke,
            description=ctypes.pointer(self._description),
        )
        monitor = ctypes.c_void_p(network.nw_path_monitor_create())
        queue = ctypes.c_void_p(system.dispatch_queue_create(b"powerstream.network", None))
        network.nw_path_monitor_set_queue(monitor, queue)
        network.nw_path_monitor_set_update_handler(monitor, ctypes.byref(self._block))
        network.nw_path_monitor_start(monitor)

    def newest(self) -> Network:
        """Return it; the first time as soon as it is known, but not later than in three seconds.

        Raises:
            SystemFault: nothing was said.
        """
        if not self._has_answer.wait(_ANSWER_S):
            raise SystemFault("macOS does not tell of its network.")
        return self._path

    def _turned(self, _block: int, path: int) -> None:
        network = self._network
        self._path = Network(
            is_absent=network.nw_path_get_status(path) == _UNSATISFIED,
            is_metered=network.nw_path_is_expensive(path) or network.nw_path_is_constrained(path),
        )
        self._has_answer.set()


_making: Final = threading.Lock()
_watches: Final[list[PathWatch]] = []
"""At most one, made when it is first asked for."""


def look() -> Network:
    """Return how the network is.

    Raises:
        SystemFault: macOS does not tell.
    """
    with _making:
        if not _watches:
            try:
                system = ctypes.CDLL(_SYSTEM)
                block_class = ctypes.addressof(ctypes.c_void_p.in_dll(system, "_NSConcreteGlobalBlock"))
                _watches.append(PathWatch(ctypes.CDLL(_FRAMEWORK), system, block_class))
            except (OSError, AttributeError, ValueError) as error:
                raise SystemFault("macOS does not tell of its network.", detail=repr(error)) from error
    return _watches[0].newest()

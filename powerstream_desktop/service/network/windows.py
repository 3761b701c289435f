"""Windows: the network list manager tells both, over COM. Untried: written from the documentation (``netlistmgr.h``)."""

from __future__ import annotations

import ctypes
import sys
import uuid
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.network.network import Network

_MANAGER_CLASS: Final = uuid.UUID("DCB00C01-570F-4A9B-8D69-199FDBA5723B")
_MANAGER: Final = uuid.UUID("DCB00000-570F-4A9B-8D69-199FDBA5723B")
_COST_MANAGER: Final = uuid.UUID("DCB00008-570F-4A9B-8D69-199FDBA5723B")
_RELEASE: Final = 2
_IS_CONNECTED: Final = 12
"""Behind the three methods of ``IUnknown``, the four of ``IDispatch`` and five of its own."""
_GET_COST: Final = 3
_ALL_CONTEXTS: Final = 0x17
_FIXED, _VARIABLE = 0x2, 0x4
_OVER_LIMIT, _ROAMING, _NEAR_LIMIT = 0x1_0000, 0x4_0000, 0x8_0000


def look() -> Network:
    """Return how the network is.

    Raises:
        SystemFault: Windows does not tell.
    """
    is_connected, cost = _ask()
    return Network(is_absent=not is_connected, is_metered=is_metered_cost(cost))


def is_metered_cost(cost: int) -> bool:
    """Return whether a cost, as flags of ``NLM_CONNECTION_COST``, is one: a plan with a limit, by the byte, or abroad."""
    return bool(cost & (_FIXED | _VARIABLE | _OVER_LIMIT | _ROAMING | _NEAR_LIMIT))


if sys.platform == "win32":

    def _ask() -> tuple[bool, int]:
        ole = ctypes.OleDLL("ole32")  # whatever it refuses is an OSError
        try:
            ole.CoInitializeEx(None, 0)
            try:
                return _is_connected(ole), _cost(ole)
            finally:
                ctypes.windll.ole32.CoUninitialize()
        except OSError as error:
            raise SystemFault("Windows does not tell of its network.", detail=repr(error)) from error

    def _is_connected(ole: ctypes.OleDLL) -> bool:
        answer = ctypes.c_short()
        _call(ole, _MANAGER, _IS_CONNECTED, ctypes.byref(answer))
        return answer.value != 0

    def _cost(ole: ctypes.OleDLL) -> int:
        answer = ctypes.c_uint32()
        _call(ole, _COST_MANAGER, _GET_COST, ctypes.byref(answer), None)
        return answer.value

    def _call(ole: ctypes.OleDLL, interface: uuid.UUID, place: int, *arguments: object) -> None:
        """Call the method at a place of an interface's table; its object lives as long as the call."""
        made = ctypes.c_void_p()
        ole.CoCreateInstance(
            _MANAGER_CLASS.bytes_le, None, _ALL_CONTEXTS, interface.bytes_le, ctypes.byref(made)
        )
        table = ctypes.cast(made, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        kinds = [ctypes.c_void_p] * (1 + len(arguments))
        release = ctypes.WINFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p)(table[_RELEASE] or 0)
        try:
            ctypes.WINFUNCTYPE(ctypes.HRESULT, *kinds)(table[place] or 0)(made, *arguments)
        finally:
            release(made)

else:

    def _ask() -> tuple[bool, int]:
        raise SystemFault("This is not Windows.")

"""Finds the service of this home, also one that is just coming up: it says where it is only once it can be asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.home_lock import is_home_served
from powerstream_desktop.common.service_file import FILE_NAME, ServiceFile, find_service

COMING_UP_S: Final = 20.0
"""For one that has taken the home, and is loading."""
DIED_S: Final = 3.0
"""For one that was killed: its keeper starts it again at once, if the keeper still lives. What is on air then goes on."""
_POLL_S: Final = 0.05


def find_soon(
    runtime: Path, *, clock: Clock = monotonic, sleep: Callable[[float], None] = time.sleep
) -> ServiceFile | None:
    """Return the service that runs or is coming up; None if none is. Blocks only while there are signs of one.

    Args:
        runtime: the runtime folder.
        clock: gives the time.
        sleep: waits.

    Raises:
        SystemFault: the file that says where it is cannot be trusted.
    """
    began_at = clock()
    while (found := find_service(runtime)) is None:
        if clock() - began_at >= _worth_waiting_s(runtime):
            return None
        sleep(_POLL_S)
    return found


def _worth_waiting_s(runtime: Path) -> float:
    if is_home_served(runtime):
        return COMING_UP_S
    # One that ends removes the file; one that dies leaves it.
    return DIED_S if (runtime / FILE_NAME).exists() else 0.0

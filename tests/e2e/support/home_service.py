"""The service that a window started for its home: it goes on without the window, and so must be ended when a test is over."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final, Self

from tests.e2e.support.served import processes_of, wait_until_gone
from tests.e2e.support.waiting import TimedOutError

END_S: Final = 15.0


class HomeService:
    """What runs for a home, whoever started it; all of it is ended at the end.

    Args:
        home: the folder.
    """

    def __init__(self, home: Path) -> None:
        self.home = home

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            pids = processes_of(self.home)
            for pid in pids:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    continue
            try:
                wait_until_gone(pids, timeout_s=END_S)
            except TimedOutError:
                continue

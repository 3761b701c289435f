"""Time as an argument: whoever needs the time is handed a ``Clock``, so tests never wait.

All deadlines and media clocks are monotonic; wall time is only for people (file names, reports).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Returns monotonic seconds; only differences mean anything."""

monotonic: Clock = time.monotonic

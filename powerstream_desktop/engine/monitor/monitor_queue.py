"""Between the program's thread, which must not wait, and the one that feeds a loudspeaker's process. Holds half a second."""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

MOST_SAMPLES: Final = SAMPLE_RATE // 2
"""What waits for longer is heard too late to be of use, so the oldest goes."""
IDLE_SAMPLES: Final = 10 * SAMPLE_RATE
"""After so much silence nothing is passed on any more, and the loudspeaker may rest."""


class MonitorQueue:
    """Blocks of the monitor's sound on their way. Silence that lasts is not passed on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        # Guarded by _changed: put by the program's thread, taken by the monitor's.
        self._blocks: deque[Samples] = deque()
        self._waiting = 0
        self._is_closed = False
        self._quiet = IDLE_SAMPLES  # the program's thread's own
        self.dropped = 0
        """Samples that nobody took in time; written by the program's thread, read by any."""

    @property
    def is_closed(self) -> bool:
        """Nothing comes any more. From any thread."""
        return self._is_closed

    def put(self, samples: Samples) -> None:
        """Take a block, which nobody writes to any more. On the program's thread; never waits."""
        count = samples.shape[1]
        self._quiet = 0 if samples.any() else self._quiet + count
        if self._quiet > IDLE_SAMPLES:
            return
        with self._changed:
            self._blocks.append(samples)
            self._waiting += count
            while self._waiting > MOST_SAMPLES:
                oldest = self._blocks.popleft().shape[1]
                self._waiting -= oldest
                self.dropped += oldest
            self._changed.notify()

    def take(self, timeout_s: float | None) -> Samples | None:
        """Return the oldest block; ``None`` when none came in time, or when it is closed.

        Args:
            timeout_s: for how long to wait; ``None`` for as long as it takes.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._blocks or self._is_closed, timeout_s)
            if self._is_closed or not self._blocks:
                return None
            block = self._blocks.popleft()
            self._waiting -= block.shape[1]
            return block

    def pause(self, timeout_s: float) -> None:
        """Wait, unless it is closed meanwhile; what comes in then is forgotten, so that nothing old is played."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed, timeout_s)
            self._blocks.clear()
            self._waiting = 0

    def close(self) -> None:
        """Wake whoever waits; nothing is taken from it any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

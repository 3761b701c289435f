"""Plays the monitor's sound on a loudspeaker, through a process that is started again whenever it ends.

The process joins the program's clock to the loudspeaker's (``sound_worker``). It runs only while there is something to be heard:
after ten seconds of silence it is ended.
"""

from __future__ import annotations

import io
import logging
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import IO, Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.monitor.monitor_queue import MonitorQueue
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.sound_process import (
    KILL_S,
    MOVE_S,
    REOPEN_S,
    end_sound_process,
    sound_command,
)
from powerstream_desktop.engine.sources.sound_wire import SoundLost, SoundOpened, encode_samples, read_frames

log = logging.getLogger(__name__)

REST_S: Final = 1.0
"""Without a block for so long the process is ended: nothing is to be heard."""
_CHOSEN: Final = SoundLost(title="Another loudspeaker was chosen.", is_moved=True)
_UNEXPLAINED: Final = SoundLost(title="The loudspeaker stopped.", hint="It is tried again.")


class MonitorPlayer:
    """Plays what it is given, for as long as it is open. ``play`` is called on the program's thread, the rest on the engine's.

    Args:
        device: id of the loudspeaker as the device list has it; empty for whichever is the system's default.
        on_change: told with why nothing is heard, once, and with ``None`` when it is again; on a thread of the player's.
        command: how to start a sound process.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        device: str,
        on_change: Callable[[SoundLost | None], None],
        *,
        command: Sequence[str] | None = None,
        clock: Clock = monotonic,
    ) -> None:
        self._command = tuple(command or sound_command())
        self._on_change = on_change
        self._clock = clock
        self._queue = MonitorQueue()
        self._thread = threading.Thread(target=self._run, name="monitor", daemon=True)
        self._lock = threading.Lock()
        # Both guarded by _lock: the device is set by the engine's thread; the process by the monitor's, and killed by the engine's.
        self._device = device
        self._child: subprocess.Popen[bytes] | None = None
        # Written by whichever of the player's threads hears first; never both at once.
        self._told: SoundLost | None = None

    @property
    def dropped(self) -> int:
        """Samples that were not played because the loudspeaker was too slow. From any thread."""
        return self._queue.dropped

    def start(self) -> None:
        """Begin to play what comes."""
        self._thread.start()

    def play(self, samples: Samples) -> None:
        """Take the next block, which nobody writes to any more. Never waits."""
        self._queue.put(samples)

    def choose(self, device: str) -> None:
        """Play on another loudspeaker from now on; the same one again changes nothing."""
        with self._lock:
            if device != self._device:
                self._device = device
                if self._child is not None:
                    self._child.kill()

    def close(self) -> None:
        """End the process and wait for it, but not for a driver that hangs; also right if it was never started."""
        self._queue.close()
        if self._thread.ident is None:
            return
        with self._lock:
            if self._child is not None:
                self._child.kill()  # also where the thread hangs in a write to a process that does not read
        self._thread.join(3 * KILL_S)  # which itself waits for the process, and for who listens to it

    def _run(self) -> None:
        while not self._queue.is_closed:
            first = self._queue.take(None)
            if first is None:
                return
            begun_s = self._clock()
            lost = self._play_on(first)
            if lost is not None and not self._queue.is_closed:
                if not lost.is_moved:
                    self._tell(lost)
                self._queue.pause(max(0.0, begun_s + (MOVE_S if lost.is_moved else REOPEN_S) - self._clock()))

    def _play_on(self, first: Samples) -> SoundLost | None:
        """Run one process until it ends, there is nothing to be heard, or all is over; return why it ended by itself."""
        with self._lock:
            device = self._device
            try:
                # Unbuffered: only this thread writes, and a write that hangs ends with the process.
                child = self._child = subprocess.Popen(  # noqa: S603 - our own program
                    (*self._command, "play", *([device] if device else [])),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    bufsize=0,
                )
            except OSError as error:
                return SoundLost(title="The sound system cannot be used.", detail=repr(error))
        assert child.stdin is not None  # noqa: S101 - pipes, as asked for
        assert child.stdout is not None  # noqa: S101
        causes: list[SoundLost] = []  # the hearing thread's until that has ended
        ears = threading.Thread(
            target=self._hear, args=(child.stdout, causes), name="monitor-reports", daemon=True
        )
        ears.start()
        has_ended = self._feed(child.stdin, first)
        end_sound_process(child)
        ears.join(KILL_S)
        with self._lock:
            self._child = None
            if device != self._device:
                return _CHOSEN
        if not has_ended:
            return None
        return causes[-1] if causes else _UNEXPLAINED

    def _feed(self, pipe: IO[bytes], first: Samples) -> bool:
        """Write blocks; return whether the process took no more."""
        block: Samples | None = first
        try:
            while block is not None:
                _write_all(pipe, encode_samples(block))
                block = self._queue.take(REST_S)
        except OSError:
            return True
        return False

    def _hear(self, stdout: io.RawIOBase, causes: list[SoundLost]) -> None:
        """Listen to a process until it ends; note why it did."""
        with io.BufferedReader(stdout) as stream:
            try:
                for frame in read_frames(stream):
                    match frame:
                        case SoundOpened():
                            log.info("The monitor is heard on %s.", frame.name)
                            self._tell(None)
                        case SoundLost():
                            causes.append(frame)
                            log.info("%s %s", frame.title, frame.detail)
            except BugError as error:
                log.warning("%s %s", error, error.detail)

    def _tell(self, failure: SoundLost | None) -> None:
        if failure != self._told:
            self._told = failure
            self._on_change(failure)


def _write_all(pipe: IO[bytes], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[pipe.write(left) :]

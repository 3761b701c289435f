"""The sound process: records one device, plays on one, or lists all, until its standard input ends or the device does.

    python -m powerstream_desktop.engine.sources.sound_worker record microphone|desktop [ID]
    python -m powerstream_desktop.engine.sources.sound_worker play [ID]
    python -m powerstream_desktop.engine.sources.sound_worker watch

What is to be played comes in on standard input, framed as what is recorded goes out. The engine's clock and the loudspeaker's are
not the same: a ``DriftingInput`` between them bends the rate by as much as it takes.

It ends itself when a device hangs: the engine starts another one.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, NoReturn

import numpy as np

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.mixer.drifting_input import DriftingInput
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.sound_hardware import (
    BLOCK,
    DefaultMovedError,
    Playback,
    Recording,
    list_devices,
)
from powerstream_desktop.engine.sources.sound_wire import (
    SoundDevice,
    SoundDeviceList,
    SoundKind,
    SoundLost,
    SoundOpened,
    encode_report,
    encode_samples,
    read_frames,
)

OPEN_S: Final = 8.0
STALL_S: Final = 3.0
LOOK_S: Final = 1.0
"""How often a watch looks for devices that came or went."""
_TICK_S: Final = 0.25


class _Output:
    """Standard output, and when something was last written to it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self.deadline_s = (
            monotonic() + OPEN_S
        )  # written by the thread that works, read by the one that watches it

    def write(self, frame: bytes) -> None:
        self.go_on()
        try:
            with self._lock:
                self._stream.write(frame)
                self._stream.flush()
        except OSError:  # the engine is gone
            os._exit(0)

    def go_on(self) -> None:
        """The device does not hang."""
        self.deadline_s = monotonic() + STALL_S

    def end(self, lost: SoundLost) -> NoReturn:
        """Report and leave at once: a device that hangs would not let go of its thread."""
        self.write(encode_report(lost))
        os._exit(0)


def main(arguments: Sequence[str]) -> NoReturn:
    """Run the process; see the module."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the engine's; this process ends with it
    output = _Output(sys.stdout.buffer)
    match list(arguments):
        case ["record", kind, *device]:
            work = threading.Thread(
                target=_record, args=(output, SoundKind(kind), "".join(device)), daemon=True
            )
        case ["play", *device]:
            work = threading.Thread(target=_play, args=(output, "".join(device)), daemon=True)
        case ["watch"]:
            work = threading.Thread(target=_watch, args=(output,), daemon=True)
        case _:
            sys.exit("usage: record microphone|desktop [ID] | play [ID] | watch")
    if arguments[0] != "play":  # that reads its input itself
        threading.Thread(target=_end_with_engine, daemon=True).start()
    work.start()
    while monotonic() < output.deadline_s:
        work.join(_TICK_S)
        if not work.is_alive():
            os._exit(1)  # its traceback is in the log
    output.end(
        SoundLost(title="The sound device stopped answering.", hint="Plug it in again if it stays so.")
    )


def _record(output: _Output, kind: SoundKind, device: str) -> None:
    try:
        recording = Recording(kind, device)
        is_first = True
        for block in recording.blocks():
            if is_first:
                output.write(encode_report(SoundOpened(name=recording.name)))
                is_first = False
            output.write(encode_samples(block))
    except DefaultMovedError:
        output.end(SoundLost(title="Another sound device is the default now.", is_moved=True))
    except PowerStreamError as error:
        output.end(SoundLost(title=error.title, hint=error.hint, detail=error.detail))


def _play(output: _Output, device: str) -> None:
    clocks = DriftingInput()
    threading.Thread(target=_take_blocks, args=(clocks,), daemon=True).start()

    def blocks() -> Iterator[Samples]:
        output.write(encode_report(SoundOpened(name=playback.name)))
        while True:
            yield clocks.read(BLOCK)
            output.go_on()

    try:
        playback = Playback(device)
        playback.play(blocks())
    except DefaultMovedError:
        output.end(SoundLost(title="Another sound device is the default now.", is_moved=True))
    except PowerStreamError as error:
        output.end(SoundLost(title=error.title, hint=error.hint, detail=error.detail))


def _take_blocks(clocks: DriftingInput) -> None:
    """Take what is to be played until the engine has no more, which ends the process."""
    try:
        for frame in read_frames(sys.stdin.buffer):
            if isinstance(frame, np.ndarray):
                clocks.write(frame)
    finally:
        os._exit(0)


def _watch(output: _Output) -> None:
    known: tuple[SoundDevice, ...] | None = None
    while True:
        try:
            devices = list_devices()
        except PowerStreamError as error:
            output.end(SoundLost(title=error.title, hint=error.hint, detail=error.detail))
        output.deadline_s = monotonic() + OPEN_S
        if devices != known:
            known = devices
            output.write(encode_report(SoundDeviceList(devices=devices)))
        time.sleep(LOOK_S)


def _end_with_engine() -> None:
    """Wait for the end of standard input, which is the engine's wish or its death."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])

"""A capture that does what a test says, and a clock that stands still until it is moved."""

from __future__ import annotations

import threading

import av
import numpy as np

from powerstream_desktop.engine.sources.port import Capabilities, CaptureSink


class FakeClock:
    """Monotonic seconds, by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeCapture:
    """Gives a grey picture at every opening, unless it is told to fail.

    Attributes:
        failure: what ``open`` raises; ``None`` to succeed.
        check_failure: what ``check`` raises.
        sinks: one for each successful opening.
        threads: names of the threads that called.
    """

    label = "screen X"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.check_failure: Exception | None = None
        self.is_silent = False
        self.sinks: list[CaptureSink] = []
        self.epochs: list[float] = []
        self.openings = 0
        self.closings = 0
        self.threads: set[str] = set()

    def open(self, sink: CaptureSink) -> None:
        self.threads.add(threading.current_thread().name)
        self.openings += 1
        if self.failure is not None:
            raise self.failure
        self.sinks.append(sink)
        if not self.is_silent:
            sink.take(grey(len(self.sinks)))

    def start(self, epoch_s: float) -> None:
        self.epochs.append(epoch_s)

    def show_at(self, width: int, height: int) -> None:
        pass

    def check(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.check_failure is not None:
            raise self.check_failure

    def close(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.closings += 1


def ignore(_sentence: str | None) -> None:
    """Take no notice of a loss."""


def grey(level: int, width: int = 64, height: int = 36) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.full((height, width, 3), level, np.uint8), format="rgb24")


def level_of(frame: av.VideoFrame) -> int:
    return int(frame.to_ndarray(format="rgb24")[0, 0, 0])

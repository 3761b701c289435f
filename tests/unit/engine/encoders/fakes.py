"""Encoders that fail in every way an encoder can, on request."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.live_encoder import Candidate
from powerstream_desktop.engine.encoders.port import EncodedPicture

if TYPE_CHECKING:
    import av


class FakeEncoder:
    """Gives each picture back at once, or after ``holds`` others; fails as told by its fields.

    Attributes:
        raises_at: the slot at which it gives up.
        hangs_at: the slot in which it does not return until ``release`` is set.
        silent_from: the slot from which on it swallows pictures.
    """

    def __init__(
        self, name: str = "fake", *, holds: int = 0, reorders_by: int = 0, tells_late: bool = False
    ) -> None:
        self.name = name
        self._settings = f"headers of {name}".encode()
        self.headers = b"" if tells_late else self._settings
        self.skipped = 0
        self.raises_at: int | None = None
        self.hangs_at: int | None = None
        self.silent_from: int | None = None
        self.release = threading.Event()
        self.rates: list[int] = []
        self.keys: list[int] = []
        self._held: deque[EncodedPicture] = deque()
        self._holds = holds
        self._reorders_by = reorders_by

    def encode(self, _frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[EncodedPicture]:
        if slot == self.raises_at:
            raise SystemFault(f"The encoder {self.name} refused to work.", detail="on request")
        if slot == self.hangs_at:
            self.release.wait()
        if self.silent_from is not None and slot >= self.silent_from:
            return []
        if is_key:
            self.keys.append(slot)
        self.headers = self._settings
        data = f"{self.name} {slot}".encode()
        self._held.append(EncodedPicture(data, self.headers, slot - self._reorders_by, slot, is_key))
        return [self._held.popleft()] if len(self._held) > self._holds else []

    def set_bitrate(self, video_kbps: int) -> None:
        self.rates.append(video_kbps)

    def finish(self) -> list[EncodedPicture]:
        rest = list(self._held)
        self._held.clear()
        return rest


def candidate(encoder: FakeEncoder, *, opened: Callable[[int], None] = lambda _kbps: None) -> Candidate:
    """Offer a fake; ``opened`` is told the rate it is opened with, and may raise."""

    def make(kbps: int) -> FakeEncoder:
        opened(kbps)
        return encoder

    return Candidate(delay=2, make=make)

"""Encoders that fail in every way an encoder can, on request."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.encoder_thread import EncoderThread
from powerstream_desktop.engine.encoders.live_encoder import Candidate
from powerstream_desktop.engine.encoders.port import EncodedPicture

if TYPE_CHECKING:
    import av
    import pytest


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
        self._hangs = threading.Event()
        self.rates: list[int] = []
        self.keys: list[int] = []
        self._held: deque[EncodedPicture] = deque()
        self._holds = holds
        self._reorders_by = reorders_by

    @property
    def hangs(self) -> bool:
        """Whether it is in a call that does not return."""
        return self._hangs.is_set() and not self.release.is_set()

    def encode(self, _frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[EncodedPicture]:
        if slot == self.raises_at:
            raise SystemFault(f"The encoder {self.name} refused to work.", detail="on request")
        if slot == self.hangs_at:
            self._hangs.set()
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


def be_patient_with_who_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program wait as long as a fake works, however slow this machine is, and no longer for one that hangs."""
    answer = EncoderThread.answer

    def answer_unless_it_hangs(thread: EncoderThread, wait_s: float = 0.0) -> list[EncodedPicture] | None:
        given = answer(thread)
        while given is None and wait_s and thread._unanswered:
            assert isinstance(thread._encoder, FakeEncoder)
            if thread._encoder.hangs:
                break
            given = answer(thread, 0.01)
        return given

    monkeypatch.setattr(EncoderThread, "answer", answer_unless_it_hangs)

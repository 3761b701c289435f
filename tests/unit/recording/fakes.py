"""What the recording's unit tests stand on: a clock, a disk and packets of their own making."""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from powerstream_desktop.recording.truth_watch import FileFacts
from powerstream_desktop.rtmp.flv.tags import TagInfo, classify_audio, classify_video
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

AVC_SETTINGS: Final = b"avcC of the first encoder"
AAC_SETTINGS: Final = bytes.fromhex("1190")


class FakeClock:
    """Monotonic seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s

    def advance(self, seconds: float) -> None:
        self.now_s += seconds


@dataclass(frozen=True)
class Written:
    """One write that reached the disk."""

    position: int
    data: bytes


@dataclass(frozen=True)
class Synced:
    """Everything before this is durable."""


@dataclass
class FakeDisk:
    """A disk in memory: keeps a trace of what reached it, and refuses, stutters or stalls on demand."""

    trace: list[Written | Synced] = field(default_factory=list)
    capacity: int | None = None
    """Bytes after which it is full."""
    failing_write: int | None = None
    """An errno that writes answer with."""
    failing_sync: int | None = None
    """An errno that syncs answer with."""
    longest_write: int | None = None
    """It takes no more than this at a time."""
    gate: threading.Event | None = None
    """When set, every call waits for it."""
    is_waiting: threading.Event = field(default_factory=threading.Event)
    """Set as soon as a call waits at the gate."""
    is_named: bool = True
    """Whether the file's name still stands for it."""
    cut_at: int | None = None
    """Another program has cut the file there."""
    size: int = 0
    is_closed: bool = False

    def write_at(self, data: memoryview, position: int) -> int:
        self._pass_gate()
        if self.failing_write is not None:
            raise OSError(self.failing_write, os.strerror(self.failing_write))
        room = len(data) if self.capacity is None else self.capacity - position
        count = min(len(data), room, self.longest_write or len(data))
        if count <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.trace.append(Written(position, bytes(data[:count])))
        self.size = max(self.size, position + count)
        return count

    def flush_to_disk(self, *, data_only: bool) -> None:
        self._pass_gate()
        if self.failing_sync is not None:
            raise OSError(self.failing_sync, os.strerror(self.failing_sync))
        self.trace.append(Synced())

    def facts(self) -> FileFacts:
        self._pass_gate()
        return FileFacts(size_bytes=self.size if self.cut_at is None else self.cut_at, is_there=self.is_named)

    def close(self) -> None:
        self.is_closed = True

    def content(self) -> bytes:
        return replayed(self.trace)

    def open(self, path: Path) -> FakeDisk:
        """Open for a recorder: the name is taken in the real folder, the bytes stay here."""
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return self

    def _pass_gate(self) -> None:
        if self.gate is not None and not self.gate.is_set():
            self.is_waiting.set()
            self.gate.wait()


def replayed(trace: list[Written | Synced]) -> bytes:
    """Return the file that these writes make; what was never written is zero."""
    content = bytearray()
    for step in trace:
        if isinstance(step, Written):
            end = step.position + len(step.data)
            content.extend(bytes(max(0, end - len(content))))
            content[step.position : end] = step.data
    return bytes(content)


def video_header(settings: bytes = AVC_SETTINGS, *, at_ms: int = 0) -> MediaPacket:
    return _packet(MediaKind.VIDEO, at_ms, b"\x17\x00\x00\x00\x00" + settings)


def audio_header(settings: bytes = AAC_SETTINGS, *, at_ms: int = 0) -> MediaPacket:
    return _packet(MediaKind.AUDIO, at_ms, b"\xaf\x00" + settings)


def picture(
    at_ms: int, *, key: bool = False, cts_ms: int = 0, size: int = 40, delta_ms: int = 33
) -> MediaPacket:
    nal = bytes([0x65 if key else 0x41]) + bytes(size)
    cts = (cts_ms & 0xFFFFFF).to_bytes(3, "big")
    payload = bytes([0x17 if key else 0x27, 1]) + cts + len(nal).to_bytes(4, "big") + nal
    return _packet(MediaKind.VIDEO, at_ms, payload, delta_ms=delta_ms)


def sound(at_ms: int, *, size: int = 10, delta_ms: int = 21) -> MediaPacket:
    return _packet(MediaKind.AUDIO, at_ms, b"\xaf\x01" + bytes(size), delta_ms=delta_ms)


def mp3(at_ms: int) -> MediaPacket:
    return _packet(MediaKind.AUDIO, at_ms, b"\x2f\xff\xfb\x94\x64", delta_ms=24)


def metadata(at_ms: int = 0) -> MediaPacket:
    from powerstream_desktop.rtmp.flv.tags import METADATA_TAG

    return MediaPacket(MediaKind.DATA, at_ms, 0, 0, b"\x02\x00\x0aonMetaData", METADATA_TAG, 0.0)


def _packet(kind: MediaKind, at_ms: int, payload: bytes, *, delta_ms: int = 0) -> MediaPacket:
    info: TagInfo = classify_video(payload) if kind is MediaKind.VIDEO else classify_audio(payload)
    return MediaPacket(kind, at_ms, delta_ms, 0, payload, info, arrived_s=at_ms / 1000)

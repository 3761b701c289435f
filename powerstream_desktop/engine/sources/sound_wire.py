"""What a sound process writes to its standard output: samples, and now and then a report as JSON. Pure.

Each frame is one byte for its kind, the length of what follows in four (big endian), and that. Samples are 32-bit floats at
48 kHz, left and right in turn, in the machine's own byte order: both ends run on the same one.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import IO, Final, TypeAlias

import numpy as np

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.sound import CHANNELS, Samples

_HEAD: Final = struct.Struct(">cI")
_SAMPLES: Final = b"S"
_REPORT: Final = b"R"
MAX_FRAME_BYTES: Final = 16 * 1024 * 1024


class SoundKind(StrEnum):
    """Which way a device's sound goes."""

    MICROPHONE = "microphone"
    DESKTOP = "desktop"
    SPEAKER = "speaker"
    """It plays; what it plays is recorded as ``DESKTOP``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDevice:
    """One device that can be recorded, or played on.

    Attributes:
        id: stays the same when the device is unplugged and comes back; what a channel keeps.
        name: for people.
        kind: a microphone (or line in), what a loudspeaker plays, or the loudspeaker itself.
        is_default: what is taken when no device is named.
    """

    id: str
    name: str
    kind: SoundKind
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOpened:
    """Recording has begun; ``name`` is the device's."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundLost:
    """There is no sound, or none any more.

    Attributes:
        title: one sentence for people.
        hint: what to do.
        detail: for the log.
        is_moved: only because another device is the system's default now.
    """

    title: str
    hint: str = ""
    detail: str = ""
    is_moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDeviceList:
    """All devices there are."""

    devices: tuple[SoundDevice, ...]


SoundReport: TypeAlias = SoundOpened | SoundLost | SoundDeviceList


def encode_samples(samples: Samples) -> bytes:
    """Return a frame of samples, given as two rows."""
    body = np.ascontiguousarray(samples.T, np.float32).tobytes()
    return _HEAD.pack(_SAMPLES, len(body)) + body


def encode_report(report: SoundReport) -> bytes:
    """Return a frame with a report."""
    body = json.dumps({"type": type(report).__name__, **asdict(report)}).encode()
    return _HEAD.pack(_REPORT, len(body)) + body


def read_frames(stream: IO[bytes]) -> Iterator[Samples | SoundReport]:
    """Read frames until the stream ends, also in the middle of a frame: the process was killed then.

    Raises:
        BugError: this is not what a sound process writes.
    """
    while True:
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        kind, length = _HEAD.unpack(head)
        if length > MAX_FRAME_BYTES:
            raise BugError("A sound process sent something else than sound.", detail=f"{length} bytes")
        body = stream.read(length)
        if len(body) < length:
            return
        yield np.frombuffer(body, np.float32).reshape(-1, CHANNELS).T if kind == _SAMPLES else _decode(body)


def _decode(body: bytes) -> SoundReport:
    try:
        fields = json.loads(body)
        match fields.pop("type"):
            case "SoundOpened":
                return SoundOpened(**fields)
            case "SoundLost":
                return SoundLost(**fields)
            case "SoundDeviceList":
                devices = (
                    SoundDevice(**{**device, "kind": SoundKind(device["kind"])})
                    for device in fields["devices"]
                )
                return SoundDeviceList(devices=tuple(devices))
            case other:
                raise BugError("A sound process sent an unknown report.", detail=repr(other))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BugError("A sound process sent a damaged report.", detail=repr(error)) from error

"""What a mock ingest saw of its publishers: every connection, picture and sound, with the time at which it came."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.e2e.support.chunk_tap import AUDIO, VIDEO, TappedMessage
from tests.e2e.support.numbered_pictures import TAG_HEADER_SIZE, number_in_tag

KEY_FRAME = 1
AVC, AAC = 7, 10
AVC_PICTURE, AAC_FRAME = 1, 1
DIGEST_SIZE = 8


class Picture(NamedTuple):
    """One H.264 picture.

    Attributes:
        at_s: monotonic time of its arrival.
        dts_ms: decoding time on its connection.
        number: what it says of itself, None if nothing.
        key: whether it can be decoded alone.
        digest: of the access unit, as ``digest_of`` makes it.
    """

    at_s: float
    dts_ms: int
    number: int | None
    key: bool
    digest: bytes


class Sound(NamedTuple):
    """One AAC frame, with the time of its arrival and its decoding time."""

    at_s: float
    dts_ms: int


@dataclass(slots=True)
class Visit:
    """One connection; written by the ingest's thread, read by the test's.

    Attributes:
        opened_s: monotonic time of its accept.
        port: the client's port.
        key: the stream name it published under; empty before that.
        closed_s: monotonic time of its end, None as long as it stands.
        bytes_received: everything that came from the client.
        pictures: what came, in order.
        sounds: what came, in order.
        video_messages: how many, codec configurations included.
    """

    opened_s: float
    port: int
    key: str = ""
    closed_s: float | None = None
    bytes_received: int = 0
    pictures: list[Picture] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    video_messages: int = 0

    def note(self, message: TappedMessage) -> None:
        """Take down a media message; others are left alone."""
        payload = message.payload
        if message.type == VIDEO:
            self.video_messages += 1
            if len(payload) > 1 and payload[0] & 0x0F == AVC and payload[1] == AVC_PICTURE:
                self.pictures.append(
                    Picture(
                        at_s=time.monotonic(),
                        dts_ms=message.timestamp_ms,
                        number=number_in_tag(payload),
                        key=payload[0] >> 4 == KEY_FRAME,
                        digest=digest_of(payload[TAG_HEADER_SIZE:]),
                    )
                )
        elif (
            message.type == AUDIO and len(payload) > 1 and payload[0] >> 4 == AAC and payload[1] == AAC_FRAME
        ):
            self.sounds.append(Sound(time.monotonic(), message.timestamp_ms))


def digest_of(access_unit: bytes) -> bytes:
    """Return a short digest of a picture's bytes, which are the same in RTMP and in MP4."""
    return hashlib.blake2b(access_unit, digest_size=DIGEST_SIZE).digest()

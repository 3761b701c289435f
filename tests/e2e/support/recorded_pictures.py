"""What a recording holds: every picture of it, by its number."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import av

from tests.e2e.support.arrivals import digest_of
from tests.e2e.support.numbered_pictures import number_in_sample


class RecordedPicture(NamedTuple):
    """One picture in a file; the fields are those of ``Picture``."""

    dts_ms: float
    number: int | None
    digest: bytes


def recorded_pictures(files: Iterable[Path]) -> list[RecordedPicture]:
    """Return the pictures of finished recordings, oldest file first."""
    pictures = []
    for path in files:
        with av.open(str(path)) as container:
            for packet in container.demux(video=0):
                if packet.dts is None:
                    continue  # the demuxer's word for the end
                sample = bytes(packet)
                dts_ms = float(packet.dts * packet.time_base) * 1000
                pictures.append(RecordedPicture(dts_ms, number_in_sample(sample), digest_of(sample)))
    return pictures

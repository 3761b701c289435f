"""A recording as the disk saw it, write by write, and what a power cut may leave of it (reliability_security.md 1.3)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av

from powerstream_desktop.rtmp.packet import MediaPacket
from tests.integration.recording.clips import play
from tests.integration.recording.harness import MemoryRecording
from tests.unit.recording.fakes import Synced, Written

POWER_LOSS_MS = 2_000


@dataclass(frozen=True)
class Trace:
    """A whole recording as the disk saw it."""

    steps: list[Written | Synced]
    given_ms: list[int]
    """For each step, up to where the stream had been given when it happened, from the recording's start."""
    closing: int
    """The first step of closing."""


def traced(packets: Sequence[MediaPacket], folder: Path) -> Trace:
    recording = MemoryRecording(folder)
    given_ms: list[int] = []
    start_ms: int | None = None
    for packet in recording.feeding(packets):
        if recording.disks:
            start_ms = recording.writer.progress.origin_ms
            given_ms += [packet.dts_ms - start_ms] * (len(recording.disk.trace) - len(given_ms))
    assert start_ms is not None
    closing = len(recording.disk.trace)
    recording.writer.finish()
    given_ms += [packets[-1].dts_ms - start_ms] * (len(recording.disk.trace) - closing)
    return Trace(recording.disk.trace, given_ms, closing)


def readable_ms(content: bytes) -> float:
    """Return up to where both tracks can be read; minus one when the file does not open."""
    try:
        tracks = play(content)
    except av.FFmpegError:
        return -1.0
    if len(tracks) < 2:
        return -1.0
    return min(max(track.pts_ms) for track in tracks.values())


def lost_ms(content: bytes, given_ms: int) -> float:
    """Return what is missing at the end; everything when the file does not open."""
    return given_ms - max(0.0, readable_ms(content))


def power_cut_states(steps: Sequence[Written | Synced]) -> list[list[Written | Synced]]:
    """Return what may be on the disk: all that was synced, and any choice of the writes after the last sync."""
    last_sync = max((index for index, step in enumerate(steps) if isinstance(step, Synced)), default=-1)
    durable, pending = list(steps[: last_sync + 1]), steps[last_sync + 1 :]
    return [
        [*durable, *(step for step, survives in zip(pending, choice, strict=True) if survives)]
        for choice in itertools.product((False, True), repeat=len(pending))
    ]

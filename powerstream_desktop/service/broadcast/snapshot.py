"""A broadcast as others see it: how it stands, and what became of it. Frozen values, made on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.control.reports import Stats
from powerstream_desktop.engine.life_cycle import EngineSnapshot
from powerstream_desktop.platforms.findings import Finding
from powerstream_desktop.relay.hls.snapshot import HLSSnapshot
from powerstream_desktop.relay.ingest.receiver import ReceiverReport
from powerstream_desktop.relay.snapshot import RelaySnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState

if TYPE_CHECKING:
    from powerstream_desktop.recording.snapshot import RecordingResult, RecordingSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSnapshot:
    """A broadcast at one moment.

    Attributes:
        engine: how the engine stands; None when an external encoder publishes.
        engine_stats: its newest figures; None until its first ones, and from its death to those of the next one.
        engine_source: what it shows, in words for people; empty until it says so.
        engine_troubles: what hinders an engine that runs: a source is gone, the relay cannot be reached, a notice with
            its remedy; sentences.
        last_end: why the broadcast before this one ended, when its encoder did not come back; a sentence.
        findings: what in the stream that comes in will not go well with the platforms that get it.
    """

    state: BroadcastState
    elapsed_s: float
    ingest_url: str
    relay: RelaySnapshot
    recording: RecordingSnapshot | None
    hls: HLSSnapshot | None = None
    engine: EngineSnapshot | None
    engine_stats: Stats | None
    engine_source: str
    engine_troubles: tuple[str, ...]
    last_end: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSummary:
    """What became of a broadcast.

    Attributes:
        relay: its last state, with the causes of those that are ``cut_off``.
        cut_off: names of the destinations that were lost or rejected when the end came.
        failure: why it ended, or never began; None when it was ended.
    """

    duration_s: float
    relay: RelaySnapshot
    cut_off: tuple[str, ...]
    recordings: tuple[RecordingResult, ...]
    receiver: ReceiverReport | None
    failure: PowerStreamError | None

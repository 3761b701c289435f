"""The mixer: all channels become the program's sound and the user's monitor sound. It is a ``SoundSource`` like any other.

The program's thread reads; whoever has a command calls ``apply`` and ``hold`` from another thread. Sources are opened and closed
on that other thread, so a read never waits for a device or a file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.mixer.channel import Channel
from powerstream_desktop.engine.mixer.filter_graph import GraphBuilder, build_graph
from powerstream_desktop.engine.mixer.loudness import Loudness
from powerstream_desktop.engine.mixer.meter import Meter, read_loudness
from powerstream_desktop.engine.mixer.program_limiter import LATENCY, ProgramLimiter
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings, SoundContent
from powerstream_desktop.engine.mixer.snapshot import ChannelSnapshot, MixerSnapshot
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, Silence, SoundSource, silence
from powerstream_desktop.engine.watchdogs.facts import ChannelFacts

SNAPSHOT_EVERY: Final = SAMPLE_RATE // 15
"""Samples; meters are told ten times a second, and each was measured over all that came since the one before."""
SETTLED: Final = 10 * SAMPLE_RATE
"""Samples of silence after which limiter, meters and loudness have come to rest: the highest peak falls for seven seconds."""
LEAVE_S: Final = 0.25
"""How long ``apply`` waits for channels to fade out before it takes them away anyhow, as when nobody reads."""

OpenSound: TypeAlias = Callable[[SoundContent], SoundSource]
"""Makes the source of a content, not opened yet."""
MonitorOutput: TypeAlias = Callable[[Samples], None]
"""Takes the monitor's samples, block after block; called on the program's thread, never blocks."""


@dataclass(slots=True)
class _Strip:
    """A channel with what the mixer has to know of it."""

    channel: Channel
    problem: str  # why the source could not be opened


class Mixer:
    """Mixes.

    Args:
        settings: to begin with.
        make_source: for each content that is wanted.
        monitor: where the monitor's sound goes; without one it is not made.
        build: sets filters up.
    """

    def __init__(
        self,
        settings: MixerSettings,
        make_source: OpenSound,
        *,
        monitor: MonitorOutput | None = None,
        build: GraphBuilder = build_graph,
    ) -> None:
        self._settings = settings
        self._make_source = make_source
        self._monitor = monitor
        self._build = build
        self._is_started = False
        self._changing = threading.Lock()  # one apply at a time
        self._changed = threading.Condition()
        # Guarded by _changed: read by the program's thread, changed by the one that commands.
        self._strips: dict[str, _Strip] = {}
        # The rest belongs to the program's thread, but for the snapshot and the delay: replaced whole, read by any.
        self._limiter = ProgramLimiter()
        self._meter = Meter()
        self._loudness = Loudness()
        self._unseen = SNAPSHOT_EVERY  # the first read is told of at once
        self._quiet = SETTLED  # samples of digital silence that have gone by; nothing has moved yet
        self._delay = 0
        self._snapshot = self._take_snapshot()

    @property
    def settings(self) -> MixerSettings:
        """As of the last ``apply``."""
        return self._settings

    @property
    def snapshot(self) -> MixerSnapshot:
        """The newest meters, at most 15 new ones a second; from any thread."""
        return self._snapshot

    @property
    def delay_ms(self) -> float:
        """By how much the sound is late; pictures have to wait as long. From any thread."""
        return (self._delay + LATENCY) * 1000 / SAMPLE_RATE

    def open(self) -> None:
        """Open the sources of all channels; one that cannot be opened is silent and says why in the snapshot."""
        self.apply(self._settings)

    def start(self) -> None:
        """Let all sources deliver."""
        with self._changing:
            self._is_started = True
            for strip in self._strips.values():
                strip.channel.source.start()

    def close(self) -> None:
        """Close all sources and wait for them."""
        with self._changing, self._changed:
            strips, self._strips = self._strips, {}
        for strip in strips.values():
            strip.channel.source.close()

    def apply(self, settings: MixerSettings) -> None:
        """Take other settings. Blocks while new sources open and old channels fade out, never the program meanwhile."""
        with self._changing:
            wanted = {channel.id: channel for channel in settings.channels}
            gone = [
                id_
                for id_, strip in self._strips.items()
                if id_ not in wanted or wanted[id_].content != strip.channel.settings.content
            ]
            self._remove(gone)
            fresh = {id_: self._open(wanted[id_]) for id_ in wanted if id_ not in self._strips}
            with self._changed:
                strips = self._strips | fresh
                for id_, channel in wanted.items():
                    strips[id_].channel.change(channel)
                self._strips = {id_: strips[id_] for id_ in wanted}
                self._settings = settings

    def hold(self, channel: str, *, is_held: bool) -> None:
        """The key of push to talk is held, or not any more; nothing happens for a channel that is gone."""
        with self._changed:
            if channel in self._strips:
                self._strips[channel].channel.hold(is_held=is_held)

    def facts(self, late_ms: Callable[[str], float] = lambda _channel: 0.0) -> tuple[ChannelFacts, ...]:
        """Return what a watchdog has to know; each call begins a new look.

        Args:
            late_ms: of a channel's source.
        """
        with self._changed:
            return tuple(_facts(strip, late_ms(id_)) for id_, strip in self._strips.items())

    def read(self, position: int, count: int) -> Samples:
        """Return exactly ``count`` samples of the program."""
        with self._changed:
            channels = [strip.channel for strip in self._strips.values()]
            self._delay = max([0, *(channel.wanted_delay for channel in channels)])
            for channel in channels:
                channel.settle(self._delay)
            blocks = [channel.make(position, count) for channel in channels]
            self._changed.notify_all()
        mixed = self._finished(_sum([block.program for block in blocks], count))
        if self._monitor is not None:
            heard = _sum([block.monitor for block in blocks], count)
            self._monitor(np.clip(heard, -1.0, 1.0, out=heard))
        self._unseen += count
        if self._unseen >= SNAPSHOT_EVERY:
            self._unseen = 0
            self._snapshot = self._take_snapshot()
        return mixed

    def _finished(self, total: Samples) -> Samples:
        """Limit and measure; digital silence that has lasted changes neither any more, and costs nothing."""
        self._quiet = 0 if total.any() else self._quiet + total.shape[1]
        if self._quiet > SETTLED:
            return total
        mixed = self._limiter.process(total)
        self._meter.add(mixed)
        self._loudness.add(mixed)
        return mixed

    def _open(self, settings: ChannelSettings) -> _Strip:
        problem = ""
        source = self._make_source(settings.content)
        try:
            source.open()
        except PowerStreamError as error:
            source.close()
            source, problem = Silence(), str(error)
        if self._is_started:
            source.start()
        channel = Channel(settings, source, program_delay=self._delay, build=self._build)
        return _Strip(channel, problem)

    def _remove(self, ids: Sequence[str]) -> None:
        """Fade channels out, take them away, close their sources."""
        if not ids:
            return
        with self._changed:
            leaving = [self._strips[id_].channel for id_ in ids]
            for channel in leaving:
                channel.leave()
            self._changed.wait_for(lambda: all(channel.is_silent for channel in leaving), LEAVE_S)
            self._strips = {id_: strip for id_, strip in self._strips.items() if id_ not in ids}
        for channel in leaving:
            channel.source.close()

    def _take_snapshot(self) -> MixerSnapshot:
        return MixerSnapshot(
            channels=tuple(
                ChannelSnapshot(
                    id=id_,
                    is_open=strip.channel.is_open,
                    meter=strip.channel.meter.read(),
                    problem=strip.problem or " ".join(fault.title for fault in strip.channel.faults),
                )
                for id_, strip in self._strips.items()
            ),
            program=self._meter.read(),
            loudness=read_loudness(self._loudness),
            reduction_db=self._limiter.reduction_db,
            delay_ms=self.delay_ms,
        )


def _sum(blocks: Sequence[Samples | None], count: int) -> Samples:
    total = silence(count)
    for block in blocks:
        if block is not None:
            total += block
    return total


def _facts(strip: _Strip, late_ms: float) -> ChannelFacts:
    channel = strip.channel
    return ChannelFacts.of(
        channel.settings, channel.take_peak(), is_open=channel.is_open and not strip.problem, late_ms=late_ms
    )

"""One channel of the mixer: source, delay and filters, fader, meter. Belongs to the program's thread; knows no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.mixer.fader import CLOSED, IDENTITY, Fader, Matrix, mix_matrix
from powerstream_desktop.engine.mixer.filter_chain import FilterChain
from powerstream_desktop.engine.mixer.filter_graph import GraphBuilder, build_graph
from powerstream_desktop.engine.mixer.filter_settings import FilterSettings
from powerstream_desktop.engine.mixer.lanes import Lane, Lanes
from powerstream_desktop.engine.mixer.levels import factor
from powerstream_desktop.engine.mixer.meter import Meter
from powerstream_desktop.engine.mixer.settings import ChannelSettings, Monitor
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, SoundSource

GAIN_GLIDE: Final = SAMPLE_RATE // 100
"""Samples (10 ms) that a change of gain, width, balance or monitor takes."""
KEY_GLIDE: Final = SAMPLE_RATE // 50
"""Samples (20 ms) in which a channel opens or closes."""


@dataclass(frozen=True, slots=True)
class ChannelBlock:
    """What a channel gives to one slot: to the audience, and to the user. ``None`` is silence."""

    program: Samples | None
    monitor: Samples | None


class Channel:
    """One channel.

    Args:
        settings: as they stand.
        source: opened; stays its owner's.
        program_delay: samples, see ``settle``.
        build: sets filters up.
    """

    def __init__(
        self,
        settings: ChannelSettings,
        source: SoundSource,
        *,
        program_delay: int,
        build: GraphBuilder = build_graph,
    ) -> None:
        self.source = source
        self.settings = settings
        self.meter = Meter()
        self._build = build
        self._is_held = False
        self._is_leaving = False
        self._peak = 0.0
        self._bypassed: tuple[PowerStreamError, ...] = ()
        self._broken: tuple[FilterSettings, ...] = ()
        self._filters = settings.filters
        chain = FilterChain(settings.filters, build)
        self._lanes = Lanes(Lane(self._delay(chain, program_delay), chain))
        self._gate = Fader(CLOSED)
        self._own = Fader(CLOSED)
        self._to_program = Fader(self._route(Monitor.ONLY))
        self._to_monitor = Fader(self._route(Monitor.OFF))
        self._move(KEY_GLIDE)

    @property
    def is_open(self) -> bool:
        """It is meant to be heard now."""
        return self._is_let_in and not self._is_leaving

    @property
    def is_silent(self) -> bool:
        """Nothing comes out of it, and nothing is about to."""
        return self._own.is_closed

    @property
    def wanted_delay(self) -> int:
        """Samples by which the program has to be late so that this channel can be heard when it should; may be negative."""
        return self._lanes.lane.chain.latency - self._offset

    @property
    def faults(self) -> tuple[PowerStreamError, ...]:
        """Why filters are left out."""
        return self._bypassed or self._lanes.lane.chain.faults

    def take_peak(self) -> float:
        """Return the highest amplitude that came in since the last call, before filters and gain; 0 for nothing but zeros."""
        peak, self._peak = self._peak, 0.0
        return peak

    def change(self, settings: ChannelSettings) -> None:
        """Take other settings; heard from the next block on, without a click."""
        if settings.filters != self.settings.filters:
            self._broken, self._bypassed = (), ()
        glide = GAIN_GLIDE if settings.is_muted == self.settings.is_muted else KEY_GLIDE
        self.settings = settings
        self._move(glide)

    def hold(self, *, is_held: bool) -> None:
        """The key of push to talk is held, or not any more."""
        self._is_held = is_held
        self._move(KEY_GLIDE)

    def leave(self) -> None:
        """Fade out for good; the channel can be taken away once it ``is_silent``."""
        self._is_leaving = True
        self._move(KEY_GLIDE)

    def settle(self, program_delay: int) -> None:
        """Go over to what delay and filters should be, unless a change is still going on.

        Args:
            program_delay: samples by which the whole program is late; at least ``wanted_delay`` once all have settled.
        """
        lane = self._lanes.lane
        if lane.chain.has_broken and not self._broken:
            self._broken, self._bypassed = self.settings.filters, lane.chain.faults
        if self._lanes.is_changing:
            return
        wanted = () if self._broken else self.settings.filters
        if wanted == self._filters and self._delay(lane.chain, program_delay) == lane.delay:
            return
        self._filters = wanted
        chain = FilterChain(wanted, self._build)
        self._lanes.change(Lane(self._delay(chain, program_delay), chain))

    def make(self, position: int, count: int) -> ChannelBlock:
        """Return what is heard at a place of the program."""
        samples = self.source.read(position, count)
        self._look(samples)
        heard = self._own.apply(self._lanes.run(self._gate.apply(samples)))
        self.meter.add(heard)
        return ChannelBlock(
            program=None if self._to_program.is_closed else self._to_program.apply(heard),
            monitor=None if self._to_monitor.is_closed else self._to_monitor.apply(heard),
        )

    @property
    def _is_let_in(self) -> bool:
        """What comes in now is meant to be heard, however late."""
        is_key_up = self.settings.is_push_to_talk and not self._is_held
        return not (self.settings.is_muted or is_key_up)

    @property
    def _offset(self) -> int:
        return self.settings.sync_offset_ms * SAMPLE_RATE // 1000

    def _delay(self, chain: FilterChain, program_delay: int) -> int:
        """Return the delay before the filters. It is cut short for as long as the program is not late enough yet."""
        return max(0, program_delay + self._offset - chain.latency)

    def _move(self, glide: int) -> None:
        settings = self.settings
        matrix = mix_matrix(factor(settings.gain_db), settings.width, settings.balance)
        # In front of the delay, too: what was said while nobody should hear it must not come out when the channel opens again.
        self._gate.move(IDENTITY if self._is_let_in else CLOSED, KEY_GLIDE)
        # A key that is let go ends what comes in; what was said before still has to come out. Mute ends both at once.
        is_shut = self.settings.is_muted or self._is_leaving
        self._own.move(CLOSED if is_shut else matrix, glide)
        self._to_program.move(self._route(Monitor.ONLY), GAIN_GLIDE)
        self._to_monitor.move(self._route(Monitor.OFF), GAIN_GLIDE)

    def _route(self, closed_by: Monitor) -> Matrix:
        return CLOSED if self.settings.monitor is closed_by else IDENTITY

    def _look(self, samples: Samples) -> None:
        if samples.shape[1]:
            self._peak = max(self._peak, float(samples.max()), -float(samples.min()))

"""A channel's filters: as many samples out as in, always equally late, and a filter that fails is left out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.mixer.filter_graph import (
    FilterGraph,
    GraphBuilder,
    build_graph,
    hoard_of,
    latency_of,
)
from powerstream_desktop.engine.mixer.filter_settings import FilterSettings
from powerstream_desktop.engine.sound import Samples, silence


class FilterChain:
    """A row of filters that work.

    Args:
        filters: in the order in which the sound passes them. Those that cannot be set up are left out.
        build: sets them up.
    """

    def __init__(self, filters: Sequence[FilterSettings], build: GraphBuilder = build_graph) -> None:
        self.faults: tuple[SystemFault, ...] = ()
        """Why filters were left out."""
        self._graph, working = self._build(filters, build)
        self.has_broken = False
        """A filter failed while it worked: from then on the sound passes unfiltered."""
        self.has_filters = bool(working)
        hoard = sum(map(hoard_of, working))
        self.latency = hoard + sum(map(latency_of, working))
        """Samples between what goes in and what comes out."""
        self._waiting = silence(hoard)

    def process(self, samples: Samples) -> Samples:
        """Return as many samples as were given."""
        if self._graph is None:
            return samples
        count = samples.shape[1]
        try:
            filtered = self._graph.process(samples)
        except SystemFault as fault:
            self.faults = (*self.faults, fault)
            self._graph, self.has_broken = None, True
            return samples
        if filtered.shape[1] == count and not self._waiting.shape[1]:
            return filtered
        whole = np.concatenate((self._waiting, filtered), axis=1)
        missing = count - whole.shape[1]
        if missing > 0:
            whole = np.concatenate((silence(missing), whole), axis=1)
        self._waiting = whole[:, count:]
        return whole[:, :count]

    def _build(
        self, filters: Sequence[FilterSettings], build: GraphBuilder
    ) -> tuple[FilterGraph | None, Sequence[FilterSettings]]:
        if not filters:
            return None, ()
        try:
            return build(filters), filters
        except SystemFault as fault:
            if len(filters) == 1:
                self.faults = (fault,)
                return None, ()
        working = [settings for settings in filters if self._can_be_built(settings, build)]
        try:
            return (build(working) if working else None), working
        except SystemFault as fault:
            self.faults = (*self.faults, fault)
            return None, ()

    def _can_be_built(self, settings: FilterSettings, build: GraphBuilder) -> bool:
        try:
            build([settings])
        except SystemFault as fault:
            self.faults = (*self.faults, fault)
            return False
        return True

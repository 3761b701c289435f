"""The stage: keeps the sources open that the studio needs, each once however many layers show it.

Belongs to the engine's control thread. A scene is switched to when what it shows is there, or after a second at the latest;
what is still missing then has a placeholder. The program only reads ``show`` and is never waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.engine.scene.sources import Source
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.sources.port import SourceEvents
from powerstream_desktop.engine.stage.needs import Canvases, kept_cameras, shown_sizes
from powerstream_desktop.engine.stage.show import Show
from powerstream_desktop.engine.stage.staged_source import CLOSE_S, MakeSource, StagedSource

SWITCH_WAIT_S: Final = 1.0
"""A scene comes on after this time, whatever is still missing in it."""
FIRST_WAIT_S: Final = 15.0
"""For sources that must be there at the start: a camera may need twelve seconds."""


class Stage:
    """Opens and closes sources as the studio asks for them.

    Args:
        canvases: size of each rendition that may be encoded.
        make: adapters.
        events_of: who is told about a source.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        canvases: Canvases,
        make: MakeSource,
        events_of: Callable[[Source], SourceEvents],
        clock: Clock = monotonic,
    ) -> None:
        self._canvases = canvases
        self._make = make
        self._events_of = events_of
        self._clock = clock
        self._sources: dict[str, StagedSource] = {}
        self._leaving: list[StagedSource] = []
        self._epoch_s: float | None = None
        self._show: Show | None = None  # replaced whole by the control thread, read by the program's

    @property
    def show(self) -> Show:
        """What is on air. From any thread; the stage must have been set."""
        if self._show is None:
            raise BugError("The program was started on an empty stage.")
        return self._show

    @property
    def label(self) -> str:
        """What is on, in words for people: the source if it is the only one, else the scene."""
        show = self.show
        if len(show.sources) == 1:
            return next(iter(show.sources.values())).label
        return show.scene.name

    def set(self, studio: Studio, *, must_open: bool) -> None:
        """Open the sources of the first scene.

        Args:
            studio: what is on.
            must_open: wait for them, and fail when one cannot be had.

        Raises:
            PowerStreamError: why a source that must be there is not.
        """
        on_air = self._open(studio)
        self._wait_for(on_air, FIRST_WAIT_S if must_open else SWITCH_WAIT_S)
        if must_open:
            for source in on_air:
                if source.failure is not None:
                    raise source.failure
        self._raise_curtain(studio, on_air)

    def apply(self, studio: Studio) -> None:
        """Take an edit, or switch to another scene: open what it needs, show it, let go of the rest."""
        on_air = self._open(studio)
        self._wait_for(on_air, SWITCH_WAIT_S)
        self._raise_curtain(studio, on_air)

    def start(self, epoch_s: float) -> None:
        """Let all sources follow the program, whose slot 0 is at this monotonic time."""
        self._epoch_s = epoch_s
        for source in self._sources.values():
            source.start(epoch_s)

    def restart(self, source_id: str) -> None:
        """Begin a source anew: a media file at the next slot, any other by opening it again. Waits for a second at most.

        Raises:
            UserError: it is not open.
            PowerStreamError: it cannot be played any more; what plays goes on.
        """
        staged = self._sources.get(source_id)
        if staged is None or staged.is_gone:
            raise UserError("This source is not on air.", hint="Switch to a scene that shows it.")
        if staged.restart():
            return
        self._sources[source_id] = fresh = self._replaced(staged.source, staged)
        show = self._show
        if show is not None and source_id in show.sources:
            self._wait_for([fresh], SWITCH_WAIT_S)
            self._show = replace(show, sources={**show.sources, source_id: fresh})

    def staged(self, source_id: str) -> StagedSource | None:
        """Return a source that is on air; ``None`` for any other. From any thread."""
        show = self._show
        return None if show is None else show.sources.get(source_id)

    def close(self) -> None:
        """Close all sources at once and wait for them, a few seconds at most."""
        sources = [*self._sources.values(), *self._leaving]
        for source in sources:
            source.dismiss()
        until_s = time.monotonic() + CLOSE_S
        for source in sources:
            source.wait_closed(max(0.0, until_s - time.monotonic()))

    def _open(self, studio: Studio) -> list[StagedSource]:
        """Open what the studio needs; return what its scene shows."""
        sizes = shown_sizes(studio, self._canvases)
        for source_id in {**dict.fromkeys(sizes), **dict.fromkeys(kept_cameras(studio))}:
            self._sources[source_id] = staged = self._staged(studio.source(source_id))
            if source_id in sizes:
                staged.show_at(sizes[source_id])
        return [self._sources[source_id] for source_id in sizes]

    def _staged(self, source: Source) -> StagedSource:
        """Return a source, open or opening; anew if it is not there, is going, or has become another."""
        before = self._sources.get(source.id)
        if before is not None and before.source.content == source.content and before.want():
            if before.source != source:
                before.rename(source)
            return before
        return self._replaced(source, before)

    def _replaced(self, source: Source, before: StagedSource | None) -> StagedSource:
        if before is not None:
            before.dismiss()
            self._leaving.append(before)
        staged = StagedSource(source, self._make, self._events_of(source), self._clock, before)
        if self._epoch_s is not None:
            staged.start(self._epoch_s)
        staged.open()
        return staged

    def _wait_for(self, sources: Iterable[StagedSource], patience_s: float) -> None:
        for source in sources:
            source.decided.wait(max(0.0, source.began_s + patience_s - self._clock()))

    def _raise_curtain(self, studio: Studio, on_air: Iterable[StagedSource]) -> None:
        shown = {source.source.id: source for source in on_air}
        self._show = Show(
            scene=studio.on_air,
            transition=studio.transition,
            portrait_window=studio.portrait_window,
            sources=shown,
        )
        kept = kept_cameras(studio)
        known = {source.id for source in studio.sources}
        for source_id, source in list(self._sources.items()):
            if source_id not in known:
                source.dismiss()
                self._leaving.append(self._sources.pop(source_id))
            elif source.is_gone:
                del self._sources[source_id]
            elif source_id not in shown and source_id not in kept:
                source.unwant()
        self._leaving = [source for source in self._leaving if not source.is_gone]

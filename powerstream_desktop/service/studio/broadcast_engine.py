"""The engine of a broadcast: its process, and what its reports tell."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import Fault, PowerStreamError, SystemFault, UserError
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.reports import (
    Disconnected,
    EncoderChanged,
    EngineReport,
    Failed,
    Notice,
    Publishing,
    SlateReady,
    SourceBack,
    SourceLost,
    Started,
    Stats,
)
from powerstream_desktop.engine.life_cycle import EngineSnapshot
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.service.studio.engine_process import EngineProcess
from powerstream_desktop.service.studio.slate_file import SlateFile

logger = logging.getLogger(__name__)


class BroadcastEngine:
    """Starts the engine and listens to it. Owner: the broadcast, on its loop.

    Args:
        config: what it shows and encodes, and where it publishes.
        clock: the loop's time.
        use_slate: takes each slate that it leaves.
        on_given_up: called once with the reason when it will not be started again.
    """

    def __init__(
        self,
        config: EngineConfig,
        clock: Clock,
        *,
        use_slate: Callable[[Rendition, Slate], None],
        on_given_up: Callable[[PowerStreamError], None],
    ) -> None:
        self._process = EngineProcess(config, clock, self._reported)
        self._slates = {rendition: SlateFile(partial(use_slate, rendition)) for rendition in Rendition}
        self._on_given_up = on_given_up
        # What hinders an engine that runs, in words, by what it is about.
        self._troubles: dict[tuple[str, ...], str] = {}
        self.stats: Stats | None = None
        """The newest figures; None until the first ones, and from its death to those of the next one."""
        self.source = ""
        """What it shows, in words for people; empty until it says so."""

    async def start(self) -> None:
        """Start the process; from now on it is kept running."""
        await self._process.start()

    async def aclose(self) -> None:
        """Let it end its program properly, and wait for that."""
        await self._process.aclose()
        for slates in self._slates.values():
            await slates.aclose()

    def set_bitrate(self, video_kbps: int) -> None:
        """Give its landscape pictures another bitrate, also those of engines to come."""
        self._process.set_bitrate(video_kbps)

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Have these encoded and published from now on, also by engines to come."""
        self._process.set_renditions(renditions)

    @property
    def snapshot(self) -> EngineSnapshot:
        """How the process stands."""
        return self._process.snapshot

    @property
    def troubles(self) -> tuple[str, ...]:
        """What hinders an engine that runs: a source is gone, no relay, a notice with its remedy; sentences."""
        return tuple(self._troubles.values())

    def _reported(self, report: EngineReport) -> None:
        match report:
            case Stats():
                self.stats = report
                self._forget_relays_but({each.rendition for each in report.renditions})
            case Started(source=source):
                self.source = source
            case Failed():
                self._failed(report)
            case SlateReady(rendition=rendition, path=path):
                self._slates[rendition].ready(Path(path))
            case EncoderChanged(rendition=rendition, encoder=encoder, title=title):
                logger.info("The %s is encoded by %s now: %s", rendition.value, encoder, title)
            case _:
                self._weigh(report)

    def _forget_relays_but(self, renditions: Collection[Rendition]) -> None:
        """A rendition that is not made any more has no relay to miss; nobody will say that it is back."""
        for rendition in Rendition:
            if rendition not in renditions:
                self._troubles.pop(("relay", rendition), None)

    def _weigh(self, report: EngineReport) -> None:
        """Keep in mind what hinders it, and forget what is over."""
        match report:
            case Disconnected(rendition=rendition, title=title):
                self._troubles["relay", rendition] = title
            case Publishing(rendition=rendition):
                self._troubles.pop(("relay", rendition), None)
            case SourceLost(source_id=source_id, title=title):
                self._troubles["source", source_id] = title
            case SourceBack(source_id=source_id):
                self._troubles.pop(("source", source_id), None)
            case Notice(code=code, subject=subject, title=title, hint=hint, is_over=False):
                self._troubles["notice", code, subject] = f"{title} {hint}".rstrip()
            case Notice(code=code, subject=subject):
                self._troubles.pop(("notice", code, subject), None)
            case _:
                pass

    def _failed(self, report: Failed) -> None:
        """An engine that will be started again is its supervisor's affair; one that cannot work ends the broadcast."""
        logger.info("The engine failed: %s", report.title)
        self.stats = None
        self._troubles.clear()
        if self._process.snapshot.retry_at_s is None:
            kind = UserError if report.fault is Fault.USER else SystemFault
            self._on_given_up(kind(report.title, hint=report.hint))

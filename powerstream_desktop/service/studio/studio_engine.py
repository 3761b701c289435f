"""The studio's engine: one process that runs while anybody needs it, whoever that is.

A window watches it before, during and after a broadcast, and a broadcast sends its program; ``engine_wishes`` says who needs it
and for how long, ``engine_memory`` what it told last, ``EngineProcess`` keeps it running meanwhile. An engine that died on air
is on air again with the next one's first picture. One that runs with other settings than are wanted now is ended, and followed
by another, before it goes on air.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault, UserError
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    HoldToTalk,
    Privacy,
    Publish,
    SetBitrate,
    SetRenditions,
    Start,
    Stop,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
)
from powerstream_desktop.engine.control.desk_reports import Devices, SoundChanged, SoundLevels, StudioChanged
from powerstream_desktop.engine.control.reports import (
    EncoderChanged,
    EngineReport,
    Failed,
    PreviewReady,
    SlateReady,
    Stats,
)
from powerstream_desktop.engine.life_cycle import EngineSnapshot, EngineState
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.service.studio.air_time import AirTime
from powerstream_desktop.service.studio.engine_memory import EngineMemory
from powerstream_desktop.service.studio.engine_process import EngineProcess
from powerstream_desktop.service.studio.engine_supply import EngineSupply, is_given_up, reason_of
from powerstream_desktop.service.studio.engine_wishes import EngineWishes

logger = logging.getLogger(__name__)

ON_AIR_S: Final = 25.0
"""For an engine that is only just starting to have gone on air."""
OFF_AIR_S: Final = 5.0
"""For the encoders to be flushed and the relay to be told goodbye."""

_OF_THE_BROADCAST: Final = (Start, Stop, Publish, Unpublish, SetRenditions, SetBitrate)


class StudioEngine:
    """Lends the engine to everybody. Belongs to one asyncio loop; all methods are called on it.

    Args:
        make_config: says what an engine is asked for that is started now; where it publishes is filled in.
        clock: the loop's time.
        on_report: takes every report after it was taken in here; must not block.
        command: how to start the process, if not as this program's own.
    """

    def __init__(
        self,
        make_config: Callable[[], EngineConfig],
        clock: Clock,
        on_report: Callable[[EngineReport], None] | None = None,
        *,
        command: Sequence[str] | None = None,
    ) -> None:
        self._make_config = make_config
        self._clock = clock
        self._on_report = on_report
        self._command = command
        self._wishes = EngineWishes(clock)
        self._memory = EngineMemory()
        self._air: AirTime | None = None
        self._supply = EngineSupply(make_config, self._process_for, self._memory.ended, clock)
        self._wishes_changed = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._is_closed = False

    @property
    def wanted_config(self) -> EngineConfig:
        """What an engine is asked for that goes on air now; UserError if that cannot be."""
        return self._make_config()

    @property
    def snapshot(self) -> EngineSnapshot:
        """How its process stands."""
        return self._supply.snapshot

    @property
    def stats(self) -> Stats | None:
        """Its newest figures; ``None`` until its first ones, and from its death to those of the next one."""
        return self._memory.stats

    @property
    def source(self) -> str:
        """What it shows, in words for people; empty until it says so."""
        return self._memory.source

    @property
    def studio(self) -> StudioChanged | None:
        """Sources and scenes as they were last told; ``None`` before the first engine told them."""
        return self._memory.studio

    @property
    def sound(self) -> SoundChanged | None:
        """The mixer's settings, likewise."""
        return self._memory.sound

    @property
    def levels(self) -> SoundLevels | None:
        """The meters; ``None`` while nobody watches them."""
        return self._memory.levels

    @property
    def devices(self) -> Devices | None:
        """What can be captured, as the engine that runs told it last; ``None`` until it was asked for."""
        return self._memory.devices

    @property
    def preview(self) -> PreviewReady | None:
        """Where the preview's ring is; ``None`` while nobody watches."""
        return self._memory.preview

    @property
    def is_private(self) -> bool:
        """The audience sees "Be right back" and hears nothing, or will as soon as there is an engine again."""
        return self._memory.is_private

    @property
    def troubles(self) -> tuple[str, ...]:
        """What hinders an engine that runs: a source is gone, no relay, a notice with its remedy; sentences."""
        return self._memory.troubles

    async def send(self, command: EngineCommand) -> None:
        """Have the engine obey; it is started if it does not run, and stays for ten seconds after the last wish.

        Meters, devices and the preview are watched for ten seconds, and longer by saying so again. Taking back what needs no
        engine starts none. Privacy waits for no engine that is starting: it begins privately.

        Raises:
            UserError: it refuses, or cannot be started as things are; in its words.
            SystemFault: it does not come up, dies over it, or does not answer.
        """
        if isinstance(command, _OF_THE_BROADCAST):
            raise UserError(
                "The engine is told that by a broadcast only.", hint="Begin, change or end the broadcast."
            )
        if self._supply.current is None and _needs_no_engine(command):
            return
        self._memory.wished(command)
        try:
            with self._wishes.asking():
                self._look_after_wishes()
                if not await self._is_hidden_at_once(command):
                    await (await self._supply.settled()).send(command)
                self._wishes.obeyed(command)
                self._memory.obeyed(command)
        finally:
            self._wishes_changed.set()

    async def be_ready(self) -> None:
        """Have an engine up for somebody who will need it within ten seconds; raises as ``send`` does, but refuses nothing."""
        try:
            with self._wishes.asking():
                self._look_after_wishes()
                await self._supply.settled()
        finally:
            self._wishes_changed.set()

    async def go_on_air(
        self,
        target: PublishTarget,
        *,
        use_slate: Callable[[Rendition, Slate], None],
        on_given_up: Callable[[PowerStreamError], None],
    ) -> None:
        """Publish to ``target`` until ``go_off_air``, also by engines that follow one that died.

        Returns when an engine that runs has gone on air; one that is started for it says later how that went.

        Args:
            target: the relay's.
            use_slate: takes each slate that is left for the time without an engine.
            on_given_up: called once with the reason when no engine will be started again.

        Raises:
            UserError, SystemFault: it cannot go on air; it runs on for whoever else needs it.
        """
        if self._air is not None:
            raise BugError("The engine was to go on air twice.")
        self._air = AirTime(use_slate, on_given_up)
        self._wishes.go_on_air()
        self._look_after_wishes()
        try:
            process = await self._supply.for_air(target)
            if process is not None:
                await self._publish(process, target)
        except BaseException:
            await self.go_off_air()
            raise

    async def go_off_air(self) -> None:
        """Publish no more, and return once the last frames and the goodbye are out. Harmless when it is not on air.

        An engine that nobody else needs ends at once; the others' goes on.
        """
        air = self._air
        if air is None:
            return
        self._wishes.leave_air()
        await self._supply.end_unless(self._goes_on_off_air)
        self._memory.off_air()
        await air.aclose()
        self._air = None
        self._wishes_changed.set()

    def set_bitrate(self, video_kbps: int) -> None:
        """Give the landscape's pictures another bitrate in kbit/s for as long as it is on air, also those of engines to come."""
        if self._supply.current is not None:
            self._supply.current.set_bitrate(video_kbps)

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Have these encoded and published from now on, also by engines to come."""
        if self._supply.current is not None:
            self._supply.current.set_renditions(renditions)

    async def aclose(self) -> None:
        """Let the engine end its program properly, and wait for that. Harmless when repeated."""
        self._is_closed = True
        await self.go_off_air()
        await self._supply.aclose()
        self._wishes_changed.set()
        if self._keeper is not None:
            await self._keeper

    async def _publish(self, process: EngineProcess, target: PublishTarget) -> None:
        """Have an engine that runs for somebody else go on air; one that dies over it is followed by one that does."""
        try:
            await process.send(Publish(target=target), timeout_s=ON_AIR_S)
        except SystemFault as fault:
            logger.info("The engine went on air without saying so: %s", fault.title)

    async def _goes_on_off_air(self) -> bool:
        """Take an engine that others need off the air; return False for one that has to end."""
        process = self._supply.current
        if process is None or self._is_closed or not self._wishes.is_wanted:
            return False
        try:
            await process.send(Unpublish(), timeout_s=OFF_AIR_S)
        except PowerStreamError as error:
            logger.info("The engine does not go off the air: %s", error.title)
            # None is on air then, nor will the next one be.
            return process.snapshot.state is EngineState.FAILED
        return True

    async def _is_needed(self) -> bool:
        return self._wishes.is_wanted

    async def _is_hidden_at_once(self, command: EngineCommand) -> bool:
        """Have privacy reach an engine that is only just starting, before it has begun; return False if that did not do."""
        process = self._supply.current
        if process is None or not (isinstance(command, Privacy) and command.is_on):
            return False
        try:
            await process.send(command)
        except SystemFault:
            return False
        return True

    def _process_for(self, config: EngineConfig, publish: PublishTarget | None) -> EngineProcess:
        """Make a process that goes on with privacy and with what is watched."""
        is_private = config.is_private or self._memory.is_private
        return EngineProcess(
            dataclasses.replace(config, publish=publish, is_private=is_private),
            self._clock,
            self._reported,
            watches=self._wishes.watched,
            command=self._command,
        )

    def _look_after_wishes(self) -> None:
        """See to it that somebody notices when a wish begins and ends."""
        if self._keeper is None and not self._is_closed:
            self._keeper = asyncio.get_running_loop().create_task(self._keep(), name="studio-engine")
        self._wishes_changed.set()

    async def _keep(self) -> None:
        """End the engine when nobody needs it, and what nobody watches any more."""
        while not self._is_closed:
            self._wishes_changed.clear()
            for command in self._wishes.lapsed():
                await self._take_back(command)
            if not self._wishes.is_wanted:
                await self._supply.end_unless(self._is_needed)
            due_in_s = self._wishes.due_in_s if self._supply.current is not None else None
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(due_in_s):
                    await self._wishes_changed.wait()

    async def _take_back(self, command: EngineCommand) -> None:
        """Have the engine show no more what nobody watches."""
        process = self._supply.current
        if process is not None:
            with contextlib.suppress(PowerStreamError):  # the next engine will not begin with it
                await process.send(command)
        self._memory.obeyed(command)

    def _reported(self, report: EngineReport) -> None:
        self._memory.hear(report)
        self._supply.turned()
        match report:
            case SlateReady(rendition=rendition, path=path) if self._air is not None:
                self._air.slate_ready(rendition, Path(path))
            case EncoderChanged(rendition=rendition, encoder=encoder, title=title):
                logger.info("The %s is encoded by %s now: %s", rendition.value, encoder, title)
            case Failed():
                self._failed(report)
            case _:
                pass
        if self._on_report is not None:
            self._tell(self._on_report, report)

    def _tell(self, listener: Callable[[EngineReport], None], report: EngineReport) -> None:
        """Tell who listens; whatever befalls it, the engine is listened to."""
        try:
            listener(report)
        except Exception:
            logger.exception("A report of the engine was not taken: %s", report.type)

    def _failed(self, report: Failed) -> None:
        """An engine that will be started again is its supervisor's affair; one that cannot work ends the broadcast."""
        logger.info("The engine failed: %s", report.title)
        if self._air is not None and is_given_up(self.snapshot):
            self._air.given_up(reason_of(report))


def _needs_no_engine(command: EngineCommand) -> bool:
    """Tell whether this takes back what an engine that does not run is not doing anyway."""
    match command:
        case WatchLevels(is_watched=is_wanted) | WatchDevices(is_watched=is_wanted):
            return not is_wanted
        case HoldToTalk(is_held=is_held):
            return not is_held
        case _:
            return isinstance(command, StopPreview)

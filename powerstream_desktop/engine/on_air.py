"""What is on air: for each rendition a feed, a publisher and a slate, added to the running program and taken from it.

Belongs to the engine's control thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import EngineReport, Notice
from powerstream_desktop.engine.encoders.choice import EncoderPlan, needs_probe, plan_encoders
from powerstream_desktop.engine.encoders.probe import EncoderProbe
from powerstream_desktop.engine.feed import wait_ended
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.transmission import Transmission
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition

log = logging.getLogger(__name__)

ENCODER_REPLACED: Final = "encoder_replaced"
"""Code of the notice that another encoder is used than the one that was chosen."""
RELAY_WAIT_S: Final = 2.0
"""A rendition joins with the relay's consent, so that its very first key frame is sent; a relay that is late or not there
delays it by this much at most."""


class OnAir:
    """Publishes renditions.

    Args:
        config: of the engine; how each rendition is encoded.
        runtime_folder: where slates are left.
        on_report: takes reports, from any thread; must not block.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        config: EngineConfig,
        runtime_folder: Path,
        on_report: Callable[[EngineReport], None],
        clock: Clock,
    ) -> None:
        self._config = config
        self._runtime_folder = runtime_folder
        self._on_report = on_report
        self._clock = clock
        self._target: PublishTarget | None = None
        self._program: Program | None = None
        self._probe = EncoderProbe()
        self._transmissions: dict[Rendition, Transmission] = {}
        self._frames_made = 0

    @property
    def frames_made(self) -> int:
        """Landscape pictures encoded since the start of the engine."""
        landscape = self._transmissions.get(Rendition.LANDSCAPE)
        return self._frames_made + (0 if landscape is None else landscape.feed.frames_made)

    def publish(self, target: PublishTarget) -> None:
        """Go on air; blocks until the relay has taken every rendition, for two seconds at most.

        Raises:
            UserError: it is on air already, or nothing says how a rendition is encoded.
            SystemFault: no encoder works.
        """
        if self._target is not None:
            raise UserError("The program is on air already.", hint="Go off the air first.")
        self._open(target, target.renditions)
        self._target = target

    def join(self, program: Program) -> None:
        """Let what is open join the program that is about to start, and what is opened later join it at once."""
        self._program = program
        program.add([transmission.feed for transmission in self._transmissions.values()])

    def started(self) -> None:
        """The program runs: make the slates of what is on air."""
        for transmission in self._transmissions.values():
            transmission.make_slate()

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Publish these renditions from now on; those that stay notice nothing.

        Raises:
            UserError: the program is not on air, none is left, or nothing says how one is encoded.
            SystemFault: no encoder works.
        """
        target = self._target
        if target is None:
            raise UserError("The program is not on air.", hint="Go live first.")
        if not renditions:
            raise UserError("There is nothing to publish.", hint="Go off the air instead.")
        self._open(target, renditions - self._transmissions.keys())
        self._close(self._transmissions.keys() - renditions)

    def unpublish(self, *, says_goodbye: bool = True) -> None:
        """Go off the air and wait for it, a few seconds at most; harmless when it is not on air.

        Args:
            says_goodbye: it ends the broadcast. An engine that failed vanishes without one: the relay bridges until the next
                engine is there.
        """
        self._close(tuple(self._transmissions), says_goodbye=says_goodbye)
        self._target = None

    def force_keyframe(self) -> None:
        """Make the next picture of every rendition a key frame."""
        for transmission in self._transmissions.values():
            transmission.feed.force_keyframe()

    def set_bitrate(self, rendition: Rendition, video_kbps: int) -> None:
        """Give a rendition's pictures another bitrate; one that is not on air has nothing to change."""
        transmission = self._transmissions.get(rendition)
        if transmission is not None:
            transmission.feed.set_bitrate(video_kbps)

    def _open(self, target: PublishTarget, renditions: Iterable[Rendition]) -> None:
        opened: dict[Rendition, Transmission] = {}
        try:
            for rendition in sorted(renditions, key=list(Rendition).index):
                settings = self._config.settings_of(rendition)
                opened[rendition] = Transmission(
                    rendition,
                    settings,
                    self._plan(rendition, settings),
                    target,
                    runtime_folder=self._runtime_folder,
                    on_report=self._on_report,
                    clock=self._clock,
                )
        except BaseException:
            for transmission in opened.values():
                transmission.feed.leave()
                transmission.close()
            raise
        for transmission in opened.values():
            transmission.start()
        until_s = self._clock() + RELAY_WAIT_S
        for transmission in opened.values():
            transmission.wait_accepted(until_s - self._clock())
        self._transmissions |= opened
        if self._program is not None:
            self._program.add([transmission.feed for transmission in opened.values()])
            self.started()

    def _plan(self, rendition: Rendition, settings: VideoSettings) -> EncoderPlan:
        """Choose the encoders; the first time, hardware is tried for that, which takes a second or two."""
        probed = self._probe.hardware(settings) if needs_probe(settings) else ()
        plan = plan_encoders(settings, probed)
        if plan.refusal:
            self._on_report(
                Notice(
                    code=ENCODER_REPLACED,
                    subject=rendition.value,
                    title=plan.refusal,
                    hint="Choose auto, or bring its driver up to date.",
                )
            )
        return plan

    def _close(self, renditions: Iterable[Rendition], *, says_goodbye: bool = True) -> None:
        """Take renditions off the air, the landscape last: with it the relay ends all others.

        A program that has failed hands over nothing any more, so without a goodbye nothing is waited for.
        """
        last_first = sorted(renditions, key=list(Rendition).index, reverse=True)
        leaving = [self._transmissions.pop(rendition) for rendition in last_first]
        feeds = [transmission.feed for transmission in leaving]
        if self._program is not None:
            self._program.remove(feeds)
        else:
            for feed in feeds:
                feed.leave()
        if says_goodbye:
            wait_ended(feeds, self._clock)
        for transmission in leaving:
            transmission.close(says_goodbye=says_goodbye)
            if transmission.rendition is Rendition.LANDSCAPE:
                self._frames_made += transmission.feed.frames_made
        for transmission in leaving:
            transmission.wait_slate()

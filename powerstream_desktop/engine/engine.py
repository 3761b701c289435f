"""The engine's parts, wired: stage, mixer, program, preview, and what is on air; and the order in which they start and end.

All methods belong to the control thread, which may wait for devices; the program never waits for it.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import (
    EngineReport,
    Notice,
    Started,
    Stopped,
)
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.curtained_sound import CurtainedSound
from powerstream_desktop.engine.mixer.mixer import Mixer
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.mixer.snapshot import MixerSnapshot
from powerstream_desktop.engine.monitor.monitor_player import MonitorPlayer
from powerstream_desktop.engine.on_air import OnAir
from powerstream_desktop.engine.preview.preview import Preview
from powerstream_desktop.engine.preview.wish import PreviewWish
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.program_sound import ProgramSound
from powerstream_desktop.engine.program_thread import ProgramThread
from powerstream_desktop.engine.scene.sources import ImageContent, Source, TextContent
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.sources.opening import SourceNeeds, source_for
from powerstream_desktop.engine.sources.port import SceneSource, SourceEvents
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.stage.program_pictures import ProgramPictures
from powerstream_desktop.engine.stage.sounds import SoundMaker
from powerstream_desktop.engine.stage.stage import Stage
from powerstream_desktop.engine.supervision import Supervision
from powerstream_desktop.platforms.endpoint import Rendition

if TYPE_CHECKING:
    from powerstream_desktop.engine.stage.staged_source import MakeSource

log = logging.getLogger(__name__)


class Engine:
    """One program from start to end; a second start takes a new engine.

    Args:
        config: what to do; studio and sound are given.
        host: the main thread, where Qt lives.
        runtime_folder: where slates, previews and cameras' pictures are left.
        on_report: takes reports, from any thread; must not block.
        on_failure: told, on the program's thread, what ended the program before its time.
        curtain: hides the program from the moment privacy is wanted.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        config: EngineConfig,
        *,
        host: QtHost,
        runtime_folder: Path,
        on_report: Callable[[EngineReport], None],
        on_failure: Callable[[Exception], None],
        curtain: Curtain,
        clock: Clock = monotonic,
    ) -> None:
        if config.studio is None or config.sound is None:
            raise BugError("An engine was made without a studio or without a sound.")
        self._config = config
        self._host = host
        self._studio = config.studio
        self._on_report = on_report
        self._on_failure = on_failure
        self._curtain = curtain
        self._clock = clock
        self._canvases = {
            rendition: (settings.width, settings.height) for rendition, settings in config.renditions.items()
        }
        self._supervision = Supervision(on_report)
        self._stage = Stage(
            self._canvases, self._make_source(host, runtime_folder), self._supervision.events_of, clock
        )
        self._sounds = SoundMaker(self._stage.staged, self._supervision.sound_changed)
        self._monitor = MonitorPlayer(config.sound.monitor_output, self._supervision.monitor_changed)
        self._mixer = Mixer(config.sound, self._sounds.make, monitor=self._monitor.play)
        self._preview = Preview(
            runtime_folder, on_ready=on_report, on_fault=self._preview_failed, clock=clock
        )
        self._on_air = OnAir(config, runtime_folder, on_report, clock)
        self._epoch_s = 0.0
        self._program: Program | None = None
        self._thread: ProgramThread | None = None

    @property
    def sound_snapshot(self) -> MixerSnapshot:
        """The newest meters. From any thread."""
        return self._mixer.snapshot

    def start(self) -> None:
        """Open everything, run the program, and go on air if that is wanted; blocks for as long as the devices need.

        Raises:
            PowerStreamError: an encoder cannot be opened, or a source that must be there is not; ``close`` must be called all
                the same.
        """
        self._stage.set(self._studio, must_open=self._config.must_open)
        self._mixer.open()
        if self._config.publish is not None:
            self._on_air.publish(self._config.publish)
        self._preview.start()
        self._monitor.start()
        self._epoch_s = epoch_s = self._clock()
        self._stage.start(epoch_s)
        self._mixer.start()
        self._program = program = self._new_program(epoch_s)
        self._on_air.join(program)
        self._supervision.follow(program, self._stage, self._mixer, self._sounds, fps=self._config.fps)
        self._thread = ProgramThread(
            program, on_second=self._supervision.look, on_failure=self._on_failure, clock=self._clock
        )
        self._tell_start()
        self._thread.start()
        self._on_air.started()
        self._load_qt()

    def apply_studio(self, studio: Studio) -> None:
        """Show this. What it needs is opened first, for a second at most; how its scene comes on is its transition."""
        self._studio = studio
        self._stage.apply(studio)
        self._supervision.forget_all_but({source.id for source in studio.sources})

    def apply_sound(self, settings: MixerSettings) -> None:
        """Mix like this."""
        self._monitor.choose(settings.monitor_output)
        self._mixer.apply(settings)
        self._sounds.keep_only({channel.content for channel in settings.channels})
        self._supervision.forget_sounds_but(settings.channels)

    def hold_to_talk(self, channel_id: str, *, is_held: bool) -> None:
        """The key of a channel is held, or not any more."""
        self._mixer.hold(channel_id, is_held=is_held)

    def restart_source(self, source_id: str) -> None:
        """Begin a source anew: a media file at the next slot, any other by opening it again. Blocks for a second at most.

        Raises:
            PowerStreamError: it is not open, or cannot be played any more.
        """
        self._stage.restart(source_id)

    def publish(self, target: PublishTarget) -> None:
        """Go on air with the running program.

        Raises:
            PowerStreamError: it is on air already, or no encoder works.
        """
        self._on_air.publish(target)

    def unpublish(self) -> None:
        """Go off the air; harmless when it is not on air."""
        self._on_air.unpublish()

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Encode and publish these from now on.

        Raises:
            PowerStreamError: the program is not on air, none is left, or no encoder works.
        """
        self._on_air.set_renditions(renditions)

    def force_keyframe(self) -> None:
        """Make the next picture of every rendition a key frame."""
        self._on_air.force_keyframe()

    def set_bitrate(self, rendition: Rendition, video_kbps: int) -> None:
        """Give a rendition's pictures this bitrate in kbit/s; one that is not on air has nothing to change."""
        self._on_air.set_bitrate(rendition, video_kbps)

    def watch_preview(self, wish: PreviewWish | None) -> None:
        """Show the program in a window's ring, or no more."""
        self._preview.watch(wish)

    def close(self, *, has_failed: bool = False) -> Stopped:
        """End in the order of the data's way: program, publishers, sources. Waits for each. Also right after a failed start.

        Args:
            has_failed: another engine follows: the relay is not told goodbye, so that it bridges until then.
        """
        if self._thread is not None:
            self._thread.close()
        self._on_air.unpublish(says_goodbye=not has_failed)
        self._preview.close()
        self._mixer.close()
        self._monitor.close()
        self._stage.close()
        program = self._program
        return Stopped(
            frames_made=self._on_air.frames_made,
            frames_skipped=program.frames_skipped if program is not None else 0,
        )

    def _new_program(self, epoch_s: float) -> Program:
        config = self._config
        return Program(
            fps=config.fps,
            keyframe_interval=config.landscape.keyframe_interval,
            epoch_s=epoch_s,
            pictures=ProgramPictures(
                self._canvases, lambda: self._stage.show, self._clock, curtain=self._curtain
            ),
            sound=ProgramSound(CurtainedSound(self._mixer, self._curtain), config.fps),
            preview=self._preview,
        )

    def _make_source(self, host: QtHost, runtime_folder: Path) -> MakeSource:
        landscape = self._config.landscape
        needs = SourceNeeds(
            width=landscape.width,
            height=landscape.height,
            fps=landscape.fps,
            host=host,
            runtime_folder=runtime_folder,
        )

        def make(source: Source, events: SourceEvents) -> SceneSource:
            return source_for(source, needs, events)

        return make

    def _load_qt(self) -> None:
        """Have Qt loaded while nobody waits for it, if any scene will need it: switching must not take the second it costs."""
        if any(isinstance(source.content, TextContent | ImageContent) for source in self._studio.sources):
            threading.Thread(target=self._wait_for_qt, name="qt-loading", daemon=True).start()

    def _wait_for_qt(self) -> None:
        with contextlib.suppress(BugError):  # all is over already
            self._host.need()

    def _tell_start(self) -> None:
        landscape = self._config.landscape
        label = self._stage.label
        log.info("The program runs: %s, %s", label, landscape)
        self._on_report(
            Started(source=label, width=landscape.width, height=landscape.height, fps=landscape.fps)
        )

    def _preview_failed(self, fault: PowerStreamError) -> None:
        self._on_report(Notice(code="preview_failed", title=fault.title, hint=fault.hint))

"""The engine's parts, wired: sources, program, encoder, publisher, and the order in which they start and end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.engine.config import TEST, EngineConfig, SoundChoice
from powerstream_desktop.engine.file_picture import FilePicture
from powerstream_desktop.engine.file_sound import FileSound
from powerstream_desktop.engine.flv_output import FLVOutput
from powerstream_desktop.engine.media_file import MediaFile, probe
from powerstream_desktop.engine.pattern import PatternSource
from powerstream_desktop.engine.picture import PictureSource
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.program_thread import ProgramThread
from powerstream_desktop.engine.protocol import (
    EngineReport,
    SlateReady,
    SourceBack,
    SourceLost,
    Started,
    Stopped,
)
from powerstream_desktop.engine.publisher import Publisher
from powerstream_desktop.engine.screen import ScreenSource
from powerstream_desktop.engine.slate import SlateMaker
from powerstream_desktop.engine.sound import Silence, SoundSource, Tone

log = logging.getLogger(__name__)

RELAY_WAIT_S: Final = 2.0
"""The program begins with the relay's consent, so that the very first key frame is sent; a relay that is late or not there
delays it by this much at most."""


class Engine:
    """One program from start to end; a second start takes a new engine.

    Args:
        config: what to do.
        slate_folder: where a slate is left for the time in which the engine is away.
        on_report: takes reports, from any thread; must not block.
        on_failure: told, on the program's thread, what ended the program before its time.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        config: EngineConfig,
        slate_folder: Path,
        *,
        on_report: Callable[[EngineReport], None],
        on_failure: Callable[[Exception], None],
        clock: Clock = monotonic,
    ) -> None:
        self._config = config
        self._on_report = on_report
        self._on_failure = on_failure
        self._clock = clock
        self._program: Program | None = None
        self._thread: ProgramThread | None = None
        self._picture: PictureSource | None = None
        self._sound: SoundSource | None = None
        self._slate = SlateMaker(config, slate_folder, self._slate_ready, clock=clock)
        self._publisher = Publisher(
            config.publish_url,
            config.publish_key,
            on_report=on_report,
            on_accepted=self.force_keyframe,
            clock=clock,
        )

    def start(self) -> None:
        """Open everything and go on air; blocks for as long as the sources need to open.

        Raises:
            PowerStreamError: a source or the encoder cannot be opened; ``close`` must be called all the same.
        """
        picture, sound = self._open_sources()
        output = FLVOutput(self._config)
        self._publisher.start()
        self._publisher.wait_accepted(RELAY_WAIT_S)
        epoch_s = self._clock()
        picture.start(epoch_s)
        sound.start()
        self._program = Program(
            self._config,
            picture=picture,
            sound=sound,
            output=output,
            send=self._publisher.put,
            epoch_s=epoch_s,
            stopwatch=self._clock,
        )
        self._thread = ProgramThread(
            self._program, on_second=self._report_stats, on_failure=self._on_failure, clock=self._clock
        )
        log.info("On air: %s, %s", picture.label, self._config)
        self._on_report(
            Started(
                source=picture.label,
                width=self._config.width,
                height=self._config.height,
                fps=self._config.fps,
            )
        )
        self._thread.start()
        self._slate.start()

    def force_keyframe(self) -> None:
        """Make the next frame a key frame. From any thread; before the start it means nothing, for the first frame is one."""
        if self._program is not None:
            self._program.force_keyframe()

    def set_bitrate(self, video_kbps: int) -> None:
        """Give the pictures this bitrate in kbit/s. From any thread; before the start it means nothing."""
        if self._program is not None:
            self._program.set_bitrate(video_kbps)

    def close(self) -> Stopped:
        """End in the order of the data's way: program, publisher, sources. Waits for each. Also right after a failed start."""
        self._slate.close()
        if self._thread is not None:
            self._thread.close()
        self._publisher.close()
        for source in (self._picture, self._sound):
            if source is not None:
                source.close()
        program = self._program
        return Stopped(
            frames_made=program.frames_made if program else 0,
            frames_skipped=program.frames_skipped if program else 0,
        )

    def _open_sources(self) -> tuple[PictureSource, SoundSource]:
        media = probe(Path(self._config.source)) if self._config.is_file else None
        self._picture = picture = self._picture_source(media)
        picture.open()
        self._sound = sound = self._sound_source(media)
        sound.open()
        return picture, sound

    def _picture_source(self, media: MediaFile | None) -> PictureSource:
        config = self._config
        if media is not None:
            return FilePicture(media, config.width, config.height, self._source_changed)
        if config.source == TEST:
            return PatternSource(config.width, config.height, config.fps)
        return ScreenSource(config, self._source_changed, clock=self._clock)

    def _sound_source(self, media: MediaFile | None) -> SoundSource:
        match self._config.resolved_sound:
            case SoundChoice.FILE if media is not None and media.has_sound:
                # A file that vanishes is told once, by its picture.
                return FileSound(media, on_loss=lambda _sentence: None)
            case SoundChoice.TONE:
                return Tone()
            case _:
                return Silence()

    def _slate_ready(self, path: Path) -> None:
        self._on_report(SlateReady(path=str(path)))

    def _source_changed(self, loss: str | None) -> None:
        self._on_report(SourceBack() if loss is None else SourceLost(title=loss))

    def _report_stats(self, now: float) -> None:
        if self._program is not None:
            self._on_report(
                self._program.sum_up(
                    now, dropped=self._publisher.dropped_frames, queue_ms=self._publisher.queue_ms
                )
            )

"""What the engine tells of itself: the figures once a second, sources that are lost and back, and what the watchdogs find."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from powerstream_desktop.engine.control.reports import (
    EngineReport,
    Notice,
    RenditionStats,
    SourceBack,
    SourceLost,
    Stats,
)
from powerstream_desktop.engine.mixer.mixer import Mixer
from powerstream_desktop.engine.mixer.settings import ChannelSettings, SoundContent
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.scene.sources import ScreenContent, Source, WindowContent
from powerstream_desktop.engine.sources.port import SourceEvents
from powerstream_desktop.engine.sources.sound_wire import SoundLost
from powerstream_desktop.engine.stage.sounds import SoundMaker
from powerstream_desktop.engine.stage.stage import Stage
from powerstream_desktop.engine.stage.staged_source import StagedSource
from powerstream_desktop.engine.watchdogs.black import is_black
from powerstream_desktop.engine.watchdogs.facts import ChannelFacts, EngineFacts, RenditionFacts, SourceFacts
from powerstream_desktop.engine.watchdogs.watchdogs import Watchdogs

SOUND_LOST: Final = "sound_lost"
"""Code of the notice of a sound device that is gone."""
MONITOR_LOST: Final = "monitor_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    """What is looked at once the program runs."""

    program: Program
    stage: Stage
    mixer: Mixer
    sounds: SoundMaker
    fps: int


class Supervision:
    """Looks at the engine's parts and reports.

    Args:
        on_report: takes reports, from any thread; must not block.
    """

    def __init__(self, on_report: Callable[[EngineReport], None]) -> None:
        self._on_report = on_report
        self._lock = threading.Lock()
        # Guarded by _lock: changed by the sources' threads and the control thread, read by the program's.
        self._watched: _Watched | None = None
        self._lost: dict[str, SourceLost] = {}
        self._frozen: set[str] = set()
        self._newest: dict[str, object] = {}  # a mark for each source, of the events that still count
        self._told_sounds: dict[str, SoundContent] = {}  # by channel: whose loss was told and is not over
        self._lost_sounds: dict[SoundContent, SoundLost] = {}
        # The program's thread's own.
        self._watchdogs = Watchdogs()
        self._delivered: Mapping[str, int] = {}
        self._looked_s: float | None = None

    def events_of(self, source: Source) -> SourceEvents:
        """Return who is told about a source that is about to be opened. From any thread.

        What was told of the source before, when it was another device perhaps, is over, and its late news do not count.
        """
        mark = object()
        with self._lock:
            self._newest[source.id] = mark
            was_lost = self._lost.pop(source.id, None) is not None
            self._frozen.discard(source.id)
            is_running = self._watched is not None
        if was_lost and is_running:
            self._on_report(SourceBack(source_id=source.id))
        return SourceEvents(
            on_loss=lambda sentence: self._source_changed(source, sentence, mark),
            on_frozen=lambda sentence: self._source_froze(source, mark, is_frozen=sentence is not None),
        )

    def forget_all_but(self, source_ids: Collection[str]) -> None:
        """Sources left the studio: whoever was told that one is lost need not wait for it."""
        with self._lock:
            gone = [source_id for source_id in self._lost if source_id not in source_ids]
            for source_id in gone:
                del self._lost[source_id]
            self._frozen.intersection_update(source_ids)
            self._newest = {id_: mark for id_, mark in self._newest.items() if id_ in source_ids}
        for source_id in gone:
            self._on_report(SourceBack(source_id=source_id))

    def sound_changed(self, content: SoundContent, failure: SoundLost | None) -> None:
        """A sound device is lost, or back. From any thread."""
        with self._lock:
            if failure is None:
                self._lost_sounds.pop(content, None)
            else:
                self._lost_sounds[content] = failure
            watched = self._watched
        if watched is not None:
            self._tell_sound(watched.mixer, content, failure)

    def forget_sounds_but(self, channels: Collection[ChannelSettings]) -> None:
        """Channels were removed or record another device now: what was told of their old ones is over."""
        contents = {channel.id: channel.content for channel in channels}
        with self._lock:
            gone = [id_ for id_, content in self._told_sounds.items() if contents.get(id_) != content]
            for channel_id in gone:
                del self._told_sounds[channel_id]
            kept = set(contents.values())
            self._lost_sounds = {each: why for each, why in self._lost_sounds.items() if each in kept}
        for channel_id in gone:
            self._on_report(
                Notice(
                    code=SOUND_LOST,
                    subject=channel_id,
                    title="Another device is used now.",
                    hint="",
                    is_over=True,
                )
            )

    def monitor_changed(self, failure: SoundLost | None) -> None:
        """The loudspeaker of the monitor is lost, or back. From any thread."""
        self._on_report(
            Notice(
                code=MONITOR_LOST,
                title="The monitor is heard again."
                if failure is None
                else f"The monitor is not heard. {failure.title}",
                hint="" if failure is None else failure.hint,
                is_over=failure is None,
            )
        )

    def follow(self, program: Program, stage: Stage, mixer: Mixer, sounds: SoundMaker, *, fps: int) -> None:
        """Look at these from now on, and tell what is not there; before the program runs."""
        with self._lock:
            self._watched = _Watched(program=program, stage=stage, mixer=mixer, sounds=sounds, fps=fps)
            lost, lost_sounds = tuple(self._lost.values()), tuple(self._lost_sounds.items())
        for report in lost:
            self._on_report(report)
        for content, failure in lost_sounds:
            self._tell_sound(mixer, content, failure)

    def look(self, now: float) -> None:
        """Report the figures of the second past, and what is wrong. On the program's thread; does not block."""
        watched = self._watched
        if watched is None:
            return
        facts = self._facts(watched, watched.program.stats(now), now)
        for notice in self._watchdogs.look(facts, now):
            self._on_report(notice)

    def _facts(self, watched: _Watched, renditions: tuple[RenditionStats, ...], now: float) -> EngineFacts:
        program, channels = watched.program, self._channels(watched)
        av_offset_ms = max((channel.late_ms for channel in channels if channel.is_open), default=0.0)
        self._on_report(
            Stats(
                program_s=round(program.program_s, 3),
                frames_late=program.frames_late,
                frames_skipped=program.frames_skipped,
                capture_fps=self._capture_fps(program.delivered, now),
                av_offset_ms=round(av_offset_ms, 1),
                renditions=renditions,
            )
        )
        landscape = program.landscape
        with self._lock:
            lost, frozen = set(self._lost), set(self._frozen)
        return EngineFacts(
            channels=channels,
            sources=tuple(
                _source_facts(source, program, watched.fps, is_frozen=source_id in frozen)
                for source_id, source in watched.stage.show.sources.items()
                if source_id not in lost
            ),
            renditions=tuple(_rendition_facts(each, program, watched.fps) for each in renditions),
            is_black=landscape is not None and is_black(landscape),
            av_offset_ms=av_offset_ms,
        )

    def _channels(self, watched: _Watched) -> tuple[ChannelFacts, ...]:
        """Return what there is to know of the mixer's channels; one without its device is not meant to be heard."""
        contents = {channel.id: channel.content for channel in watched.mixer.settings.channels}

        def late_ms(channel_id: str) -> float:
            content = contents.get(channel_id)  # none for one that is being added this moment
            return 0.0 if content is None else watched.sounds.late_ms(content)

        with self._lock:
            lost = set(self._lost_sounds)
        return tuple(
            replace(facts, is_open=False) if contents.get(facts.id) in lost else facts
            for facts in watched.mixer.facts(late_ms)
        )

    def _tell_sound(self, mixer: Mixer, content: SoundContent, failure: SoundLost | None) -> None:
        for channel in mixer.settings.channels:
            if channel.content == content:
                with self._lock:
                    if failure is None:
                        self._told_sounds.pop(channel.id, None)
                    else:
                        self._told_sounds[channel.id] = content
                self._on_report(
                    Notice(
                        code=SOUND_LOST,
                        subject=channel.id,
                        title=f"{channel.name} is back." if failure is None else failure.title,
                        hint="" if failure is None else failure.hint,
                        is_over=failure is None,
                    )
                )

    def _capture_fps(self, delivered: Mapping[str, int], now: float) -> float:
        """Return the pictures a second of the source on air that delivered most since the last look."""
        before, self._delivered = self._delivered, delivered
        since_s, self._looked_s = self._looked_s, now
        if since_s is None or now <= since_s:
            return 0.0
        most = max((count - before.get(source_id, 0) for source_id, count in delivered.items()), default=0)
        return round(most / (now - since_s), 1)

    def _source_changed(self, source: Source, sentence: str | None, mark: object) -> None:
        """Report it once the program runs: what is missing before that may be why it never will."""
        report: SourceLost | SourceBack = SourceBack(source_id=source.id)
        if sentence is not None:
            report = SourceLost(source_id=source.id, name=source.name, title=sentence)
        with self._lock:
            if self._newest.get(source.id) is not mark:
                return
            was_lost = self._lost.pop(source.id, None) is not None
            if isinstance(report, SourceLost):
                self._lost[source.id] = report
            is_news = was_lost or isinstance(report, SourceLost)
            is_running = self._watched is not None
        if is_news and is_running:
            self._on_report(report)

    def _source_froze(self, source: Source, mark: object, *, is_frozen: bool) -> None:
        with self._lock:
            if self._newest.get(source.id) is not mark:
                return
            if is_frozen:
                self._frozen.add(source.id)
            else:
                self._frozen.discard(source.id)


def _source_facts(staged: StagedSource, program: Program, fps: int, *, is_frozen: bool) -> SourceFacts:
    is_capture = isinstance(staged.source.content, ScreenContent | WindowContent)
    shown = staged.picture_at(program.program_s) if is_capture else None
    return SourceFacts(
        id=staged.source.id,
        name=staged.source.name,
        is_capture=is_capture,
        is_black=shown is not None and is_black(shown.picture.frame),
        is_frozen=is_frozen,
        delivered=program.delivered.get(staged.source.id, 0) if shown is None else shown.delivered,
        wanted_fps=float(fps) if shown is not None and shown.capabilities.keeps_pace else 0.0,
    )


def _rendition_facts(stats: RenditionStats, program: Program, fps: int) -> RenditionFacts:
    return RenditionFacts(
        name=stats.rendition.value,
        made=stats.frames_made,
        skipped=program.frames_skipped + stats.frames_skipped,
        encode_ms=stats.encode_mean_ms,
        slot_ms=1000 / fps,
        waiting=program.waiting(stats.rendition),
    )

"""What is remembered of the engine's reports, and what is forgotten when it dies."""

from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.common.errors import Fault
from powerstream_desktop.engine.control.commands import Privacy, StopPreview, WatchLevels
from powerstream_desktop.engine.control.desk_reports import (
    Devices,
    Levels,
    PrivacyChanged,
    SoundChanged,
    SoundLevels,
    StudioChanged,
)
from powerstream_desktop.engine.control.reports import (
    Disconnected,
    EngineReport,
    Failed,
    Notice,
    PreviewReady,
    Publishing,
    SourceBack,
    SourceLost,
    Started,
    Stats,
)
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.one_source import one_source_studio
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.service.studio.engine_memory import EngineMemory

STATS = Stats(
    program_s=1.0, frames_late=0, frames_skipped=0, capture_fps=30.0, av_offset_ms=0.0, renditions=()
)
SILENCE = Levels(peak_dbfs=(-120.0, -120.0), held_dbfs=(-120.0, -120.0), rms_dbfs=(-120.0, -120.0))
LEVELS = SoundLevels(
    channels=(),
    program=SILENCE,
    momentary_lufs=-70.0,
    short_term_lufs=-70.0,
    reduction_db=0.0,
    delay_ms=0.0,
)
STUDIO = StudioChanged(studio=one_source_studio(TestPictureContent(), "Test"), can_undo=False, can_redo=False)
SOUND = SoundChanged(sound=MixerSettings())
PREVIEW = PreviewReady(path="/run/preview", width=640, height=360)
STARTED = Started(source="test picture", width=1280, height=720, fps=30)
FAILED = Failed(title="It died.", hint="", fault=Fault.SYSTEM)
NO_RELAY = Disconnected(rendition=Rendition.PORTRAIT, title="The relay cannot be reached.", retry_in_s=0.5)


def memory_of(*reports: EngineReport) -> EngineMemory:
    memory = EngineMemory()
    for report in reports:
        memory.hear(report)
    return memory


def test_what_an_engine_tells_is_remembered() -> None:
    memory = memory_of(
        STARTED, STATS, STUDIO, SOUND, LEVELS, Devices(), PREVIEW, PrivacyChanged(is_on=True), NO_RELAY
    )
    assert (memory.source, memory.stats, memory.studio, memory.sound) == (
        "test picture",
        STATS,
        STUDIO,
        SOUND,
    )
    assert (memory.levels, memory.devices, memory.preview) == (LEVELS, Devices(), PREVIEW)
    assert memory.is_private
    assert memory.troubles == (NO_RELAY.title,)


def test_when_an_engine_dies_only_what_the_next_one_will_have_again_stays() -> None:
    memory = memory_of(
        STARTED,
        STATS,
        STUDIO,
        SOUND,
        LEVELS,
        Devices(),
        PREVIEW,
        PrivacyChanged(is_on=True),
        NO_RELAY,
        FAILED,
    )
    assert (memory.stats, memory.levels, memory.devices, memory.preview) == (None, None, None, None)
    assert memory.troubles == ()
    assert (memory.source, memory.studio, memory.sound) == ("test picture", STUDIO, SOUND)
    assert memory.is_private


def test_an_engine_that_was_ended_shows_nothing() -> None:
    memory = memory_of(STARTED, STATS, STUDIO)
    memory.ended()
    assert (memory.source, memory.stats, memory.studio) == ("", None, STUDIO)


def test_privacy_counts_from_the_wish_on_and_ends_when_the_engine_says_so() -> None:
    memory = EngineMemory()
    memory.wished(Privacy(is_on=True))
    assert memory.is_private
    memory.wished(Privacy(is_on=False))
    assert memory.is_private
    memory.hear(PrivacyChanged(is_on=False))
    assert not memory.is_private


def test_meters_and_preview_that_nobody_watches_are_forgotten() -> None:
    memory = memory_of(LEVELS, PREVIEW)
    memory.obeyed(WatchLevels(is_watched=True))
    assert (memory.levels, memory.preview) == (LEVELS, PREVIEW)
    memory.obeyed(WatchLevels(is_watched=False))
    assert (memory.levels, memory.preview) == (None, PREVIEW)
    memory.obeyed(StopPreview())
    assert memory.preview is None


def test_a_rendition_that_was_taken_off_the_air_does_not_miss_the_relay_for_ever() -> None:
    memory = memory_of(NO_RELAY)
    assert memory.troubles == ("The relay cannot be reached.",)
    memory.hear(STATS)
    assert not memory.troubles


def test_what_hinders_two_sources_in_the_same_way_is_told_once() -> None:
    silence = "No sound system is running."
    memory = memory_of(
        *(SourceLost(source_id=each, name=each, title=silence) for each in ("microphone", "desktop"))
    )
    assert memory.troubles == (silence,)
    memory.hear(SourceBack(source_id="desktop"))
    assert memory.troubles == (silence,)
    memory.hear(SourceBack(source_id="microphone"))
    assert not memory.troubles


def test_a_program_that_is_off_the_air_misses_no_relay() -> None:
    memory = memory_of(NO_RELAY)
    memory.off_air()
    assert not memory.troubles


def test_a_source_and_a_relay_are_missed_until_they_are_back() -> None:
    lost = SourceLost(source_id="cam", name="Camera", title="It is gone.")
    memory = memory_of(NO_RELAY, lost)
    told = [memory.troubles]
    for back in (Publishing(rendition=Rendition.PORTRAIT, connects=2), SourceBack(source_id="cam")):
        memory.hear(back)
        told.append(memory.troubles)
    assert told == [(NO_RELAY.title, "It is gone."), ("It is gone.",), ()]


def test_a_notice_is_told_with_its_remedy_until_it_is_over() -> None:
    silent = Notice(code="microphone_silent", subject="mic", title="It is silent.", hint="Speak into it.")
    memory = EngineMemory()
    told: list[tuple[str, ...]] = []
    for notice in (
        silent,
        Notice(code="preview_failed", title="None.", hint=""),
        replace(silent, is_over=True),
    ):
        memory.hear(notice)
        told.append(memory.troubles)
    words = "It is silent. Speak into it."
    assert told == [(words,), (words, "None."), ("None.",)]

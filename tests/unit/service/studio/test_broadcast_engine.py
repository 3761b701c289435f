"""What a broadcast remembers of its engine's reports."""

from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.reports import Disconnected, Notice, Stats
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.service.studio.broadcast_engine import BroadcastEngine


def stats() -> Stats:
    return Stats(
        program_s=1.0, frames_late=0, frames_skipped=0, capture_fps=30.0, av_offset_ms=0.0, renditions=()
    )


def broadcast_engine() -> BroadcastEngine:
    return BroadcastEngine(
        EngineConfig(landscape=VideoSettings()),
        lambda: 0.0,
        use_slate=lambda _rendition, _slate: None,
        on_given_up=lambda _error: None,
    )


def test_a_rendition_that_was_taken_off_the_air_does_not_miss_the_relay_for_ever() -> None:
    engine = broadcast_engine()
    engine._reported(
        Disconnected(rendition=Rendition.PORTRAIT, title="The relay cannot be reached.", retry_in_s=0.5)
    )
    assert engine.troubles == ("The relay cannot be reached.",)
    engine._reported(stats())
    assert not engine.troubles


def test_a_notice_is_told_with_its_remedy_until_it_is_over() -> None:
    engine = broadcast_engine()
    silent = Notice(code="microphone_silent", subject="mic", title="It is silent.", hint="Speak into it.")
    told: list[tuple[str, ...]] = []
    for notice in (
        silent,
        Notice(code="preview_failed", title="None.", hint=""),
        replace(silent, is_over=True),
    ):
        engine._reported(notice)
        told.append(engine.troubles)
    words = "It is silent. Speak into it."
    assert told == [(words,), (words, "None."), ("None.",)]

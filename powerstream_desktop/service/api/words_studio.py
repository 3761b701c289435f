"""What is said of the studio: its engine, its scenes and sources, its sound. In the engine's own words, in camelCase."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.service.api.frozen_words import words_of
from powerstream_desktop.service.api.ports import Studio


def engine_words(studio: Studio) -> dict[str, Any]:
    """Return how the engine's process stands, with its newest figures."""
    snapshot, failure = studio.snapshot, studio.snapshot.failure
    return {
        "state": snapshot.state.value,
        "starts": snapshot.starts,
        "isComingBack": snapshot.is_coming_back,
        "failure": None
        if failure is None
        else {"message": failure.title, "hint": failure.hint, "fault": failure.fault.value},
        "stats": told(studio.stats),
        "troubles": list(studio.troubles),
    }


def scenery_words(studio: Studio) -> dict[str, Any]:
    """Return what the studio shows and plays; what is not known yet is null."""
    scenery = studio.studio
    return {
        "studio": None if scenery is None else words_of(scenery.studio),
        "canUndo": scenery is not None and scenery.can_undo,
        "canRedo": scenery is not None and scenery.can_redo,
        "sound": None if studio.sound is None else words_of(studio.sound.sound),
        "isPrivate": studio.is_private,
        "preview": told(studio.preview),
    }


def studio_words(studio: Studio) -> dict[str, Any]:
    """Return all that a window shows of the studio."""
    return {**scenery_words(studio), "levels": told(studio.levels), "engine": engine_words(studio)}


def told(report: Any) -> dict[str, Any] | None:
    """Return a report without its type, which its place says."""
    if report is None:
        return None
    words: dict[str, Any] = words_of(report)
    del words["type"]
    return words

"""Facts of media files come from a process that is not trusted."""

from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.frozen_json import from_json, to_json
from powerstream_desktop.library.facts import MediaFacts

FACTS = MediaFacts(
    duration_ms=4000, size_bytes=9, container="mp4", width=1280, height=720, fps=30.0, video_codec="h264"
)


def test_facts_are_the_same_after_a_journey_as_json() -> None:
    assert from_json(MediaFacts, to_json(FACTS)) == FACTS


@pytest.mark.parametrize(
    "wrong",
    [
        {"duration_ms": -1},
        {"width": 0},
        {"height": 8193},
        {"fps": 1001.0},
        {"fps": -1.0},
        {"size_bytes": -1},
        {"video_codec": "h264\n<b>"},
        {"audio_codec": "a" * 41},
        {"audio_channels": 65},
        {"sample_rate": 10_000_000},
    ],
)
def test_facts_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BugError):
        from_json(MediaFacts, {**to_json(FACTS), **wrong})

"""A clip that a key asked for, from the press to its end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from powerstream_desktop.client.clips import Clip
from powerstream_desktop.client.errors import ConflictError, ServiceGoneError
from powerstream_desktop.desktop.hotkeys.live_clips import LiveClips
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.hotkeys.moments import clip

BEGUN = ("The last 30 seconds are being saved as a clip.", "")
KEPT = "What was recorded is kept; it can be cut from the replay."


class Service:
    """``client`` with its clips.

    Attributes:
        clips_made: as they are now.
        asked: how often somebody wanted to know.
    """

    def __init__(self) -> None:
        self.clips_made: dict[str, Clip] = {}
        self.asked = 0
        self.refuses: Exception | None = None
        self.clips = SimpleNamespace(make_live=self._make, all=self._all)

    def _make(self, _seconds: float) -> Clip:
        if self.refuses is not None:
            raise self.refuses
        made = clip(f"c{len(self.clips_made) + 1}")
        self.clips_made[made.id] = made
        return made

    def _all(self) -> tuple[Clip, ...]:
        self.asked += 1
        if self.refuses is not None:
            raise self.refuses
        return tuple(self.clips_made.values())


class Stage:
    def __init__(self) -> None:
        self.service = Service()
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.service)
        self.clips = LiveClips(surroundings)

    def becomes(self, made: Clip) -> None:
        """A clip becomes another one, and the service tells."""
        self.service.clips_made[made.id] = made
        self.feed.library_changed.emit({"change": "clip", "clipId": made.id, "state": made.state})


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_that_it_is_being_saved_is_said_and_that_it_was(stage: Stage) -> None:
    stage.clips.save()
    assert stage.ways.said == [BEGUN]
    stage.becomes(clip(state="running", progress=0.5))
    assert stage.ways.said == [BEGUN]
    stage.becomes(clip(state="done", result_asset_id="a1"))
    assert stage.ways.told == stage.ways.said == [BEGUN, ("The clip is among the replays.", "")]


def test_why_there_is_none_is_said_and_what_is_left(stage: Stage) -> None:
    stage.clips.save()
    stage.becomes(clip(state="failed", error="The disk is full."))
    assert stage.ways.said[1:] == [("The clip was not saved: The disk is full.", KEPT)]
    assert stage.ways.told == [BEGUN]


def test_what_was_not_begun_is_not_said_to_be(stage: Stage) -> None:
    stage.service.refuses = ConflictError("Nothing is recorded.", status=409, code="conflict")
    stage.clips.save()
    assert [error.title for error in stage.desk.refused] == ["Nothing is recorded."]
    assert stage.ways.said == []


def test_each_is_told_of_once_and_what_somebody_gave_up_is_not(stage: Stage) -> None:
    stage.clips.save()
    stage.clips.save()
    stage.becomes(clip("c2", "cancelled"))
    stage.becomes(clip("c1", "done"))
    stage.becomes(clip("c1", "done"))
    assert stage.ways.said == [BEGUN, BEGUN, ("The clip is among the replays.", "")]


def test_one_that_was_over_before_the_answer_came_is_told_of_too(stage: Stage) -> None:
    stage.desk.is_slow = True
    stage.clips.save()
    stage.feed.library_changed.emit({"change": "clip", "clipId": "c1", "state": "done"})
    stage.desk.work()
    stage.service.clips_made["c1"] = clip(state="done")
    stage.desk.work()
    assert ("The clip is among the replays.", "") in stage.ways.said


def test_other_peoples_clips_and_the_steps_of_ours_are_not_asked_for(stage: Stage) -> None:
    stage.clips.save()
    before = stage.service.asked
    stage.becomes(clip("other", "done"))
    stage.becomes(clip(state="running"))
    stage.feed.library_changed.emit({"change": "changed", "assetId": "a1"})
    assert stage.service.asked == before


def test_a_service_that_was_away_is_asked_again_and_one_that_forgot_the_clip_has_lost_it(
    stage: Stage,
) -> None:
    stage.clips.save()
    stage.service.refuses = ServiceGoneError("It does not answer.")
    stage.feed.library_changed.emit({"change": "reload"})
    assert (stage.ways.said, stage.desk.refused) == ([BEGUN], [])
    stage.service.refuses = None
    stage.service.clips_made.clear()
    stage.feed.library_changed.emit({"change": "reload"})
    assert stage.ways.said[1:] == [("The clip was not saved: the service was started again.", KEPT)]
    before = stage.service.asked
    stage.feed.library_changed.emit({"change": "reload"})
    assert stage.service.asked == before

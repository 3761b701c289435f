"""The mixer's meters as events: ten times a second while somebody watches, and nothing else is looked at for them."""

from __future__ import annotations

import dataclasses

from powerstream_desktop.engine.control.desk_reports import SoundLevels
from powerstream_desktop.service.events.broadcast_events import LEVELS_AGAIN_S
from powerstream_desktop.service.events.topics import Topic
from tests.unit.engine.control.examples import REPORTS
from tests.unit.service.events.stage import Stage, on_stage

LEVELS = next(each for each in REPORTS if isinstance(each, SoundLevels))


async def told_of_levels(stage: Stage, *readings: SoundLevels) -> list[float]:
    for each in readings:
        stage.events.engine_said(each)
    told = stage.news()
    assert all(name == "levels" for name, _ in told)
    return [data["shortTermLufs"] for _, data in told]


def louder(by_lu: float) -> SoundLevels:
    return dataclasses.replace(LEVELS, short_term_lufs=LEVELS.short_term_lufs + by_lu)


def test_meters_are_told_as_they_are_measured_and_the_rest_is_not_even_looked_at() -> None:
    async def story(stage: Stage) -> None:
        listener = stage.hub.listen(None)
        stage.multistream.running = "nothing that could be compared"
        assert await told_of_levels(stage, LEVELS) == [-19.5]
        assert await told_of_levels(stage, LEVELS) == []
        assert await told_of_levels(stage, louder(1.0), louder(2.0)) == [-17.5]
        listener.close()

    on_stage(story)


def test_meters_that_stand_are_told_again_once_in_a_while() -> None:
    async def story(stage: Stage) -> None:
        listener = stage.hub.listen(None)
        assert await told_of_levels(stage, LEVELS, LEVELS) == [-19.5]
        stage.events._levels_again_s -= LEVELS_AGAIN_S
        assert await told_of_levels(stage, LEVELS) == [-19.5]
        assert await told_of_levels(stage, LEVELS) == []
        listener.close()

    on_stage(story)


def test_meters_cost_nothing_while_nobody_listens() -> None:
    async def story(stage: Stage) -> None:
        assert await told_of_levels(stage, LEVELS) == []

    on_stage(story)


def test_meters_that_nobody_watches_any_more_are_told_to_nobody_who_comes_back() -> None:
    async def story(stage: Stage) -> None:
        listener = stage.hub.listen(None)
        stage.studio.levels = LEVELS
        assert await told_of_levels(stage, LEVELS) == [-19.5]
        stage.events.look(with_figures=False)
        assert [event.name for event in stage.hub.behind(0)[1]] == ["levels"]
        stage.studio.levels = None
        stage.events.look(with_figures=False)
        assert stage.hub.behind(0)[1] == []
        assert await told_of_levels(stage, LEVELS) == [-19.5]
        listener.close()

    on_stage(story)


def test_every_topic_stands_somewhere_but_uploads_which_nothing_makes_and_meters_which_nobody_watches() -> (
    None
):
    stage = Stage()
    assert set(stage.standing.everything()) == set(Topic) - {Topic.SYNC, Topic.LEVELS}
    stage.studio.levels = LEVELS
    assert set(stage.standing.everything()) == set(Topic) - {Topic.SYNC}

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.engine.sources.port import SourceEvents
from powerstream_desktop.engine.stage import stage as stage_module
from powerstream_desktop.engine.stage.stage import Stage
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.stage.sources import (
    FakeFile,
    FakeSource,
    Makers,
    camera_source,
    colour_source,
    scene,
    studio,
    wait_for,
)

CANVASES = {Rendition.LANDSCAPE: (64, 36)}
SILENT = SourceEvents(on_loss=lambda _sentence: None, on_frozen=lambda _sentence: None)
SOURCES = (colour_source("a"), colour_source("b"), camera_source("camera"))
STUDIO = studio(scene("one", "a"), scene("two", "b", "camera", "a"), sources=SOURCES)


class Theatre:
    def __init__(self) -> None:
        self.makers = Makers()
        self.stage = Stage(CANVASES, self.makers, lambda _source: SILENT)


@pytest.fixture
def theatre(monkeypatch: pytest.MonkeyPatch) -> Iterator[Theatre]:
    monkeypatch.setattr(
        stage_module, "SWITCH_WAIT_S", 10.0
    )  # what opens is there, however slow this machine is
    theatre = Theatre()
    yield theatre
    theatre.stage.close()


def test_the_first_scene_is_opened_and_the_cameras_of_all(theatre: Theatre) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    wait_for(lambda: set(theatre.makers.made) == {"a", "camera"})
    assert theatre.stage.show.scene.id == "one"
    assert set(theatre.stage.show.sources) == {"a"}
    assert theatre.stage.label == "fake"


def test_a_stage_that_is_empty_shows_nothing(theatre: Theatre) -> None:
    with pytest.raises(BugError):
        _ = theatre.stage.show
    assert theatre.stage.staged("a") is None


def test_switching_opens_what_is_missing_and_keeps_what_is_shared(theatre: Theatre) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    theatre.stage.start(5.0)
    theatre.stage.apply(STUDIO.switched_to("two"))
    made = {name: len(made) for name, made in theatre.makers.made.items()}
    assert made == {"a": 1, "b": 1, "camera": 1}
    assert theatre.stage.show.scene.id == "two"
    assert theatre.stage.label == "two"
    wait_for(lambda: "start 5" in theatre.makers.only("b").calls)


def test_a_source_that_is_not_there_in_time_does_not_keep_the_scene(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    monkeypatch.setattr(stage_module, "SWITCH_WAIT_S", 0.05)
    theatre.makers.prepare = lambda fake: fake.may_open.clear()
    theatre.stage.apply(STUDIO.switched_to("two"))
    shown = theatre.stage.show.sources["b"]
    assert theatre.stage.show.scene.id == "two"
    assert not shown.decided.is_set()
    assert shown.picture_at(0.0).delivered == 0


def test_a_source_that_must_be_there_and_is_not_is_an_error(theatre: Theatre) -> None:
    def fail(fake: FakeSource) -> None:
        fake.failure = SystemFault("The disk is away.")

    theatre.makers.prepare = fail
    with pytest.raises(SystemFault, match="away"):
        theatre.stage.set(STUDIO, must_open=True)


def test_a_source_whose_content_changes_is_opened_anew_and_one_that_is_renamed_is_not(
    theatre: Theatre,
) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    before = theatre.stage.show.sources["a"]
    theatre.stage.apply(STUDIO.with_source(colour_source("a", level=9)))
    changed = theatre.stage.show.sources["a"]
    assert changed is not before
    assert len(theatre.makers.made["a"]) == 2
    assert theatre.makers.made["a"][0].closed.is_set()
    theatre.stage.apply(STUDIO.with_source(replace(changed.source, name="Red wall")))
    assert theatre.stage.show.sources["a"] is changed
    assert (changed.source.name, theatre.makers.made["a"][1].name) == ("Red wall", "Red wall")
    assert len(theatre.makers.made["a"]) == 2


def test_what_left_the_studio_goes_at_once(theatre: Theatre) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    wait_for(lambda: "camera" in theatre.makers.made)
    theatre.stage.apply(STUDIO.without_source("camera"))
    assert theatre.makers.only("camera").closed.wait(10)


def test_a_file_begins_anew_and_anything_else_is_opened_again(theatre: Theatre) -> None:
    theatre.makers.kinds = {"a": FakeFile}
    theatre.stage.set(STUDIO, must_open=False)
    theatre.stage.start(5.0)
    wait_for(lambda: "start 5" in theatre.makers.only("a").calls)
    theatre.stage.restart("a")
    assert theatre.makers.only("a").calls[-1] == "restart"
    wait_for(lambda: "camera" in theatre.makers.made)
    theatre.stage.restart("camera")
    wait_for(lambda: len(theatre.makers.made["camera"]) == 2)
    with pytest.raises(UserError, match="not on air"):
        theatre.stage.restart("b")


def test_a_source_on_air_that_is_opened_again_is_shown_anew(theatre: Theatre) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    before = theatre.stage.show.sources["a"]
    theatre.stage.restart("a")
    assert theatre.stage.show.sources["a"] is not before
    assert theatre.stage.staged("a") is theatre.stage.show.sources["a"]


def test_the_end_closes_everything_at_once(theatre: Theatre) -> None:
    theatre.stage.set(STUDIO, must_open=False)
    theatre.stage.close()
    assert all(fake.closed.is_set() for made in theatre.makers.made.values() for fake in made)

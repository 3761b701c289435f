"""Edits of the studio: what each gives, and what is refused without a trace."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.scene.history import DEPTH, History
from powerstream_desktop.engine.scene.scene import CropShares, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import Colour, ColourContent, Source
from powerstream_desktop.engine.scene.starting_studio import (
    BE_RIGHT_BACK,
    SCREEN_AND_CAMERA,
    STARTING_SOON,
    starting_studio,
)
from powerstream_desktop.engine.scene.studio import MAX_LAYERS, Studio, Transition

RED = Source(id="red", name="Red", content=ColourContent(colour=Colour(255, 0, 0)))


def studio() -> Studio:
    """Two scenes; the first shows red twice, its upper layer locked."""
    layers = (Layer(id="low", source="red"), Layer(id="high", source="red", locked=True))
    return Studio(
        sources=(RED,),
        scenes=(Scene(id="one", name="One", layers=layers), Scene(id="two", name="Two")),
        current="one",
    )


def layer_ids(of: Studio, scene: str = "one") -> list[str]:
    return [layer.id for layer in of.scene(scene).layers]


def test_the_first_start_has_the_three_scenes_that_a_show_needs() -> None:
    first = starting_studio()

    assert {scene.id for scene in first.scenes} == {STARTING_SOON, BE_RIGHT_BACK, SCREEN_AND_CAMERA}
    assert first.on_air.name == "Screen + camera"


def test_a_new_layer_lies_in_front() -> None:
    edited = studio().with_layer("one", Layer(id="new", source="red"))

    assert layer_ids(edited) == ["low", "high", "new"]


def test_a_layer_moves_within_its_scene() -> None:
    assert layer_ids(studio().with_moved_layer("low", 1)) == ["high", "low"]
    assert layer_ids(studio().with_moved_layer("low", 99)) == ["high", "low"]


def test_a_locked_layer_can_only_be_unlocked() -> None:
    locked = studio().scene("one").layers[1]
    edits: tuple[Callable[[], Studio], ...] = (
        lambda: studio().without_layer("high"),
        lambda: studio().with_moved_layer("high", 0),
        lambda: studio().with_changed_layer(dataclasses.replace(locked, opacity=0.5)),
        lambda: studio().without_source("red"),
        lambda: studio().with_scene(Scene(id="one", name="One")),
        lambda: studio().with_scene(
            Scene(id="one", name="One", layers=(dataclasses.replace(locked, place=Place(x=0.5)),))
        ),
    )
    for edit in edits:
        with pytest.raises(UserError, match="locked"):
            edit()

    renamed = studio().with_scene(dataclasses.replace(studio().scene("one"), name="First"))
    assert renamed.scene("one").layers == studio().scene("one").layers
    unlocked = studio().with_changed_layer(dataclasses.replace(locked, locked=False))

    assert layer_ids(unlocked.without_layer("high")) == ["low"]


def test_the_portrait_layers_of_a_scene_are_edited_like_the_others() -> None:
    scene = dataclasses.replace(studio().scene("two"), portrait=(Layer(id="tall", source="red"),))

    edited = studio().with_scene(scene).with_changed_layer(Layer(id="tall", source="red", opacity=0.2))

    assert [layer.opacity for layer in edited.scene("two").portrait or ()] == [0.2]


def test_a_source_takes_its_layers_with_it() -> None:
    with_blue = studio().with_source(dataclasses.replace(RED, id="blue", name="Blue"))
    shown = with_blue.with_layer("two", Layer(id="sky", source="blue"))

    assert layer_ids(shown.without_source("blue"), "two") == []


def test_the_scene_on_air_cannot_be_removed() -> None:
    with pytest.raises(UserError, match="on air"):
        studio().without_scene("one")

    assert [scene.id for scene in studio().switched_to("two").without_scene("one").scenes] == ["two"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: studio().switched_to("nowhere"),
        lambda: studio().without_source("nowhere"),
        lambda: studio().without_layer("nowhere"),
        lambda: studio().with_layer("one", Layer(id="new", source="nowhere")),
        lambda: studio().with_layer("one", Layer(id="low", source="red")),
        lambda: studio().with_scene(Scene(id="three", name="")),
        lambda: studio().with_scene(Scene(id="three", name="line\nbreak")),
        lambda: studio().with_scene(
            Scene(
                id="three",
                name="Full",
                layers=tuple(Layer(id=f"l{n}", source="red") for n in range(MAX_LAYERS + 1)),
            )
        ),
        lambda: Place(width=0),
        lambda: Place(x=float("nan")),
        lambda: CropShares(left=0.5, right=0.5),
        lambda: Layer(id="x", source="red", opacity=1.5),
        lambda: Colour(256, 0, 0),
        lambda: Transition(duration_ms=0),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(edit: Callable[[], object]) -> None:
    with pytest.raises(UserError) as refused:
        edit()

    assert refused.value.title.endswith(".")


def test_edits_are_undone_and_redone_in_order() -> None:
    history = History(studio())
    for opacity in (0.1, 0.2, 0.3):
        low = Layer(id="low", source="red", opacity=opacity)
        history = history.edited(history.present.with_changed_layer(low))

    back = history.undone().undone()

    assert back.present.scene("one").layers[0].opacity == 0.1
    assert back.redone().redone() == history
    assert back.undone().undone() == back.undone()


def test_an_edit_after_an_undo_forgets_what_was_undone() -> None:
    history = History(studio())
    history = history.edited(history.present.with_moved_layer("low", 1)).undone()

    history = history.edited(history.present.without_layer("low"))

    assert history.redone() == history


def test_undo_does_not_switch_the_scene_on_air() -> None:
    history = History(studio())
    history = history.edited(history.present.with_moved_layer("low", 1)).switched_to("two")

    undone = history.undone()

    assert undone.present.current == "two"
    assert layer_ids(undone.present) == ["low", "high"]


def test_undo_does_not_take_a_scene_off_the_air() -> None:
    history = History(studio())
    history = history.edited(history.present.with_scene(Scene(id="three", name="Three"))).switched_to("three")

    with pytest.raises(UserError, match="off the air"):
        history.undone()


def test_an_edit_that_changes_nothing_is_none() -> None:
    history = History(studio())

    assert history.edited(studio()) is history


def test_old_edits_are_forgotten() -> None:
    history = History(studio())
    for number in range(DEPTH + 5):
        low = Layer(id="low", source="red", opacity=number / 1000)
        history = history.edited(history.present.with_changed_layer(low))

    assert len(history.past) == DEPTH

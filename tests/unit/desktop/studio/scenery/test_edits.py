"""The edits, as the engine's own reader takes them: it is the one that has the last word."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.scenery.edits import Edit
from powerstream_desktop.engine.control.studio_desk import StudioDesk
from powerstream_desktop.engine.scene.history import History
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.service.api.frozen_wishes import value_of
from powerstream_desktop.service.api.frozen_words import words_of
from powerstream_desktop.service.api.studio_wishes import WISHES
from tests.unit.desktop.studio.studio_words import a_studio, studio_words


def the_engines(words: dict[str, Any]) -> Studio:
    replace = next(wish.command for wish in WISHES if wish.path == "replace")
    studio: Studio = value_of(replace, json.dumps({"studio": words}).encode()).studio
    return studio


def obeyed(edit: Edit, words: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the studio after an edit, as the service and the engine understand it."""
    desk = StudioDesk(history=History(present=the_engines(words or studio_words())))
    command = next(wish.command for wish in WISHES if wish.path == edit.path)
    after: dict[str, Any] = words_of(
        desk.obeyed(value_of(command, json.dumps(edit.body).encode()), 0.0).studio
    )
    return after


def names(words: dict[str, Any]) -> list[str]:
    return [scene["name"] for scene in words["scenes"]]


def test_a_scene_is_put_on() -> None:
    assert obeyed(edits.switch_to("back"))["current"] == "back"


def test_an_empty_scene_is_added_behind_the_others() -> None:
    after = obeyed(edits.add_scene("new", "Interview"))
    assert names(after)[-1] == "Interview"
    assert after["scenes"][-1]["layers"] == []


def test_a_copy_of_a_scene_shows_the_same_sources_by_layers_of_its_own() -> None:
    scene = a_studio().scenes[1]
    after = obeyed(edits.copy_scene(scene, "new", "Second"))
    copy = after["scenes"][-1]
    assert [layer["source"] for layer in copy["layers"]] == ["screen", "camera"]
    assert [layer["place"] for layer in copy["layers"]] == [
        each["place"] for each in after["scenes"][1]["layers"]
    ]
    every = [layer["id"] for scene in after["scenes"] for layer in scene["layers"]]
    assert len(every) == len(set(every))


def test_a_scene_is_renamed_and_stays_what_it_is() -> None:
    after = obeyed(edits.rename_scene(a_studio().scenes[1], "Both"))
    assert names(after) == ["Starting soon", "Both", "Be right back"]
    assert after["scenes"][1]["layers"] == studio_words()["scenes"][1]["layers"]


def test_a_scene_is_removed() -> None:
    assert names(obeyed(edits.remove_scene("soon"))) == ["Screen + camera", "Be right back"]


@pytest.mark.parametrize(
    ("scene", "to", "order"),
    [
        ("soon", 1, ["both", "soon", "back"]),
        ("soon", 9, ["both", "back", "soon"]),
        ("back", 0, ["back", "soon", "both"]),
        ("back", -1, ["back", "soon", "both"]),
    ],
)
def test_a_scene_is_moved_in_the_order(scene: str, to: int, order: list[str]) -> None:
    edit = edits.move_scene(a_studio(), scene, to)
    assert edit is not None
    after = obeyed(edit)
    assert [each["id"] for each in after["scenes"]] == order
    assert after["current"] == "both"


@pytest.mark.parametrize(("scene", "to"), [("soon", 0), ("back", 2), ("back", 7), ("gone", 0)])
def test_a_scene_that_is_there_already_is_not_moved(scene: str, to: int) -> None:
    assert edits.move_scene(a_studio(), scene, to) is None


def test_a_transition_is_chosen() -> None:
    assert obeyed(edits.set_transition("fade", 800))["transition"] == {"kind": "fade", "durationMs": 800}


@pytest.mark.parametrize(("wanted", "taken"), [(-0.5, 0.0), (0.3, 0.3), (1.2, 1.0)])
def test_the_portraits_window_is_moved_within_its_range(wanted: float, taken: float) -> None:
    assert obeyed(edits.set_portrait_window(wanted))["portraitWindow"] == taken


def test_a_layer_is_changed_in_all_that_can_be_changed() -> None:
    layer = a_studio().scenes[1].layers[1]
    changed = dataclasses.replace(
        layer, place=Box(x=-0.1, y=0.2, width=0.3, height=0.4), fit="stretch", opacity=0.5, visible=False
    )
    after = obeyed(edits.change_layer(changed))["scenes"][1]["layers"][1]
    assert after == changed.body()
    assert (after["place"]["x"], after["fit"], after["opacity"], after["visible"]) == (
        -0.1,
        "stretch",
        0.5,
        False,
    )


def test_a_new_layer_lies_in_front() -> None:
    layer = dataclasses.replace(a_studio().scenes[0].layers[0], id="new")
    assert [each["id"] for each in obeyed(edits.add_layer("both", layer))["scenes"][1]["layers"]][-1] == "new"


def test_a_layer_is_moved_to_the_back_and_to_the_front() -> None:
    assert obeyed(edits.move_layer("l-camera", 0))["scenes"][1]["layers"][0]["id"] == "l-camera"
    assert obeyed(edits.move_layer("l-screen", 1_000))["scenes"][1]["layers"][1]["id"] == "l-screen"


def test_a_layer_and_a_source_are_removed() -> None:
    assert len(obeyed(edits.remove_layer("l-camera"))["scenes"][1]["layers"]) == 1
    after = obeyed(edits.remove_source("night"))
    assert [source["id"] for source in after["sources"]] == ["screen", "camera"]
    assert after["scenes"][0]["layers"] == []


def test_no_two_ids_are_the_same() -> None:
    assert len({edits.new_id("layer") for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "edit", [edits.UNDO, edits.REDO, edits.set_privacy(is_on=True), edits.restart_source("camera")]
)
def test_the_service_knows_the_path_of_every_other_edit(edit: Edit) -> None:
    command = next(wish.command for wish in WISHES if wish.path == edit.path)
    value_of(command, json.dumps(edit.body).encode())

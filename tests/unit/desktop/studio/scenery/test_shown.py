from __future__ import annotations

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.scenery.names import free_name
from powerstream_desktop.desktop.studio.scenery.shown import shown_studio
from powerstream_desktop.engine.scene.starting_studio import starting_studio
from powerstream_desktop.service.api.frozen_words import words_of
from tests.unit.desktop.studio.studio_words import a_status, layer_words, studio_words


def test_a_studio_is_read_as_the_engine_tells_it() -> None:
    studio = shown_studio(a_status())
    assert studio is not None
    assert [scene.name for scene in studio.scenes] == ["Starting soon", "Screen + camera", "Be right back"]
    assert studio.on_air is not None
    assert studio.on_air.layers[1].place == Box(x=0.7, y=0.7, width=0.25, height=0.25)
    assert studio.sources[1].kind == "camera"


def test_a_layer_says_itself_as_it_was_told() -> None:
    words = words_of(starting_studio())
    studio = shown_studio(a_status(words))
    assert studio is not None
    told = [layer for scene in words["scenes"] for layer in scene["layers"]]
    assert [layer.body() for scene in studio.scenes for layer in scene.layers] == told


def test_what_this_window_does_not_know_of_a_layer_is_kept() -> None:
    scenes = [
        {"id": "a", "name": "A", "layers": [layer_words("l", "screen", blend="screen")], "portrait": None}
    ]
    studio = shown_studio(a_status(studio_words(scenes=scenes, current="a")))
    assert studio is not None
    assert studio.scenes[0].layers[0].body()["blend"] == "screen"


def test_there_is_no_studio_before_an_engine_told_it() -> None:
    assert shown_studio(None) is None


def test_a_studio_of_another_age_is_none() -> None:
    scenes = [{"id": "a", "name": "A", "layers": "many", "portrait": None}]
    assert shown_studio(a_status(studio_words(scenes=scenes))) is None


def test_the_uses_of_a_source_are_counted_in_all_scenes() -> None:
    studio = shown_studio(a_status())
    assert studio is not None
    assert [studio.uses_of(source) for source in ("night", "camera", "none")] == [2, 1, 0]


def test_what_is_not_there_is_not_found() -> None:
    studio = shown_studio(a_status(studio_words(current="gone")))
    assert studio is not None
    assert studio.on_air is None
    assert studio.source("gone") is None


def test_a_new_name_is_free() -> None:
    assert free_name("Scene", {"Other"}) == "Scene"
    assert free_name("Scene", {"Scene", "Scene 2"}) == "Scene 3"


def test_a_long_name_keeps_within_what_the_engine_takes() -> None:
    name = "x" * 80
    assert free_name(name, {name}) == "x" * 78 + " 2"

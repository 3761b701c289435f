from __future__ import annotations

import dataclasses

from powerstream_desktop.engine.scene.scene import Layer, Place, Scene
from powerstream_desktop.engine.stage.needs import Canvases, kept_cameras, shown_sizes
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.stage.sources import camera_source, colour_source, scene, studio

CANVASES: Canvases = {Rendition.LANDSCAPE: (1280, 720), Rendition.PORTRAIT: (720, 1280)}


def layer(layer_id: str, source: str, **changes: object) -> Layer:
    return dataclasses.replace(Layer(id=layer_id, source=source), **changes)  # type: ignore[arg-type]


def test_a_source_is_needed_once_at_its_largest_place() -> None:
    shown = Scene(
        id="s",
        name="s",
        layers=(
            layer("1", "logo", place=Place(width=0.1, height=0.1)),
            layer("2", "logo", place=Place(width=0.5, height=0.5)),
        ),
    )
    assert shown_sizes(shown, CANVASES) == {"logo": (640, 360)}


def test_a_portrait_layout_counts_where_it_can_be_encoded() -> None:
    shown = Scene(id="s", name="s", layers=(), portrait=(layer("1", "camera"),))
    assert shown_sizes(shown, CANVASES) == {"camera": (720, 1280)}
    assert shown_sizes(shown, {Rendition.LANDSCAPE: (1280, 720)}) == {}


def test_what_cannot_be_seen_is_not_needed() -> None:
    shown = Scene(id="s", name="s", layers=(layer("1", "a", visible=False), layer("2", "b", opacity=0.0)))
    assert shown_sizes(shown, CANVASES) == {}


def test_cameras_of_all_scenes_are_kept_and_nothing_else() -> None:
    every = studio(
        scene("on", "background"),
        scene("off", "camera", "background"),
        sources=(colour_source("background"), camera_source("camera"), camera_source("unused")),
    )
    assert kept_cameras(every) == {"camera"}

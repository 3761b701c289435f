from __future__ import annotations

import dataclasses

from powerstream_desktop.engine.scene.scene import Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import Source, TextContent
from powerstream_desktop.engine.stage.needs import Canvases, Size, kept_cameras, shown_sizes
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.stage.sources import camera_source, colour_source, scene, studio

CANVASES: Canvases = {Rendition.LANDSCAPE: (1280, 720), Rendition.PORTRAIT: (720, 1280)}


def layer(layer_id: str, source: str, **changes: object) -> Layer:
    return dataclasses.replace(Layer(id=layer_id, source=source), **changes)  # type: ignore[arg-type]


def sizes_in(shown: Scene, canvases: Canvases = CANVASES, *more: Source) -> dict[str, Size]:
    """Return the sizes of a scene's sources, colours but for ``more``."""
    layers = (*shown.layers, *(shown.portrait or ()))
    colours = [colour_source(each) for each in {layer.source for layer in layers} - {it.id for it in more}]
    return shown_sizes(studio(shown, sources=(*colours, *more)), canvases)


def test_a_source_is_needed_once_at_its_largest_place() -> None:
    shown = Scene(
        id="s",
        name="s",
        layers=(
            layer("1", "logo", place=Place(width=0.1, height=0.1)),
            layer("2", "logo", place=Place(width=0.5, height=0.5)),
        ),
    )
    assert sizes_in(shown) == {"logo": (640, 360)}


def test_a_portrait_layout_counts_where_it_can_be_encoded() -> None:
    shown = Scene(id="s", name="s", layers=(), portrait=(layer("1", "camera"),))
    assert sizes_in(shown) == {"camera": (720, 1280)}
    assert sizes_in(shown, {Rendition.LANDSCAPE: (1280, 720)}) == {}


def test_a_text_is_painted_for_its_place_in_the_landscape_however_large_it_is_in_the_portrait() -> None:
    words = Source(id="words", name="Words", content=TextContent(text="Live"))
    portrait = (layer("2", "words"), layer("3", "logo"))
    small = Place(width=0.5, height=0.1)
    both = Scene(
        id="s", name="s", layers=(layer("1", "words", place=small), layer("4", "logo")), portrait=portrait
    )
    canvases = {Rendition.PORTRAIT: (1080, 1920), Rendition.LANDSCAPE: (1280, 720)}
    assert sizes_in(both, canvases, words) == {"words": (640, 72), "logo": (1080, 1920)}
    only_tall = dataclasses.replace(both, layers=())
    assert sizes_in(only_tall, canvases, words)["words"] == (1080, 1920)


def test_what_cannot_be_seen_is_not_needed() -> None:
    shown = Scene(id="s", name="s", layers=(layer("1", "a", visible=False), layer("2", "b", opacity=0.0)))
    assert sizes_in(shown) == {}


def test_cameras_of_all_scenes_are_kept_and_nothing_else() -> None:
    every = studio(
        scene("on", "background"),
        scene("off", "camera", "background"),
        sources=(colour_source("background"), camera_source("camera"), camera_source("unused")),
    )
    assert kept_cameras(every) == {"camera"}

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from powerstream_desktop.engine.compositor.geometry import Crop
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.scene.scene import Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.studio import Studio, Transition, TransitionKind
from powerstream_desktop.engine.sources.port import SourceEvents
from powerstream_desktop.engine.stage.needs import Canvases
from powerstream_desktop.engine.stage.program_pictures import ProgramPictures, SlotComposed
from powerstream_desktop.engine.stage.scene_pictures import window_crop
from powerstream_desktop.engine.stage.stage import Stage
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.sources.captures import grey
from tests.unit.engine.stage.sources import FakeSource, Makers, camera_source, colour_source, scene, studio

if TYPE_CHECKING:
    import av

LANDSCAPE, PORTRAIT = Rendition.LANDSCAPE, Rendition.PORTRAIT
CANVASES: Canvases = {LANDSCAPE: (64, 36), PORTRAIT: (18, 32)}
SILENT = SourceEvents(on_loss=lambda _sentence: None, on_frozen=lambda _sentence: None)
FADE = Transition(kind=TransitionKind.FADE, duration_ms=400)
SOURCES = (colour_source("dark"), colour_source("bright"))
LEVELS = {"dark": 40, "bright": 200}
STUDIO = studio(scene("one", "dark"), scene("two", "bright"), sources=SOURCES)


class Show:
    """A stage of fakes, and what a program of it looks like."""

    def __init__(self, wanted: Studio = STUDIO) -> None:
        self.makers = Makers()
        self.stage = Stage(CANVASES, self._make, lambda _source: SILENT)
        self.stage.set(wanted, must_open=True)
        self.clock = iter(range(100_000))
        self.curtain = Curtain()
        self.pictures = ProgramPictures(
            CANVASES, lambda: self.stage.show, lambda: next(self.clock) / 1000, curtain=self.curtain
        )

    def _make(self, source: object, events: SourceEvents) -> FakeSource:
        source_id = getattr(source, "id", "")
        fake = FakeSource(LEVELS.get(source_id, 100), keeps_pace=source_id == "dark")
        self.makers.made.setdefault(source_id, []).append(fake)
        return fake

    def at(self, time_s: float, *wanted: Rendition) -> SlotComposed:
        return self.pictures.compose(time_s, wanted or (LANDSCAPE,))

    def level_at(self, time_s: float, rendition: Rendition = LANDSCAPE) -> int:
        return luma(self.at(time_s, *CANVASES).frames[rendition].frame)


def luma(frame: av.VideoFrame, row: int = 0, column: int = 0) -> int:
    return int(planes_of(frame)[0][row, column])


def limited(level: int) -> int:
    """Return the luma of a grey R'G'B' level."""
    return round(16 + 219 / 255 * level)


@pytest.fixture
def show() -> Iterator[Show]:
    show = Show()
    yield show
    show.stage.close()


def test_what_is_on_is_composed_for_each_rendition_that_is_wanted(show: Show) -> None:
    slot = show.at(0.0, LANDSCAPE, PORTRAIT)
    assert {
        rendition: (each.frame.width, each.frame.height) for rendition, each in slot.frames.items()
    } == CANVASES
    assert list(show.at(0.1, LANDSCAPE).frames) == [LANDSCAPE]
    assert list(show.at(0.2, PORTRAIT).frames) == [PORTRAIT]
    assert luma(slot.frames[PORTRAIT].frame) == pytest.approx(limited(40), abs=1)
    assert all(each.cost_ms > 0 for each in slot.frames.values())


def test_a_source_is_asked_once_in_a_slot(show: Show) -> None:
    show.at(0.5, LANDSCAPE, PORTRAIT)
    assert show.makers.only("dark").asked == [0.5]


def test_what_did_not_change_is_the_very_same_frame(show: Show) -> None:
    first, second = show.at(0.0, LANDSCAPE, PORTRAIT), show.at(0.1, LANDSCAPE, PORTRAIT)
    assert all(first.frames[each].frame is second.frames[each].frame for each in CANVASES)


def test_a_source_is_late_when_its_newest_picture_was_made_for_an_earlier_slot(show: Show) -> None:
    fake = show.makers.only("dark")
    fake.show(grey(40), 0.0)
    assert show.at(0.0).late == set()
    assert show.at(0.1).late == {"dark"}
    fake.show(grey(41), 0.2)
    assert show.at(0.2).late == set()
    assert show.pictures.delivered == {"dark": 3}


def test_a_program_that_is_late_itself_does_not_blame_its_sources(show: Show) -> None:
    """It makes up two slots at once, and shows the picture of the second in both."""
    show.makers.only("dark").show(grey(40), 0.2)
    assert [show.at(time_s).late for time_s in (0.1, 0.2)] == [set(), set()]


def test_a_source_that_keeps_no_pace_is_never_late(show: Show) -> None:
    assert [show.at(time_s).late for time_s in (0.0, 0.1, 9.0)] == [set(), set(), set()]


def test_a_cut_shows_the_next_scene_at_once(show: Show) -> None:
    show.at(0.0)
    show.stage.apply(STUDIO.switched_to("two"))
    assert show.level_at(0.1) == pytest.approx(limited(200), abs=1)


def test_a_fade_goes_from_one_scene_to_the_next_in_both_renditions(show: Show) -> None:
    show.at(0.0, *CANVASES)
    show.stage.apply(replace(STUDIO.switched_to("two"), transition=FADE))
    for time_s, share in ((1.0, 0.0), (1.1, 0.25), (1.2, 0.5), (1.4, 1.0), (2.0, 1.0)):
        wanted = limited(40) + share * (limited(200) - limited(40))
        for rendition in CANVASES:
            assert show.pictures.compose(time_s, tuple(CANVASES)).frames[rendition].frame is not None
        assert show.level_at(time_s, LANDSCAPE) == pytest.approx(wanted, abs=2)
        assert show.level_at(time_s, PORTRAIT) == pytest.approx(wanted, abs=2)


def test_a_scene_that_fades_out_goes_on_moving(show: Show) -> None:
    show.at(0.0)
    show.stage.apply(replace(STUDIO.switched_to("two"), transition=FADE))
    before = show.level_at(1.0)
    show.makers.only("dark").show(grey(120))
    assert show.level_at(1.01) > before + 40


def test_a_fade_that_breaks_into_another_begins_with_the_picture_of_that_moment(show: Show) -> None:
    show.at(0.0)
    show.stage.apply(replace(STUDIO.switched_to("two"), transition=FADE))
    show.level_at(1.0)
    half = show.level_at(1.2)
    show.stage.apply(replace(STUDIO, transition=FADE))
    assert show.level_at(1.2) == pytest.approx(half, abs=2)
    assert show.level_at(1.7) == pytest.approx(limited(40), abs=1)


def test_a_cut_to_the_scene_that_is_fading_in_ends_the_fade_at_once(show: Show) -> None:
    show.at(0.0)
    show.stage.apply(replace(STUDIO.switched_to("two"), transition=FADE))
    assert show.level_at(1.0) < limited(100)
    show.stage.apply(STUDIO.switched_to("two"))
    assert show.level_at(1.1) == pytest.approx(limited(200), abs=1)


def test_behind_the_curtain_there_is_a_card_of_each_size_and_the_stage_need_not_be_ready(show: Show) -> None:
    show.at(0.0, *CANVASES)
    show.curtain.draw()
    hidden = show.at(0.1, *CANVASES)
    assert list(hidden.frames) == list(CANVASES)
    assert (hidden.frames[LANDSCAPE].frame.width, hidden.frames[LANDSCAPE].frame.height) == CANVASES[
        LANDSCAPE
    ]
    assert hidden.revokes_earlier
    assert luma(hidden.frames[LANDSCAPE].frame) < limited(40)
    assert show.makers.only("dark").asked == [0.0]
    show.curtain.dealt_with()
    assert not show.at(0.2).revokes_earlier
    assert show.level_at(0.3) == pytest.approx(limited(40), abs=1)


def test_nothing_that_was_hidden_fades_out_into_what_comes_after(show: Show) -> None:
    show.at(0.0)
    show.curtain.draw()
    show.at(0.1)
    show.stage.apply(replace(STUDIO.switched_to("two"), transition=FADE))
    show.curtain.dealt_with()
    assert show.level_at(0.2) == pytest.approx(limited(200), abs=1)


def test_a_fade_that_is_under_way_ends_behind_the_curtain(show: Show) -> None:
    show.at(0.0)
    show.stage.apply(replace(STUDIO.switched_to("two"), transition=FADE))
    show.at(1.0)
    show.curtain.draw()
    show.curtain.dealt_with()
    assert show.at(1.1).revokes_earlier
    assert show.level_at(1.2) == pytest.approx(limited(200), abs=1)


def test_a_layout_of_its_own_makes_the_portrait() -> None:
    portrait = (Layer(id="p", source="bright", fit=Fit.STRETCH),)
    show = Show(studio(scene("one", "dark", portrait=portrait), sources=SOURCES))
    try:
        assert show.level_at(0.0, LANDSCAPE) == pytest.approx(limited(40), abs=1)
        assert show.level_at(0.1, PORTRAIT) == pytest.approx(limited(200), abs=1)
    finally:
        show.stage.close()


def test_the_portraits_window_is_moved_over_the_picture() -> None:
    halves = Scene(
        id="one",
        name="one",
        layers=(
            Layer(id="left", source="dark", fit=Fit.STRETCH, place=Place(width=0.5)),
            Layer(id="right", source="bright", fit=Fit.STRETCH, place=Place(x=0.5, width=0.5)),
        ),
    )
    show = Show(studio(halves, sources=SOURCES))
    try:
        for position, level in ((0.0, 40), (1.0, 200)):
            show.stage.apply(replace(studio(halves, sources=SOURCES), portrait_window=position))
            assert show.level_at(position, PORTRAIT) == pytest.approx(limited(level), abs=2)
    finally:
        show.stage.close()


def test_hidden_layers_are_left_out() -> None:
    hidden = Scene(
        id="one",
        name="one",
        layers=(
            Layer(id="below", source="dark", fit=Fit.STRETCH),
            Layer(id="above", source="bright", fit=Fit.STRETCH, visible=False),
        ),
    )
    show = Show(studio(hidden, sources=SOURCES))
    try:
        assert show.level_at(0.0) == pytest.approx(limited(40), abs=1)
        assert list(show.makers.made) == ["dark"]
    finally:
        show.stage.close()


def with_camera(*below: str) -> Studio:
    return studio(scene("one", *below, "camera"), sources=(*SOURCES, camera_source("camera")))


def test_a_camera_that_has_never_given_a_picture_is_not_drawn_over_the_rest() -> None:
    show = Show(with_camera("dark"))
    try:
        show.makers.only("camera").delivered = 0
        assert show.level_at(0.0) == pytest.approx(limited(40), abs=1)
        show.makers.only("camera").delivered = 1
        assert show.level_at(0.1) == pytest.approx(limited(100), abs=1)
    finally:
        show.stage.close()


def test_a_camera_that_is_alone_has_its_placeholder_until_it_is_there() -> None:
    show = Show(with_camera())
    try:
        show.makers.only("camera").delivered = 0
        assert show.level_at(0.0) == pytest.approx(limited(100), abs=1), "what it shows of itself"
    finally:
        show.stage.close()


@pytest.mark.parametrize(
    ("whole", "position", "canvas", "crop"),
    [
        ((1280, 720), 0.0, (720, 1280), Crop(0, 0, 876, 0)),
        ((1280, 720), 1.0, (720, 1280), Crop(876, 0, 0, 0)),
        ((1280, 720), 0.5, (720, 1280), Crop(438, 0, 438, 0)),
        ((720, 1280), 0.5, (720, 1280), Crop(0, 0, 0, 0)),
        ((400, 1280), 1.0, (720, 1280), Crop(0, 570, 0, 0)),
    ],
)
def test_the_window_has_the_canvas_shape_and_even_edges(
    whole: tuple[int, int], position: float, canvas: tuple[int, int], crop: Crop
) -> None:
    assert window_crop(whole, position, canvas) == crop

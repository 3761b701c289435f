"""What is asked of media and frames while a film is reviewed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.player.playback import PlaybackEvent
from powerstream_desktop.desktop.review.frame_source import Still
from powerstream_desktop.desktop.review.reviewer import Reviewer
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.driver import wait_for
from tests.unit.desktop.player.fake_media import FakeMedia, MediaMakers
from tests.unit.desktop.review.fake_frames import FRAME_US, FakeFrames, FrameMakers

S = 1_000_000


class Scene:
    """A reviewer whose media and frames a test holds."""

    def __init__(self) -> None:
        self.owner = QWidget()
        self.media_makers, self.frame_makers = MediaMakers(), FrameMakers()
        self.now_s = 100.0
        self.reviewer = Reviewer(
            self.owner,
            make_media=self.media_makers,
            make_frames=self.frame_makers,
            clock=lambda: self.now_s,
        )
        self.reviewer.show_size(QSize(64, 36))
        self.reviewer.offer("/film.mp4", 60 * S)
        self.frames.tell_facts()
        self.frames.answer_all()

    @property
    def frames(self) -> FakeFrames:
        return self.frame_makers.frames

    @property
    def media(self) -> FakeMedia:
        return self.media_makers.media

    def play(self, from_us: int = 0) -> None:
        """Play, as far as the first moving picture."""
        self.reviewer.toggle()
        self.media.happened.emit(PlaybackEvent.PLAYS)
        self.show_moving(from_us)

    def show_moving(self, at_us: int) -> None:
        self.media.image = QImage(8, 8, QImage.Format.Format_RGB32)
        self.media.image_us = at_us
        self.media.pictured.emit()

    def shows_media(self) -> bool:
        return self.reviewer.picture().width() == 8


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.reviewer.close()


def test_the_first_picture_is_shown_and_nothing_is_heard(scene: Scene) -> None:
    assert scene.reviewer.picture().width() == 64
    assert scene.media_makers.made == []
    assert scene.frames.asked == ["open /film.mp4"]


def test_steps_are_counted_from_what_was_asked_for_last(scene: Scene) -> None:
    for _ in range(5):
        scene.reviewer.step(1)
    scene.reviewer.step(-1)
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == 4 * FRAME_US


def test_steps_stop_at_both_ends(scene: Scene) -> None:
    scene.reviewer.step(-3)
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == 0
    scene.reviewer.seek(60 * S)
    scene.reviewer.step(3)
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == 60 * S - FRAME_US


def test_skips_add_up_while_pictures_are_awaited(scene: Scene) -> None:
    for _ in range(3):
        scene.reviewer.skip(10 * S)
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == 30 * S


def test_dragging_asks_for_the_newest_place_only(scene: Scene) -> None:
    for at_us in range(0, 50 * S, S):
        scene.reviewer.scrub(at_us)
    assert len(scene.frames.wishes) == 1
    scene.frames.answer()
    [wish] = scene.frames.wishes
    assert wish.at_us // S == 49


def test_playing_goes_on_from_the_picture_that_stood_still(scene: Scene) -> None:
    scene.reviewer.seek(30 * S)
    scene.frames.answer_all()
    scene.reviewer.toggle()
    assert scene.media.asked[-1] == "open /film.mp4"
    scene.show_moving(0)
    assert not scene.shows_media()
    scene.media.happened.emit(PlaybackEvent.PLAYS)
    assert scene.media.asked[-1] == "seek 30000"
    scene.show_moving(30 * S)
    assert scene.shows_media()
    scene.media.moved.emit(31_000)
    assert scene.reviewer.transport.position_us == 31 * S


def test_holding_stands_still_on_the_very_picture_that_was_seen(scene: Scene) -> None:
    scene.play()
    scene.media.moved.emit(5_000)
    scene.show_moving(5 * S + FRAME_US - 1)  # Qt rounds its own way
    scene.reviewer.hold()
    assert scene.media.asked[-1] == "pause"
    assert scene.shows_media()
    scene.frames.answer_all()
    assert not scene.shows_media()
    assert scene.reviewer.transport.position_us == 5 * S + FRAME_US


def test_a_step_while_it_plays_counts_from_the_picture_that_is_seen(scene: Scene) -> None:
    scene.play()
    scene.show_moving(7 * S)
    scene.reviewer.step(1)
    scene.frames.answer_all()
    assert scene.reviewer.transport.motion is Motion.STILL
    assert scene.reviewer.transport.position_us == 7 * S + FRAME_US


def test_playing_again_seeks_before_it_plays(scene: Scene) -> None:
    scene.play()
    scene.reviewer.hold()
    scene.reviewer.seek(20 * S)
    scene.frames.answer_all()
    scene.media.asked.clear()
    scene.reviewer.toggle()
    assert scene.media.asked == ["speed 1.0", "seek 20000", "play"]


def test_a_seek_while_it_plays_is_the_medias(scene: Scene) -> None:
    scene.play()
    scene.reviewer.seek(40 * S)
    assert scene.media.asked[-1] == "seek 40000"
    assert scene.reviewer.transport.motion is Motion.PLAYING
    scene.show_moving(2 * S)  # one that was on its way
    assert not scene.shows_media()
    scene.show_moving(40 * S)
    assert scene.shows_media()


def test_what_plays_obeys_another_rate_at_once(scene: Scene) -> None:
    scene.play()
    scene.reviewer.set_rate(1.5)
    scene.reviewer.forward()
    assert scene.media.asked[-2:] == ["speed 1.5", "speed 3.0"]


def test_the_end_is_stood_still_at_and_playing_begins_again(scene: Scene) -> None:
    scene.play()
    scene.media.happened.emit(PlaybackEvent.ENDS)
    scene.frames.answer_all()
    assert scene.reviewer.transport.motion is Motion.STILL
    assert scene.reviewer.transport.position_us == 60 * S - FRAME_US
    scene.reviewer.toggle()
    assert "seek 0" in scene.media.asked


def test_rewinding_shows_pictures_backward_and_nothing_is_heard(scene: Scene) -> None:
    scene.reviewer.seek(30 * S)
    scene.frames.answer_all()
    scene.reviewer.backward()
    scene.reviewer.backward()
    scene.now_s += 2.0
    wait_for(lambda: bool(scene.frames.wishes))
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == 26 * S
    assert scene.media_makers.made == []
    scene.now_s += 100.0
    wait_for(lambda: scene.reviewer.transport.motion is Motion.STILL)
    assert scene.reviewer.transport.position_us == 0


def test_a_glance_changes_nothing(scene: Scene) -> None:
    glances: list[Still] = []
    scene.reviewer.glanced.connect(glances.append)
    scene.reviewer.glance(20 * S)
    scene.frames.answer_all()
    assert [each.at_us for each in glances] == [20 * S]
    assert scene.reviewer.transport.position_us == 0
    assert scene.reviewer.picture().width() == 64


def test_a_selection_begins_with_the_picture_that_is_seen_and_ends_behind_it(scene: Scene) -> None:
    scene.reviewer.seek(10 * S)
    scene.frames.answer_all()
    scene.reviewer.mark_in()
    scene.reviewer.seek(12 * S)
    scene.frames.answer_all()
    scene.reviewer.mark_out()
    assert scene.reviewer.transport.selection == (10 * S, 12 * S + FRAME_US)


def test_what_rests_decodes_nothing_and_is_taken_up_where_it_was(scene: Scene) -> None:
    scene.play()
    scene.show_moving(9 * S)
    scene.reviewer.rest()
    assert (scene.media.asked[-1], scene.frames.asked[-1]) == ("pause", "end")
    scene.reviewer.wake()
    assert scene.frames.asked[-1] == "open /film.mp4"
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == 9 * S


def test_what_rests_wakes_by_itself_when_somebody_goes_on(scene: Scene) -> None:
    scene.reviewer.rest()
    scene.reviewer.step(1)
    assert scene.frames.asked[-1] == "open /film.mp4"
    scene.frames.answer_all()
    assert scene.reviewer.transport.position_us == FRAME_US


def test_volume_and_silence_that_were_chosen_before_are_obeyed_when_it_plays(scene: Scene) -> None:
    scene.reviewer.set_volume(0.4)
    scene.reviewer.set_muted(True)
    scene.reviewer.toggle()
    assert {"volume 0.40", "muted True"} <= set(scene.media.asked)


def test_a_film_that_cannot_be_played_stands_still_and_says_so(scene: Scene) -> None:
    said: list[bool] = []
    scene.reviewer.unplayable.connect(lambda: said.append(True))
    scene.reviewer.toggle()
    scene.media.happened.emit(PlaybackEvent.FAILS)
    assert said == [True]
    assert scene.reviewer.transport.motion is Motion.STILL


def test_a_film_that_failed_while_it_stood_still_is_opened_anew(scene: Scene) -> None:
    scene.reviewer.toggle()
    scene.reviewer.toggle()
    scene.media.happened.emit(PlaybackEvent.FAILS)
    scene.reviewer.toggle()
    assert scene.media.asked[-1] == "open /film.mp4"


def test_another_film_forgets_all_of_the_first(scene: Scene) -> None:
    scene.play()
    scene.reviewer.mark_in()
    scene.reviewer.offer("/other.mp4", 5 * S)
    assert scene.reviewer.transport.selection is None
    assert scene.reviewer.picture().isNull()
    assert scene.media.asked[-1] == "close"
    assert scene.frames.asked[-1] == "open /other.mp4"


def test_a_picture_that_is_lost_is_not_waited_for(scene: Scene) -> None:
    scene.reviewer.seek(10 * S)
    scene.frames.wishes.clear()
    scene.frames.lost.emit()
    scene.reviewer.seek(11 * S)
    assert len(scene.frames.wishes) == 1

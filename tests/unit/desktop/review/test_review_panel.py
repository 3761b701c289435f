"""What the panel beside the replays shows: nothing, a film, why there is none, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.desktop.outlook.folding import RELOAD
from powerstream_desktop.desktop.player.playback import PlaybackEvent
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, texts
from tests.unit.desktop.review.review_scene import KEY, SHOW, ReviewScene, S


@pytest.fixture
def scene() -> Iterator[ReviewScene]:
    made = ReviewScene()
    yield made
    made.panel.close()


def test_nothing_is_shown_before_a_replay_is(scene: ReviewScene) -> None:
    assert "No replay is open." in texts(scene.panel)
    assert not scene.panel.stage.isVisible()
    assert scene.frames.is_warm


def test_a_replay_shows_its_first_picture_and_is_not_heard(scene: ReviewScene) -> None:
    scene.open()
    assert scene.frames.asked == ["open /replays/as1.mp4"]
    assert not scene.panel.reviewer.picture().isNull()
    assert scene.media_makers.made == []
    assert {"00:00:00.00", "00:01:00"} <= set(texts(scene.panel))


def test_a_newer_state_of_the_same_replay_does_not_disturb_its_film(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    scene.frames.asked.clear()
    scene.library.assets = [replace(SHOW, title="Renamed", markers=())]
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert scene.chips() == []
    assert scene.frames.asked == []
    assert scene.position_us == 20 * S


def test_a_replay_that_is_removed_is_shown_no_more(scene: ReviewScene) -> None:
    scene.open()
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as2"})
    assert scene.shown() == SHOW
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as1"})
    assert scene.shown() is None
    assert scene.frames.asked[-1] == "close"


def test_what_happened_while_the_service_was_away_is_asked_for(scene: ReviewScene) -> None:
    scene.open()
    scene.library.assets = [replace(SHOW, title="Renamed")]
    scene.feed.library_changed.emit(RELOAD)
    assert "Renamed" in texts(scene.panel)
    scene.library.assets = []
    scene.feed.library_changed.emit(RELOAD)
    assert scene.shown() is None


def test_a_replay_that_is_removed_does_not_leave_an_empty_screen(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.stage.toggle_full_screen()
    assert scene.fills_screen()
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as1"})
    assert not scene.fills_screen()


def test_what_is_known_of_a_replay_is_said(scene: ReviewScene) -> None:
    scene.open(replace(SHOW, description="With <b>guests</b>."))
    assert {"Evening show", "With <b>guests</b>.", "this computer only"} <= set(texts(scene.panel))
    scene.panel.show_replay(replace(SHOW, description=""))
    assert "With <b>guests</b>." not in texts(scene.panel)


def test_a_jump_before_the_film_is_there_is_made_when_it_is(scene: ReviewScene) -> None:
    scene.desk.is_slow = True
    scene.panel.show_replay(SHOW)
    scene.panel.jump_to(42_000)
    scene.desk.work()
    assert scene.position_us == 42 * S


def test_play_before_the_film_is_there_plays_when_it_is(scene: ReviewScene) -> None:
    scene.desk.is_slow = True
    scene.panel.show_replay(SHOW)
    scene.panel.play()
    scene.desk.work()
    assert "open /replays/as1.mp4" in scene.media.asked


def test_what_is_wanted_by_one_who_has_gone_elsewhere_meanwhile_is_not_heard(scene: ReviewScene) -> None:
    scene.desk.is_slow = True
    scene.panel.show_replay(SHOW)
    scene.panel.play()
    scene.panel.hide()
    scene.desk.work()
    assert scene.media_makers.made == []
    assert scene.frames.asked[-1] == "end"
    scene.panel.show()
    assert scene.frames.asked[-1] == "open /replays/as1.mp4"
    assert scene.motion() is Motion.STILL


def test_the_answer_for_a_replay_that_is_not_shown_any_more_is_nobodys(scene: ReviewScene) -> None:
    scene.desk.is_slow = True
    scene.panel.show_replay(SHOW)
    scene.panel.show_replay(scene.library.get("as2"))
    scene.desk.work()
    assert scene.frames.asked == ["open /replays/as2.mp4"]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("missing", "The file is not where it was."),
        ("processing", "This recording is still being finished."),
        ("failed", "This recording failed."),
        ("ready", "This replay has no file on this computer."),
    ],
)
def test_a_replay_without_a_file_says_why(scene: ReviewScene, status: str, sentence: str) -> None:
    scene.panel.show_replay(replace(SHOW, status=status, video_url=None))
    assert sentence in texts(scene.panel)
    assert not scene.button("Play").isEnabled()
    assert scene.frames.asked == []
    scene.key(KEY.Key_Space)
    assert scene.media_makers.made == []


def test_a_recording_that_was_finished_meanwhile_is_opened(scene: ReviewScene) -> None:
    scene.panel.show_replay(replace(SHOW, status="processing", video_url=None))
    scene.panel.show_replay(SHOW)
    assert scene.frames.asked == ["open /replays/as1.mp4"]


def test_a_file_that_cannot_be_had_says_why_and_can_be_tried_again(
    scene: ReviewScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_asset_id: str) -> str:
        raise UnknownError("The disk is gone.", status=404, code="not-found")

    with monkeypatch.context() as patch:
        patch.setattr(scene.library, "film", gone)
        scene.panel.show_replay(SHOW)
    assert "The disk is gone." in texts(scene.panel)
    click(scene.button("Try again"))
    assert scene.frames.asked == ["open /replays/as1.mp4"]


def test_a_broken_file_says_so(scene: ReviewScene) -> None:
    scene.open()
    scene.frames.refused.emit("This file is damaged.", "")
    assert "This file is damaged." in texts(scene.panel)
    assert not scene.button("Play").isEnabled()


def test_a_film_whose_pictures_cannot_be_had_any_more_is_not_heard_on(scene: ReviewScene) -> None:
    scene.open()
    click(scene.button("Play"))
    scene.frames.refused.emit("The pictures of this file cannot be shown one by one.", "")
    assert scene.media.asked[-1] == "pause"
    assert scene.motion() is Motion.STILL


def test_what_cannot_be_played_is_said_in_the_window(scene: ReviewScene) -> None:
    scene.open()
    click(scene.button("Play"))
    scene.media.happened.emit(PlaybackEvent.FAILS)
    assert scene.ways.said[0][0] == "This file cannot be played here."
    assert scene.motion() is Motion.STILL


def test_a_page_that_is_left_decodes_nothing(scene: ReviewScene) -> None:
    scene.open()
    click(scene.button("Play"))
    scene.panel.rest()
    assert scene.media.asked[-1] == "pause"
    assert scene.frames.asked[-1] == "end"


def test_a_panel_that_comes_back_takes_its_film_up_again(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.hide()
    assert scene.frames.asked[-1] == "end"
    scene.panel.show()
    assert scene.frames.asked[-1] == "open /replays/as1.mp4"


def test_everything_has_a_name(scene: ReviewScene) -> None:
    scene.open()
    assert nameless(scene.panel) == []

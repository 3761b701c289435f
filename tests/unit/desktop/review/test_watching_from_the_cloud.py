"""A replay that is in the cloud only: watched from there when somebody wants it, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from powerstream_desktop.client.cloud import Sync
from powerstream_desktop.client.errors import ConflictError
from powerstream_desktop.desktop.player.playback import PlaybackEvent
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.driver import click, texts
from tests.unit.desktop.review.review_scene import SHOW, ReviewScene, S

AWAY = replace(SHOW, sync=Sync(state="evicted"))
ADDRESS = "http://127.0.0.1:5001/watch/as1.1.ab"


@pytest.fixture
def scene() -> Iterator[ReviewScene]:
    made = ReviewScene()
    made.library.in_the_cloud.add("as1")
    yield made
    made.panel.close()


def watch(scene: ReviewScene) -> None:
    scene.open(AWAY)
    click(scene.button("Play from the cloud"))
    scene.frames.tell_facts()
    scene.frames.answer_all()


def test_what_is_only_looked_at_is_not_fetched(scene: ReviewScene) -> None:
    scene.open(AWAY)
    assert "This replay is in the cloud only." in texts(scene.panel)
    assert "film as1" not in scene.library.asked
    assert scene.frames.asked == []


def test_it_plays_from_the_services_own_address(scene: ReviewScene) -> None:
    watch(scene)
    assert scene.frames.asked == [f"open {ADDRESS}"]
    assert f"open {ADDRESS}" in scene.media.asked
    assert scene.motion() is Motion.PLAYING
    assert not scene.panel.reviewer.picture().isNull()


def test_play_on_its_card_plays_it_at_once(scene: ReviewScene) -> None:
    scene.panel.show_replay(AWAY)
    scene.panel.play()
    scene.panel.play()  # impatience asks once
    assert scene.library.asked.count("film as1") == 1
    assert scene.motion() is Motion.PLAYING


def test_what_needs_its_file_here_is_not_offered(scene: ReviewScene) -> None:
    watch(scene)
    deeds = scene.panel.deeds
    assert not deeds.folder.isEnabled()
    assert not deeds.copy.isEnabled()
    assert deeds.named_mark.isEnabled()
    scene.panel.reviewer.mark_in()
    scene.panel.reviewer.seek(20 * S)
    scene.panel.reviewer.mark_out()
    assert not deeds.export.isEnabled()
    assert scene.library.played == []


def test_news_of_it_do_not_disturb_what_is_watched(scene: ReviewScene) -> None:
    watch(scene)
    scene.library.assets = [replace(AWAY, title="Renamed", sync=Sync(state="downloading"))]
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert "Renamed" in texts(scene.panel)
    assert scene.frames.asked == [f"open {ADDRESS}"]
    assert scene.motion() is Motion.PLAYING


def test_once_it_is_here_its_own_file_is_shown(scene: ReviewScene) -> None:
    watch(scene)
    scene.library.in_the_cloud.clear()
    scene.library.assets = [SHOW]
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert scene.frames.asked[-1] == "open /replays/as1.mp4"
    assert scene.panel.deeds.folder.isEnabled()


def test_why_it_does_not_come_is_said_and_it_can_be_tried_again(scene: ReviewScene) -> None:
    scene.library.no_film = ConflictError(
        "Nothing is fetched from the cloud while you are live.", status=409, code="conflict", hint="Later."
    )
    scene.open(AWAY)
    click(scene.button("Play from the cloud"))
    assert {"Nothing is fetched from the cloud while you are live.", "Later."} <= set(texts(scene.panel))
    scene.library.no_film = None
    click(scene.button("Try again"))
    assert scene.frames.asked == [f"open {ADDRESS}"]


def test_a_film_that_comes_no_more_is_asked_for_anew(scene: ReviewScene) -> None:
    watch(scene)
    scene.media.happened.emit(PlaybackEvent.FAILS)
    assert "This replay does not come from the cloud now." in texts(scene.panel)
    click(scene.button("Try again"))
    assert scene.library.asked.count("film as1") == 2


def test_a_file_that_is_open_here_is_said_to_be_until_it_is_closed(scene: ReviewScene) -> None:
    scene.library.in_the_cloud.clear()
    scene.open(SHOW)
    assert scene.library.played == ["keep as1"]
    scene.panel.film.lease._again.timeout.emit()
    assert scene.library.played == ["keep as1", "keep as1"]
    scene.panel.show_replay(None)
    assert scene.library.played[2:] == ["end as1"]
    scene.panel.show_replay(None)
    assert len(scene.library.played) == 3


def test_a_file_is_closed_before_it_is_asked_to_be_given_up(scene: ReviewScene) -> None:
    scene.library.in_the_cloud.clear()
    scene.open(replace(SHOW, sync=Sync(state="synced")))
    scene.panel.deeds.cloud_wanted.emit(CloudWish.EVICT)
    assert scene.client.cloud.asked[-1] == "evict as1"
    assert scene.library.played[-1] == "end as1"

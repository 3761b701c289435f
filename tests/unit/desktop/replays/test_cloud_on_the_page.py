"""The cloud on the page of replays: what the footer says, what the menus do, and texts that another computer has replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from powerstream_desktop.client.cloud import CloudServer, CloudStanding, LostText, Sync, Trouble
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, texts
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.replays.fake_client import RECORDED_AT, asset
from tests.unit.desktop.replays.fake_cloud import PROGRESS, QUESTION, STANDING
from tests.unit.desktop.replays.test_replays_page import Scene

LOST = LostText(
    words={}, number=7, field="title", value="Late show", device="Studio PC",
    written_at=RECORDED_AT, lost_at=RECORDED_AT + timedelta(hours=1),
)  # fmt: skip
TROUBLE = Trouble(code="full", sentence="The cloud store is full.", remedy="Free some space there.")


class CloudScene(Scene):
    """The page, where a store was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.cloud = self.client.cloud
        self.feed.replace(replace(self.feed.now, settings={"cloud.kind": "s3"}))
        self.page.came_up()

    def tell(self, standing: CloudStanding) -> None:
        self.feed.replace(replace(self.feed.now, cloud=standing))

    def sync(self, number: int, **fields: object) -> None:
        self.library.assets[number - 1] = replace(
            self.library.assets[number - 1],
            sync=Sync(**fields),  # type: ignore[arg-type]
        )
        self.feed.library_changed.emit({"change": "changed", "assetId": f"as{number}"})

    def listed(self, number: int) -> Sync:
        found = self.page.content.listed(f"as{number}")
        assert found is not None
        return found.sync


@pytest.fixture
def scene() -> Iterator[CloudScene]:
    with speaking("en"):
        made = CloudScene()
        yield made
        made.page.close()


def test_without_a_store_nothing_is_said_of_the_cloud() -> None:
    with speaking("en"):
        scene = Scene()
        assert not scene.page.cloud.isVisible()
        assert scene.client.cloud.asked == []
        scene.open()
        scene.page.handling.menu.show_for([asset(1)], scene.page.mapToGlobal(scene.page.rect().center()))
        assert not any(each.isVisible() for each in scene.page.handling.menu.cloud.values())
        scene.page.handling.menu.close()
        scene.page.close()


def test_the_footer_follows_what_the_service_tells(scene: CloudScene) -> None:
    assert "3 replays in the cloud." in texts(scene.page)
    scene.tell(replace(STANDING, state="on-air", waiting=2))
    assert "Waits because you are live. 2 uploads wait." in texts(scene.page)
    scene.feed.replace(replace(scene.feed.now, settings={"cloud.kind": "off"}))
    assert not scene.page.cloud.isVisible()


def test_the_footer_comes_where_settings_are_known_later_than_the_page() -> None:
    with speaking("en"):
        scene = Scene()
        scene.feed.replace(replace(scene.feed.now, settings={"cloud.kind": "s3"}))
        assert "3 replays in the cloud." in texts(scene.page)
        scene.page.close()


def test_uploads_are_paused_and_go_on(scene: CloudScene) -> None:
    scene.tell(replace(STANDING, state="working", waiting=2))
    click(control(scene.page, "Pause", Button))
    assert "Paused by you." in texts(scene.page)
    assert scene.cloud.standing_now.state == "paused"
    assert not scene.page.cloud.pause.isVisible()
    click(control(scene.page, "Go on now", Button))
    assert scene.cloud.standing_now.state == "working"


def test_a_wish_that_waits_is_thought_better_of_from_the_menus(scene: CloudScene) -> None:
    scene.sync(1, state="synced", wanted="evict")
    scene.sync(2, state="evicted", wanted="download")
    for number, wish in ((1, CloudWish.KEEP), (2, CloudWish.LEAVE)):
        scene.page.handling.ask_cloud([scene.library.assets[number - 1]], wish)
    assert scene.cloud.asked[-2:] == ["cancel evict as1", "cancel download as2"]


def test_what_is_missing_is_a_click_away(scene: CloudScene) -> None:
    scene.tell(replace(STANDING, state="incomplete"))
    click(control(scene.page, "Settings", Button))
    assert scene.ways.went == [(PageName.SETTINGS, "cloud")]


def test_what_hinders_the_server_stands_in_the_footer_until_it_is_over(scene: CloudScene) -> None:
    trouble = Trouble(code="logged_out", sentence="It does not let us in.", remedy="Enter a new token.")
    server = CloudServer(address="https://replays.example.com", has_token=True)
    scene.tell(replace(STANDING, server=replace(server, trouble=trouble)))
    assert {"PowerStream server", trouble.sentence, trouble.remedy} <= set(texts(scene.page))
    click(control(scene.page, "Settings", Button))
    assert scene.ways.went == [(PageName.SETTINGS, "cloud")]
    scene.tell(replace(STANDING, server=server))
    assert not {"PowerStream server", trouble.sentence, trouble.remedy} & set(texts(scene.page))


def test_a_question_is_answered_by_two_presses_only(scene: CloudScene) -> None:
    scene.cloud.standing_now = replace(STANDING, questions=(QUESTION,))
    scene.tell(scene.cloud.standing_now)
    assert f"{QUESTION.sentence} (20)" in texts(scene.page)
    click(scene.page.cloud.agree)
    assert "sync True" not in scene.cloud.asked
    click(scene.page.cloud.agree)
    assert "sync True" in scene.cloud.asked
    assert not any(QUESTION.sentence in each for each in texts(scene.page))


def test_what_nobody_can_say_yes_to_is_told_only(scene: CloudScene) -> None:
    told = replace(QUESTION, sentence="The cloud store lists more replays than can be.", count=0)
    scene.tell(replace(STANDING, questions=(told,)))
    assert told.sentence in texts(scene.page)
    assert not scene.page.cloud.agree.isVisible()


def test_a_yes_is_not_meant_for_a_question_that_comes_meanwhile(scene: CloudScene) -> None:
    scene.tell(replace(STANDING, questions=(QUESTION,)))
    click(scene.page.cloud.agree)
    assert scene.page.cloud.agree.asks
    scene.tell(replace(STANDING, questions=(replace(QUESTION, sentence="The cloud store is empty. Anew?"),)))
    assert not control(scene.page, "Do it", AskOnceButton).asks


def test_a_card_follows_its_upload_without_asking_each_time(scene: CloudScene) -> None:
    asked = len(scene.library.asked)
    scene.tell(replace(STANDING, state="working", waiting=1, current=PROGRESS))
    assert scene.listed(1).bytes_done == 41
    assert scene.listed(2).state == "local"
    assert len(scene.library.asked) == asked


def test_what_hinders_stands_on_the_card_and_in_the_review(scene: CloudScene) -> None:
    scene.sync(1, state="failed", trouble=TROUBLE)
    index = scene.page.content.model.index_of("as1")
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "The cloud store is full." in tip
    assert "Free some space there." in tip
    assert scene.page.content.model.index_of("as2").data(Qt.ItemDataRole.ToolTipRole) is None
    scene.open()
    assert "The cloud store is full. Free some space there." in texts(scene.page.review)


def test_the_review_follows_the_upload_of_its_replay(scene: CloudScene) -> None:
    scene.open()
    scene.tell(replace(STANDING, state="working", waiting=1, current=PROGRESS))
    assert any("uploading 41" in each for each in texts(scene.page.review))


def test_the_cards_menu_uploads_all_that_are_chosen(scene: CloudScene) -> None:
    scene.page.content.list.selectAll()
    scene.page.handling.menu.cloud_wanted.emit(CloudWish.UPLOAD)
    assert scene.cloud.asked[-2:] == ["upload as1", "upload as2"]


def test_a_wish_is_for_those_only_where_it_makes_sense(scene: CloudScene) -> None:
    scene.sync(2, state="synced")
    scene.page.content.list.selectAll()
    scene.page.handling.menu.cloud_wanted.emit(CloudWish.EVICT)
    assert [each for each in scene.cloud.asked if each.startswith(("evict", "upload"))] == ["evict as2"]


def under_review(scene: CloudScene) -> str:
    """Return the id of the replay under review; empty for none."""
    asset = scene.page.review.asset
    return "" if asset is None else asset.id


def test_a_film_that_is_open_is_closed_before_its_file_is_given_up(scene: CloudScene) -> None:
    scene.sync(1, state="synced")
    scene.open()
    scene.page.handling.menu.cloud_wanted.emit(CloudWish.EVICT)
    assert "evict as1" in scene.cloud.asked
    assert under_review(scene) == ""
    scene.open()
    assert under_review(scene) == "as1"
    scene.cloud.refuses = {"as1"}
    scene.page.review.deeds.cloud[CloudWish.EVICT].trigger()
    assert under_review(scene) == ""
    assert scene.ways.said == [("This replay is pinned.", "Unpin it first.")]


def test_what_is_refused_says_why(scene: CloudScene) -> None:
    scene.cloud.refuses = {"as1"}
    scene.page.content.choose("as1")
    scene.page.handling.menu.cloud_wanted.emit(CloudWish.UPLOAD)
    assert scene.ways.said == [("This replay is pinned.", "Unpin it first.")]


def test_the_reviews_menu_offers_what_can_be_done_and_does_it(scene: CloudScene) -> None:
    scene.sync(1, state="evicted")
    scene.open()
    actions = scene.page.review.deeds.cloud
    assert [wish for wish, action in actions.items() if action.isVisible()] == [
        CloudWish.DOWNLOAD,
        CloudWish.VERIFY,
    ]
    actions[CloudWish.DOWNLOAD].trigger()
    assert "download as1" in scene.cloud.asked


def test_a_replay_in_the_cloud_only_says_so_in_the_place_of_its_film(scene: CloudScene) -> None:
    scene.sync(1, state="evicted")
    scene.open()
    assert "This replay is in the cloud only." in texts(scene.page.review)
    assert "film as1" not in scene.library.asked
    scene.sync(1, state="synced")
    assert "This replay is in the cloud only." not in texts(scene.page.review)
    assert "film as1" in scene.library.asked


def test_a_text_that_another_computer_has_replaced_is_shown_beside_the_one_that_stands(
    scene: CloudScene,
) -> None:
    scene.cloud.lost = (LOST, replace(LOST, number=8, field="stationId", value="st9"))
    scene.sync(1, state="synced")
    scene.open()
    shown = texts(scene.page.review)
    assert any(each.startswith("Title: also edited on Studio PC") for each in shown)
    assert {"There: Late show", "Now: Evening show"} <= set(shown)
    assert not any("st9" in each for each in shown)

    def take_back(_asset_id: str, _number: int) -> None:
        scene.library.change("as1", title="Late show")

    scene.cloud.on_take_back = take_back
    click(control(scene.page, "Restore: Late show", Button))
    assert "take_back as1 7" in scene.cloud.asked
    assert scene.opened() == "Late show"
    assert not scene.page.review.lost.isVisible()


def test_a_text_that_was_taken_back_is_not_offered_again(scene: CloudScene) -> None:
    scene.cloud.lost = (replace(LOST, value="Evening show"),)
    scene.sync(1, state="synced")
    scene.open()
    assert "history as1" in scene.cloud.asked
    assert not scene.page.review.lost.isVisible()


def test_what_is_here_only_has_no_such_texts(scene: CloudScene) -> None:
    scene.open()
    assert not any(each.startswith("history") for each in scene.cloud.asked)


def test_the_keyboard_finds_a_name_everywhere(scene: CloudScene) -> None:
    scene.tell(replace(STANDING, questions=(QUESTION,), state="working", waiting=1))
    assert [each for each in nameless(scene.page.cloud) if "in Filler" not in each] == []

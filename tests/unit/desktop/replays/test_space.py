"""The room that replays need, and what the rules would do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.retention_sheet import RetentionSheet
from powerstream_desktop.desktop.replays.storage_card import StorageCard
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, show, texts, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.replays.fake_client import FakeClient, entry, plan


class Scene:
    """A client with replays, and what is shown of its room."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.surroundings, self.desk, _, self.ways = surroundings_with(self.client)

    def card(self) -> StorageCard:
        return show(StorageCard(self.surroundings.desk), 600)

    def sheet(self) -> RetentionSheet:
        return show(RetentionSheet(self.surroundings), 640, 520)


@pytest.fixture
def scene() -> Iterator[Scene]:
    with speaking("en"):
        yield Scene()


def test_what_is_used_and_what_is_free_is_said_and_shown(scene: Scene) -> None:
    card = scene.card()
    assert "Being measured…" in texts(card)
    card.watch()
    assert "212\u00a0GB of replays on this computer · 214\u00a0GB free" in texts(card)
    assert card.meter.value() == 498
    card.rest()


def test_a_disk_that_does_not_say_what_is_free_has_no_meter(scene: Scene) -> None:
    scene.library.free_bytes = None
    card = scene.card()
    card.watch()
    assert "212\u00a0GB of replays on this computer" in texts(card)
    assert not card.meter.isVisible()
    card.rest()


def test_many_changes_are_one_question_and_none_while_nobody_looks(scene: Scene) -> None:
    card = scene.card()
    card.look_soon()
    card.watch()
    for _ in range(5):
        card.look_soon()
    wait_for(lambda: len(scene.library.asked) == 2)
    card.rest()
    assert scene.library.asked == ["storage", "storage"]


def test_what_cannot_be_measured_stays_as_it_was(scene: Scene) -> None:
    card = scene.card()
    card.watch()
    scene.library.is_gone = True
    card.watch()
    assert "212\u00a0GB of replays on this computer · 214\u00a0GB free" in texts(card)
    assert scene.desk.refused == []
    card.rest()


def test_what_would_be_removed_and_why_the_rest_stays_is_said_before_anything_is(scene: Scene) -> None:
    scene.library.plan = plan(
        removes=(entry(1, "age", "It is older than 90 days."),),
        keeps=(entry(2, "pinned", "It is pinned."), entry(3, "only-copy", "It is the only copy.")),
    )
    sheet = scene.sheet()
    assert {"1 would be removed: 4.1\u00a0GB", "2 stay"} <= set(texts(sheet))
    assert sheet.going.list.item(0).text() == "Show 1 · 4.1\u00a0GB · It is older than 90 days."
    assert [sheet.staying.list.item(row).text() for row in range(2)] == [
        "Show 2 · 4.1\u00a0GB · It is pinned.",
        "Show 3 · 4.1\u00a0GB · It is the only copy.",
    ]
    assert nameless(sheet) == []
    remove = control(sheet, "Remove these", AskOnceButton)
    click(remove)
    assert "apply as1" not in scene.library.asked
    removed: list[bool] = []
    sheet.removed.connect(lambda: removed.append(True))
    click(remove)
    assert "apply as1" in scene.library.asked
    assert removed == [True]


def test_of_what_would_be_removed_the_only_copies_are_named(scene: Scene) -> None:
    last = replace(entry(1, "age", "It is older than 90 days."), is_only_copy=True)
    kept = replace(entry(2, "only-copy", "There is no other copy of it."), is_only_copy=True)
    scene.library.plan = plan(removes=(last,), keeps=(kept,))
    sheet = scene.sheet()
    assert (
        sheet.going.list.item(0).text() == "Show 1 · 4.1\u00a0GB · It is older than 90 days. · the only copy"
    )
    assert sheet.staying.list.item(0).text() == "Show 2 · 4.1\u00a0GB · There is no other copy of it."


def test_of_what_the_cloud_has_too_it_is_said_that_only_the_file_goes_and_when(scene: Scene) -> None:
    copied = replace(entry(1, "age", "It is older than 90 days."), waits_for_check=True)
    scene.library.plan = plan(removes=(copied,))
    told = scene.sheet().going.list.item(0).text()
    assert told.endswith(" · its file alone, once its copy in the cloud was verified again")


def test_rules_that_would_remove_nothing_offer_nothing(scene: Scene) -> None:
    sheet = scene.sheet()
    assert "No rule is set, or none concerns a replay: nothing would be removed." in texts(sheet)
    assert not control(sheet, "Remove these", AskOnceButton).isEnabled()
    assert not sheet.staying.isVisible()
    click(control(sheet, "Change the rules", Button))
    assert scene.ways.went == [(PageName.SETTINGS, "recording")]


def test_a_plan_that_cannot_be_had_or_done_says_why(scene: Scene) -> None:
    scene.library.refuses = {"retention"}
    assert "It is being played. Stop it first." in texts(scene.sheet())
    scene.library.refuses = {"apply"}
    scene.library.plan = plan(removes=(entry(1, "age", "It is old."),))
    sheet = scene.sheet()
    remove = control(sheet, "Remove these", AskOnceButton)
    click(remove)
    click(remove)
    assert "It is being played. Stop it first." in texts(sheet)
    assert remove.isEnabled(), "it can be tried again"

"""The page of broadcasts: history, report, export."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.timeline_bar import TimelineBar
from powerstream_desktop.desktop.sessions.export import ask_in_dialog, write_report
from powerstream_desktop.desktop.sessions.history_row import facts_of, how_it_was, spoken
from powerstream_desktop.desktop.sessions.page import SessionsPage
from powerstream_desktop.desktop.sessions.recorded_moment import subject_at
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, names, press, show, texts, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.replays.fake_client import FakeLibrary, asset
from tests.unit.desktop.sessions.pasts import FakeSessions, at, change, destination, session


class FakeClient:
    """The rooms that this page goes to."""

    def __init__(self) -> None:
        self.sessions = FakeSessions()
        self.library = FakeLibrary()


class Scene:
    """The page, shown once ``come_up`` was called."""

    def __init__(self, folder: Path) -> None:
        self.client = FakeClient()
        self.sessions = self.client.sessions
        self.sessions.sessions = [session(1), session(2, title="Morning show"), session(3, title="")]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.folder = folder
        self.proposed: list[str] = []
        self.page = SessionsPage(surroundings, ask_file=self.ask_file, now=lambda: at(1000), refresh_ms=1)

    def ask_file(self, _: QWidget, proposed: str, then: Callable[[Path], None]) -> None:
        self.proposed.append(Path(proposed).name)
        then(self.folder / Path(proposed).name)

    def come_up(self) -> SessionsPage:
        show(self.page, 1200, 760)
        self.page.came_up()
        return self.page

    def live(self, session_id: str | None) -> None:
        status = LiveStatus(words={}, is_live=session_id is not None, state="live", session_id=session_id)
        self.feed.replace(replace(self.feed.now, live=status))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.page.close()


def test_the_newest_report_is_shown_first(scene: Scene) -> None:
    page = scene.come_up()
    shown = set(texts(page.report))
    assert {"Evening show", "YouTube", "Kick", "never connected", "Guest joins", "Ended as planned"} <= shown
    assert "1:40–2:30 (0:50)  Kick closed the connection." in shown
    assert len(page.report.findChildren(TimelineBar)) == 3


def test_another_broadcast_is_chosen_by_the_keyboard(scene: Scene) -> None:
    page = scene.come_up()
    press(page.list, Qt.Key.Key_Down)
    assert "Morning show" in texts(page.report)
    press(page.list, Qt.Key.Key_Down)
    assert "Untitled broadcast" in texts(page.report)
    assert scene.sessions.asked == ["page None", "get se1", "get se2", "get se3"]


def test_a_rehearsal_is_called_one(scene: Scene) -> None:
    scene.sessions.sessions = [session(1, title="", is_rehearsal=True)]
    page = scene.come_up()
    assert "Rehearsal" in texts(page.report)
    assert "Untitled broadcast" not in texts(page.report)
    assert spoken(scene.sessions.sessions[0], at(1000)).startswith("Rehearsal, ")
    assert spoken(session(1, title="Dress", is_rehearsal=True), at(1000)).startswith("Dress, ")


def test_another_page_may_lead_to_a_report(scene: Scene) -> None:
    page = scene.come_up()
    page.show_subject("se2")
    assert "Morning show" in texts(page.report)
    assert page.list.currentIndex().row() == 1


def test_a_report_that_was_led_to_before_the_history_came_stays(scene: Scene) -> None:
    scene.page.show_subject("se2")
    assert "Morning show" in texts(scene.come_up().report)


def test_a_home_without_broadcasts_says_so(scene: Scene) -> None:
    scene.sessions.sessions = []
    shown = texts(scene.come_up())
    assert "No broadcasts yet." in shown
    assert "No report is open." in shown


def test_a_history_that_cannot_be_had_says_why_and_can_be_tried_again(scene: Scene) -> None:
    scene.sessions.is_gone = True
    page = scene.come_up()
    assert "PowerStream's service is not running." in texts(page)
    scene.sessions.is_gone = False
    click(control(page, "Try again", Button))
    assert "Evening show" in texts(page.report)


def test_what_is_shown_stays_while_the_service_is_away(scene: Scene) -> None:
    page = scene.come_up()
    scene.sessions.is_gone = True
    scene.live("se1")
    scene.live(None)
    assert page.list.isVisible()
    assert "Evening show" in texts(page.report)
    assert scene.desk.refused == []


def test_a_report_that_cannot_be_had_says_why_and_can_be_tried_again(scene: Scene) -> None:
    page = scene.come_up()
    gone = scene.sessions.sessions.pop(1)
    press(page.list, Qt.Key.Key_Down)
    assert "There is no such broadcast." in texts(page)
    assert not page.save_html.isVisible()
    scene.sessions.sessions.insert(1, gone)
    click(control(page, "Try again", Button))
    assert "Morning show" in texts(page.report)
    assert page.save_html.isVisible()


def test_the_history_is_asked_for_again_when_a_broadcast_begins_and_when_it_ends(scene: Scene) -> None:
    page = scene.come_up()
    running = session(9, title="Tonight", ended_at=None, ending=None)
    scene.sessions.sessions.insert(0, running)
    scene.live("se9")
    assert page.model.rows[0].title == "Tonight"
    page.show_subject("se9")
    assert "On air now" in texts(page.report)
    scene.sessions.sessions[0] = replace(running, ended_at=at(900), ending="stopped")
    scene.live(None)
    wait_for(lambda: "Ended as planned" in texts(page.report))


def test_the_report_of_a_broadcast_that_runs_is_asked_for_again_while_it_is_seen(scene: Scene) -> None:
    scene.sessions.sessions.insert(0, session(9, title="Tonight", ended_at=None, ending=None))
    page = scene.come_up()
    wait_for(lambda: scene.sessions.asked.count("get se9") > 2)
    page.went_down()
    asked = len(scene.sessions.asked)
    QTest.qWait(20)
    assert len(scene.sessions.asked) == asked
    page.came_up()
    wait_for(lambda: len(scene.sessions.asked) > asked)


def test_the_report_of_one_that_is_over_is_asked_for_once(scene: Scene) -> None:
    scene.come_up()
    QTest.qWait(20)
    assert scene.sessions.asked == ["page None", "get se1"]


def test_figures_of_a_broadcast_do_not_ask_for_the_history(scene: Scene) -> None:
    scene.come_up()
    scene.live("se1")
    asked = len(scene.sessions.asked)
    status = scene.feed.now.live
    assert status is not None
    scene.feed.replace(replace(scene.feed.now, live=replace(status, elapsed_seconds=5.0)))
    assert len(scene.sessions.asked) == asked


def test_a_replay_is_led_to(scene: Scene) -> None:
    page = scene.come_up()
    click(control(page.report, "Open replay", Button))
    assert scene.ways.went == [(PageName.REPLAYS, "as1")]


def test_a_report_is_saved_as_html_and_as_json(scene: Scene) -> None:
    page = scene.come_up()
    click(page.save_html)
    click(page.save_json)
    assert [Path(name).suffix for name in scene.proposed] == [".html", ".json"]
    assert all(name.startswith("Evening show 2026-11-2") for name in scene.proposed)
    assert "YouTube" in (scene.folder / scene.proposed[0]).read_text("utf-8")
    told = json.loads((scene.folder / scene.proposed[1]).read_text("utf-8"))
    assert told["session"]["sessionId"] == "se1"
    assert [said for said, _ in scene.ways.told] == ["The report was saved."] * 2


def test_a_report_that_cannot_be_saved_says_so(scene: Scene) -> None:
    page = scene.come_up()
    scene.folder /= "not there"
    click(page.save_html)
    [error] = scene.desk.refused
    assert isinstance(error, SystemFault)
    assert error.title == "The report could not be saved."
    assert scene.ways.said == []


def test_what_no_encoding_has_is_written_all_the_same(tmp_path: Path) -> None:
    write_report(tmp_path / "x.json", "lone \ud800")
    assert (tmp_path / "x.json").read_text("utf-8") == "lone ?"


def test_the_systems_dialog_blocks_nothing(scene: Scene) -> None:
    page = scene.come_up()
    page._export._ask_file = ask_in_dialog
    click(page.save_html)
    [dialog] = page.findChildren(QFileDialog)
    wait_for(dialog.isVisible)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert scene.ways.said == [], "nothing is saved before it is said where"


def test_a_row_says_when_how_long_and_how_each_was() -> None:
    past = session(1)
    assert facts_of(past, at(1000)).endswith("5:00")
    assert facts_of(replace(past, ending="interrupted"), at(1000)).endswith("5:00 · interrupted")
    assert facts_of(replace(past, ended_at=None), at(1000)) == "On air for 16:40"
    assert spoken(replace(past, title=""), at(1000)).startswith("Untitled broadcast, ")
    kinds = [how_it_was(past, each) for each in past.destinations]
    assert kinds == [LightKind.LIVE, LightKind.SLOW, LightKind.BAD]
    assert how_it_was(past, destination(4, change(0, "off"))) is LightKind.OFF


def test_everything_has_a_name(scene: Scene) -> None:
    assert nameless(scene.come_up()) == []


def replay(number: int, begins_at_s: float, duration: float) -> Asset:
    return asset(number, recorded_at=at(begins_at_s), duration=duration)


def test_what_a_platform_missed_is_a_step_away_in_the_replay(scene: Scene) -> None:
    scene.client.library.assets = [replay(1, 2, 298)]
    page = scene.come_up()
    click(control(page.report, "Show 1:40–2:30 (0:50) in the replay", Button))
    click(control(page.report, "Show 1:01 in the replay", Button))
    assert scene.ways.went == [(PageName.REPLAYS, "as1@98000"), (PageName.REPLAYS, "as1@59000")]


def test_a_moment_that_no_replay_shows_is_said_to_be_one(scene: Scene) -> None:
    scene.client.library.assets = [replay(1, 180, 120)]
    page = scene.come_up()
    show_gap = control(page.report, "Show 1:40–2:30 (0:50) in the replay", Button)
    click(show_gap)
    scene.client.library.assets = []
    click(show_gap)
    assert scene.ways.said == [("No replay shows this moment.", "")] * 2
    assert scene.ways.went == []


def test_what_was_not_recorded_leads_nowhere(scene: Scene) -> None:
    scene.sessions.sessions = [session(1, recordings=())]
    page = scene.come_up()
    assert [name for name in names(page.report) if name.startswith("Show ")] == []


def test_of_several_parts_the_one_that_shows_the_moment_is_meant() -> None:
    parts = [replay(1, 0, 100), asset(2, recorded_at=None), replay(3, 100, 100)]
    assert subject_at(parts, at(99.5), at(99.5)) == "as1@99500"
    assert subject_at(parts, at(100), at(100)) == "as3@0"
    assert subject_at(parts, at(200), at(300)) is None
    assert subject_at(parts, at(-2), at(-1)) is None


def test_what_began_before_the_recording_did_is_shown_from_its_beginning() -> None:
    assert subject_at([replay(1, 2, 298)], at(1), at(300)) == "as1@0"

"""Clips of the replay under review, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from powerstream_desktop.client.clips import Clip
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.review.clip_sheet import ClipSheet
from powerstream_desktop.desktop.review.clips_part import ClipsPart
from powerstream_desktop.desktop.review.crop_picker import CropPicker
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.replays.fake_client import FakeClient, asset

SELECTION = (26_000_000, 41_499_600)
SHOW = asset(1, "Evening show")
KEPT = 0.31640625
"""The share of a 16:9 picture's width that an upright part takes."""


class Scene:
    """The part, shown; a replay is under review."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.clips = self.client.clips
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.part = ClipsPart(surroundings)
        show(self.part, 500, 300)
        self.part.show_asset(SHOW)

    def sheet(self) -> ClipSheet:
        still = QImage(320, 180, QImage.Format.Format_RGB32)
        still.fill(Qt.GlobalColor.blue)
        self.part.begin(SELECTION, still)
        sheet = self.ways.sheets[-1]
        assert isinstance(sheet, ClipSheet)
        return show(sheet, 560, 700)

    def tell(self, **fields: object) -> None:
        self.clips.change("c1", **fields)
        self.feed.library_changed.emit({"change": "clip", "clipId": "c1", "assetId": "as1"})

    def made(self) -> None:
        self.clips.make("as1", start_ms=26_000, end_ms=41_500, title="Best joke")
        self.tell()


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.part.close()


def test_nothing_is_seen_while_there_are_no_clips(scene: Scene) -> None:
    assert not scene.part.isVisible()
    assert scene.clips.asked == ["of as1"]


def test_a_clip_is_fast_and_whole_unless_told(scene: Scene) -> None:
    sheet = scene.sheet()
    assert "00:00:26.00 – 00:00:41.49  (0:15)" in texts(sheet)
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))
    click(control(sheet, "Export", Button))
    assert scene.clips.wishes == [
        {"asset_id": "as1", "start_ms": 26_000, "end_ms": 41_500, "mode": "fast", "centre_x": None}
    ]
    assert closed == [True]
    assert scene.part.isVisible()


def test_a_clip_may_be_exact_and_have_a_title(scene: Scene) -> None:
    sheet = scene.sheet()
    type_text(sheet.title, "Best <joke>")
    click(sheet.exact, QPoint(10, sheet.exact.height() // 2))
    press(sheet.title, Qt.Key.Key_Return)
    assert scene.clips.wishes[0]["mode"] == "exact"
    assert scene.clips.clips[0].title == "Best <joke>"


def test_the_upright_part_is_dragged_to_its_place(scene: Scene) -> None:
    sheet = scene.sheet()
    assert not sheet.crop.isVisible()
    click(sheet.upright, QPoint(10, sheet.upright.height() // 2))
    crop = sheet.crop
    middle, height = crop.width() // 2, crop.height() // 2
    QTest.mousePress(crop, Qt.MouseButton.LeftButton, pos=QPoint(middle, height))
    QTest.mouseMove(crop, QPoint(middle - 40, height))
    QTest.mouseRelease(crop, Qt.MouseButton.LeftButton, pos=QPoint(middle - 40, height))
    assert 0.3 < crop.centre_x < 0.45
    click(control(sheet, "Export", Button))
    assert scene.clips.wishes[0]["centre_x"] == crop.centre_x
    assert scene.clips.wishes[0]["mode"] == "exact"


def test_the_upright_part_stays_within_the_picture() -> None:
    crop = show(CropPicker(QImage(320, 180, QImage.Format.Format_RGB32)), 480, 270)
    for _ in range(12):
        press(crop, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert crop.centre_x == pytest.approx(KEPT / 2)
    press(crop, Qt.Key.Key_Right)
    assert crop.centre_x == pytest.approx(KEPT / 2 + 0.01)
    QTest.mousePress(crop, Qt.MouseButton.LeftButton, pos=QPoint(470, 100))
    assert crop.centre_x == pytest.approx(1 - KEPT / 2)


def test_a_refusal_is_said_in_the_sheet_and_can_be_tried_again(scene: Scene) -> None:
    scene.clips.refusal = "The disk is full."
    sheet = scene.sheet()
    click(control(sheet, "Export", Button))
    assert "The disk is full." in texts(sheet)
    scene.clips.refusal = ""
    click(control(sheet, "Export", Button))
    assert len(scene.clips.wishes) == 1


def test_a_clip_is_followed_until_it_can_be_opened(scene: Scene) -> None:
    scene.made()
    [row] = scene.part.rows
    assert {"Best joke", "00:00:26–00:00:41", "waiting"} <= set(texts(row))
    scene.tell(state="running", progress=0.5)
    assert scene.part.rows == (row,)
    assert "waiting" not in texts(row)
    assert not row.open.isVisible()
    scene.tell(state="done", progress=1.0, result_asset_id="as9", actual_start_ms=24_700)
    assert {"done", "00:00:26–00:00:41, begins 1.3 s earlier"} <= set(texts(row))
    assert not row.cancel.isVisible()
    click(row.open)
    assert scene.ways.went == [(PageName.REPLAYS, "as9")]


def test_a_clip_is_cancelled(scene: Scene) -> None:
    scene.made()
    click(scene.part.rows[0].cancel)
    assert "cancelled" in texts(scene.part)


def test_a_clip_that_failed_says_why(scene: Scene) -> None:
    scene.made()
    scene.tell(state="failed", error="The disk is full.")
    assert {"failed", "The disk is full."} <= set(texts(scene.part))


def test_however_much_happens_one_question_is_on_its_way(scene: Scene) -> None:
    scene.made()
    scene.clips.asked.clear()
    scene.desk.is_slow = True
    for progress in range(20):
        scene.tell(state="running", progress=progress / 20)
    scene.desk.work()
    scene.desk.work()
    assert scene.clips.asked == ["of as1", "of as1"]
    assert scene.part.rows[0].clip.progress == 0.95


def test_clips_of_other_replays_are_not_asked_about(scene: Scene) -> None:
    scene.clips.asked.clear()
    scene.feed.library_changed.emit({"change": "clip", "clipId": "c7", "assetId": "as2"})
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert scene.clips.asked == []


def test_the_answer_for_another_replay_is_not_shown(scene: Scene) -> None:
    scene.made()
    scene.desk.is_slow = True
    scene.tell(state="running")
    scene.part.show_asset(asset(2))
    scene.desk.work()
    assert scene.part.rows == ()
    scene.desk.work()
    assert scene.clips.asked[-1] == "of as2"


def test_a_question_about_a_replay_that_is_gone_does_not_keep_the_next_from_being_asked_about(
    scene: Scene,
) -> None:
    scene.clips.make("as2", start_ms=1000, end_ms=2000, title="Other")
    scene.desk.is_slow = True
    scene.tell()
    scene.part.show_asset(asset(2))
    scene.clips.gone = {"as1"}
    scene.desk.work()
    scene.desk.work()
    assert [row.clip.title for row in scene.part.rows] == ["Other"]


def test_several_clips_stand_newest_first(scene: Scene) -> None:
    scene.made()
    scene.clips.make("as1", start_ms=1000, end_ms=2000, title="Second")
    scene.tell()
    assert [row.clip.title for row in scene.part.rows] == ["Second", "Best joke"]
    assert isinstance(scene.part.rows[0].clip, Clip)


def test_everything_has_a_name(scene: Scene) -> None:
    scene.made()
    assert nameless(scene.part) == []
    assert nameless(scene.sheet()) == []

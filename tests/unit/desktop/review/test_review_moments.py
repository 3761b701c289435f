"""What the review panel shows along its film: marks, what platforms missed, its sound and its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtTest import QTest

from powerstream_desktop.client.assets import DestinationGap, Gap
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.client.replay_media import Waveform
from powerstream_desktop.desktop.review.jump_chip import JumpChip
from powerstream_desktop.desktop.review.mark_sheet import MarkSheet
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text
from tests.unit.desktop.review.review_scene import HELD, KEY, SHOW, ReviewScene, S


@pytest.fixture
def scene() -> Iterator[ReviewScene]:
    made = ReviewScene()
    yield made
    made.panel.close()


def test_markers_are_chips_in_the_order_of_time_that_lead_to_their_moments(scene: ReviewScene) -> None:
    scene.open()
    assert scene.chips() == ["⚑ 0:12 Guest joins", "⚑ 0:34 Best && last joke"]
    press(control(scene.panel, "0:34 Best & last joke", JumpChip), KEY.Key_Return)
    assert scene.position_us == 34 * S


def test_a_markers_flag_on_the_timeline_leads_to_its_moment(scene: ReviewScene) -> None:
    scene.open()
    place = QPoint(scene.place_of(12 * S).x() + 2, 3)
    QTest.mouseClick(scene.panel.stage.timeline, Qt.MouseButton.LeftButton, pos=place)
    assert scene.position_us == 12 * S
    assert scene.panel.stage.timeline.words_at(place.x()) == "0:12 Guest joins"


def test_m_marks_the_picture_that_is_seen_and_delete_removes_a_marker(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    scene.key(KEY.Key_M)
    assert [each.offset_ms for each in scene.library.get("as1").markers] == [34_000, 12_000, 20_000]
    assert scene.chips()[1] == "⚑ 0:20"
    press(control(scene.panel, "0:20", JumpChip), KEY.Key_Delete)
    assert scene.chips() == ["⚑ 0:12 Guest joins", "⚑ 0:34 Best && last joke"]


def test_a_moment_is_marked_with_a_name(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    click(scene.button("Play"))
    scene.key(KEY.Key_M, HELD.ShiftModifier)
    assert scene.motion() is Motion.STILL, "the moment does not run away"
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, MarkSheet)
    show(sheet)
    assert sheet.focusWidget() is sheet.name
    assert "00:00:20.00" in texts(sheet)
    assert nameless(sheet) == []
    type_text(sheet.name, " Best & <last> ")
    press(sheet.name, KEY.Key_Return)
    assert scene.chips()[1] == "⚑ 0:20 Best && <last>"


def test_a_mark_that_is_refused_says_why_and_can_be_tried_again(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.deeds.named_mark.trigger()
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, MarkSheet)
    show(sheet)
    before, scene.library.assets = scene.library.assets, []
    click(sheet.mark)
    assert any("There is no such replay." in each for each in texts(sheet))
    scene.library.assets = before
    click(sheet.mark)
    assert "⚑ 0:00" in scene.chips()


def test_the_sheet_for_a_name_is_not_hidden_by_a_film_that_fills_the_screen(scene: ReviewScene) -> None:
    scene.open()
    scene.key(KEY.Key_F)
    scene.key(KEY.Key_M, HELD.ShiftModifier)
    assert not scene.fills_screen()
    assert len(scene.ways.sheets) == 1


def test_a_marker_is_removed_by_its_menu(scene: ReviewScene) -> None:
    scene.open()
    [remove] = control(scene.panel, "0:12 Guest joins", JumpChip).removal_menu().actions()
    remove.trigger()
    assert scene.chips() == ["⚑ 0:34 Best && last joke"]


def test_what_a_platform_missed_is_a_red_chip_that_leads_there(scene: ReviewScene) -> None:
    missed = DestinationGap(destination="Kick", platform="kick", start_ms=42_000, end_ms=51_000)
    paused = Gap(start_ms=5_000, end_ms=5_500, reason="paused")
    scene.open(replace(SHOW, destination_gaps=(missed,), gaps=(paused,)))
    assert scene.chips()[2:] == ["Kick down 0:42–0:51", "Paused 0:05"]
    chip = control(scene.panel, "Kick down 0:42–0:51", JumpChip)
    assert chip.property("tone") == "err"
    click(chip)
    assert scene.position_us == 42 * S
    timeline = scene.panel.stage.timeline
    at_foot = QPoint(scene.place_of(46 * S).x(), timeline.height() - 2)
    assert timeline.words_at(at_foot.x()) == "Kick down 0:42–0:51"
    scene.key(KEY.Key_Home)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at_foot)
    assert scene.position_us == 42 * S


def test_the_wave_is_as_loud_as_it_is(scene: ReviewScene) -> None:
    scene.open()
    timeline = scene.panel.stage.timeline
    silent = timeline.grab().toImage()
    timeline.show_wave(bytes([0] * 30 + [255] * 30), 1.0)
    loud = timeline.grab().toImage()
    left, right, high = timeline.width() // 4, timeline.width() * 3 // 4, timeline.height() // 4
    assert loud.pixelColor(left, high) == silent.pixelColor(left, high)
    assert loud.pixelColor(right, high) != silent.pixelColor(right, high)


def test_strip_and_wave_are_shown_as_soon_as_they_are_made(
    scene: ReviewScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, bytes] = {}
    asked: list[str] = []

    def strip(asset_id: str) -> bytes:
        asked.append(f"strip {asset_id}")
        if "strip" not in made:
            raise UnknownError("It is not made yet.", status=404, code="not-found")
        return made["strip"]

    def waveform(asset_id: str) -> Waveform:
        asked.append(f"waveform {asset_id}")
        return Waveform(words={}, per_second=1.0, peaks=bytes([255] * 60))

    monkeypatch.setattr(scene.library, "strip", strip)
    monkeypatch.setattr(scene.library, "waveform", waveform)
    scene.open()
    assert scene.panel.stage.strip.tile(0).isNull()
    made["strip"] = jpeg_of_twelve()
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert scene.panel.stage.strip.tile(11).width() == 160
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert asked == ["strip as1", "waveform as1", "strip as1"]
    scene.panel.show_replay(None)
    assert scene.panel.stage.strip.tile(11).isNull()


def jpeg_of_twelve() -> bytes:
    image = QImage(160 * 12, 90, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())

"""What the review panel does with its replay: clips of a selection, and its menu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.review.clip_sheet import ClipSheet
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.driver import click, control, show
from tests.unit.desktop.review.review_scene import KEY, SHOW, ReviewScene, S


@pytest.fixture
def scene() -> Iterator[ReviewScene]:
    made = ReviewScene()
    yield made
    made.panel.close()


def test_i_and_o_select_and_the_clip_is_named(scene: ReviewScene) -> None:
    scene.open()
    assert not scene.button("Export clip").isEnabled()
    scene.panel.jump_to(10_000)
    scene.frames.answer_all()
    scene.key(KEY.Key_I)
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    scene.key(KEY.Key_O)
    assert scene.button("Export clip 00:00:10–00:00:20").isEnabled()
    click(control(scene.panel, "Select nothing"))
    assert not scene.button("Export clip").isEnabled()


def test_a_clip_of_the_selection_is_exported(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.jump_to(10_000)
    scene.frames.answer_all()
    scene.key(KEY.Key_I)
    click(scene.button("Play"))
    click(scene.button("Export clip 00:00:10–00:01:00"))
    assert scene.motion() is Motion.STILL
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, ClipSheet)
    click(control(show(sheet), "Export", Button))
    assert [(each["start_ms"], each["end_ms"]) for each in scene.client.clips.wishes] == [(10_000, 60_000)]
    assert len(scene.panel.clips.rows) == 1


def test_an_edge_of_the_selection_is_dragged(scene: ReviewScene) -> None:
    scene.open()
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    scene.key(KEY.Key_I)
    timeline = scene.panel.stage.timeline
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=scene.place_of(20 * S))
    QTest.mouseMove(timeline, scene.place_of(40 * S))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=scene.place_of(40 * S))
    selection = scene.panel.reviewer.transport.selection
    assert selection is not None
    assert abs(selection[0] - 40 * S) < S // 2
    assert scene.position_us == 20 * S


def test_the_menu_leads_to_folder_path_and_report(scene: ReviewScene) -> None:
    wanted: list[str] = []
    scene.panel.report_wanted.connect(wanted.append)
    scene.panel.details_wanted.connect(wanted.append)
    scene.open()
    deeds = scene.panel.deeds
    deeds.folder.trigger()
    deeds.copy.trigger()
    deeds.report.trigger()
    click(scene.button("Edit details"))
    assert scene.files_shown == [Path("/replays/as1.mp4")]
    assert QGuiApplication.clipboard().text() == "/replays/as1.mp4"
    assert wanted == ["s1", "as1"]


def test_a_replay_is_kept_for_good_and_not_any_more(
    scene: ReviewScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished: list[tuple[str, bool]] = []

    def change(asset_id: str, *, is_pinned: bool) -> Asset:
        wished.append((asset_id, is_pinned))
        return replace(SHOW, is_pinned=is_pinned)

    scene.open()
    with monkeypatch.context() as patch:
        patch.setattr(scene.library, "change", change)
        scene.panel.deeds.pin.trigger()
        assert scene.panel.deeds.pin.isChecked()
        scene.panel.deeds.pin.trigger()
    assert wished == [("as1", True), ("as1", False)]


def test_an_import_has_no_report(scene: ReviewScene) -> None:
    scene.open(replace(SHOW, multistream_session_id=None))
    assert not scene.panel.deeds.report.isEnabled()

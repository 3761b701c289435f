"""The panel beside the replays, by mouse and keys, with a film of fake pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtTest import QTest

from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.client.library import Asset, DestinationGap, Gap
from powerstream_desktop.client.replay_media import Waveform
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.player.playback import PlaybackEvent
from powerstream_desktop.desktop.review.clip_sheet import ClipSheet
from powerstream_desktop.desktop.review.jump_chip import JumpChip
from powerstream_desktop.desktop.review.review_panel import ReviewPanel
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.player.fake_media import FakeMedia, MediaMakers
from tests.unit.desktop.replays.fake_client import FakeClient, asset, marker
from tests.unit.desktop.review.fake_frames import FRAME_US, FakeFrames, FrameMakers

S = 1_000_000
KEY, HELD = Qt.Key, Qt.KeyboardModifier
SHOW = asset(
    1,
    "Evening show",
    duration=60.0,
    multistream_session_id="s1",
    markers=(marker(2, 34_000, "Best & last joke"), marker(1, 12_000, "Guest joins")),
)


class Scene:
    """The panel, shown."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [SHOW, asset(2, "Other", duration=60.0)]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.media_makers, self.frame_makers = MediaMakers(), FrameMakers()
        self.folders: list[Path] = []
        self.panel = ReviewPanel(
            surroundings,
            make_media=self.media_makers,
            make_frames=self.frame_makers,
            open_folder=self.folders.append,
        )
        show(self.panel, 520, 790)

    @property
    def frames(self) -> FakeFrames:
        return self.frame_makers.frames

    @property
    def media(self) -> FakeMedia:
        return self.media_makers.media

    def motion(self) -> Motion:
        return self.panel.reviewer.transport.motion

    def shown(self) -> Asset | None:
        return self.panel.asset

    def fills_screen(self) -> bool:
        return self.panel.stage.is_full_screen

    @property
    def position_us(self) -> int:
        self.frames.answer_all()
        return self.panel.reviewer.transport.position_us

    def open(self, shown: Asset = SHOW) -> None:
        self.panel.show_replay(shown)
        self.frames.tell_facts()
        self.frames.answer_all()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = HELD.NoModifier) -> None:
        press(self.panel.stage, key, held)

    def button(self, name: str) -> Button:
        return control(self.panel, name, Button)

    def place_of(self, at_us: int) -> QPoint:
        timeline = self.panel.stage.timeline
        return QPoint(round(timeline.scale.x_of(at_us)), timeline.height() // 2)

    def chips(self) -> list[str]:
        chips = [each for each in self.panel.chips.findChildren(JumpChip) if each.isVisible()]
        return [each.text() for each in sorted(chips, key=lambda chip: (chip.y(), chip.x()))]


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.panel.close()


def test_nothing_is_shown_before_a_replay_is(scene: Scene) -> None:
    assert "No replay is open." in texts(scene.panel)
    assert not scene.panel.stage.isVisible()
    assert scene.frames.is_warm


def test_a_replay_shows_its_first_picture_and_is_not_heard(scene: Scene) -> None:
    scene.open()
    assert scene.frames.asked == ["open /replays/as1.mp4"]
    assert not scene.panel.reviewer.picture().isNull()
    assert scene.media_makers.made == []
    assert {"00:00:00.00", "00:01:00"} <= set(texts(scene.panel))


def test_buttons_step_both_ways(scene: Scene) -> None:
    scene.open()
    for _ in range(3):
        click(scene.button("+1 frame"))
    click(scene.button("−1 frame"))
    assert scene.position_us == 2 * FRAME_US
    assert "00:00:00.08" in texts(scene.panel)


def test_arrows_go_by_a_picture_a_second_and_ten(scene: Scene) -> None:
    scene.open()
    scene.key(KEY.Key_Right, HELD.ControlModifier)
    assert scene.position_us == 10 * S
    scene.key(KEY.Key_Left, HELD.ShiftModifier)
    assert scene.position_us == 9 * S
    scene.key(KEY.Key_Left)
    assert scene.position_us == 9 * S - FRAME_US
    scene.key(KEY.Key_Home)
    assert scene.position_us == 0
    scene.key(KEY.Key_End)
    assert scene.position_us == 60 * S - FRAME_US


def test_keys_mean_the_same_wherever_the_keyboard_is_on_the_panel(scene: Scene) -> None:
    scene.open()
    press(scene.button("Edit details"), KEY.Key_L)
    assert scene.motion() is Motion.PLAYING
    press(scene.button("Edit details"), KEY.Key_K)
    assert scene.motion() is Motion.STILL


def test_j_k_and_l_rewind_hold_and_play_and_the_speed_is_said(scene: Scene) -> None:
    scene.open()
    scene.panel.jump_to(30_000)
    assert scene.position_us == 30 * S
    scene.key(KEY.Key_L)
    scene.key(KEY.Key_L)
    assert scene.media.asked[-1] == "speed 2.0"
    assert scene.panel.stage.bar.rate.text() == "2×"
    scene.key(KEY.Key_J)
    assert scene.panel.stage.bar.rate.text() == "−1×"
    scene.key(KEY.Key_J)
    assert scene.panel.stage.bar.rate.text() == "−2×"
    scene.key(KEY.Key_K)
    assert scene.motion() is Motion.STILL
    assert scene.panel.stage.bar.rate.text() == "1×"


def test_the_rate_is_chosen_from_a_menu(scene: Scene) -> None:
    scene.open()
    menu = scene.panel.stage.bar.rate.menu()
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["0.25×", "0.5×", "1×", "1.5×", "2×", "4×"]
    actions["0.25×"].trigger()
    click(scene.button("Play"))
    assert "speed 0.25" in scene.media.asked


def test_a_press_on_the_timeline_goes_there_and_dragging_follows(scene: Scene) -> None:
    scene.open()
    timeline = scene.panel.stage.timeline
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=scene.place_of(20 * S))
    assert abs(scene.position_us - 20 * S) < S // 2
    QTest.mouseMove(timeline, scene.place_of(45 * S))
    assert abs(scene.position_us - 45 * S) < S // 2
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=scene.place_of(45 * S))
    QTest.mouseMove(timeline, scene.place_of(5 * S))
    assert abs(scene.position_us - 45 * S) < S // 2


def test_hovering_shows_a_small_picture_and_moves_nothing(scene: Scene) -> None:
    scene.open()
    QTest.mouseMove(scene.panel.stage.timeline, scene.place_of(30 * S))
    glance = scene.panel.stage.glance
    assert glance.isVisible()
    assert glance.image.isNull()
    assert scene.position_us == 0
    assert not glance.image.isNull()
    scene.panel.stage.timeline.left_alone.emit()
    assert not glance.isVisible()


def test_i_and_o_select_and_the_clip_is_named(scene: Scene) -> None:
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


def test_a_clip_of_the_selection_is_exported(scene: Scene) -> None:
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


def test_an_edge_of_the_selection_is_dragged(scene: Scene) -> None:
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


def test_markers_are_chips_in_the_order_of_time_that_lead_to_their_moments(scene: Scene) -> None:
    scene.open()
    assert scene.chips() == ["⚑ 0:12 Guest joins", "⚑ 0:34 Best && last joke"]
    press(control(scene.panel, "0:34 Best & last joke", JumpChip), KEY.Key_Return)
    assert scene.position_us == 34 * S


def test_a_markers_flag_on_the_timeline_leads_to_its_moment(scene: Scene) -> None:
    scene.open()
    place = QPoint(scene.place_of(12 * S).x() + 2, 3)
    QTest.mouseClick(scene.panel.stage.timeline, Qt.MouseButton.LeftButton, pos=place)
    assert scene.position_us == 12 * S
    assert scene.panel.stage.timeline.words_at(place.x()) == "0:12 Guest joins"


def test_m_marks_the_picture_that_is_seen_and_delete_removes_a_marker(scene: Scene) -> None:
    scene.open()
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    scene.key(KEY.Key_M)
    assert [each.offset_ms for each in scene.library.get("as1").markers] == [34_000, 12_000, 20_000]
    assert scene.chips()[1] == "⚑ 0:20"
    press(control(scene.panel, "0:20", JumpChip), KEY.Key_Delete)
    assert scene.chips() == ["⚑ 0:12 Guest joins", "⚑ 0:34 Best && last joke"]


def test_a_marker_is_removed_by_its_menu(scene: Scene) -> None:
    scene.open()
    [remove] = control(scene.panel, "0:12 Guest joins", JumpChip).removal_menu().actions()
    remove.trigger()
    assert scene.chips() == ["⚑ 0:34 Best && last joke"]


def test_a_newer_state_of_the_same_replay_does_not_disturb_its_film(scene: Scene) -> None:
    scene.open()
    scene.panel.jump_to(20_000)
    scene.frames.answer_all()
    scene.frames.asked.clear()
    scene.library.assets = [replace(SHOW, title="Renamed", markers=())]
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert scene.chips() == []
    assert scene.frames.asked == []
    assert scene.position_us == 20 * S


def test_a_replay_that_is_removed_is_shown_no_more(scene: Scene) -> None:
    scene.open()
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as2"})
    assert scene.shown() == SHOW
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as1"})
    assert scene.shown() is None
    assert scene.frames.asked[-1] == "close"


def test_a_jump_before_the_film_is_there_is_made_when_it_is(scene: Scene) -> None:
    scene.desk.is_slow = True
    scene.panel.show_replay(SHOW)
    scene.panel.jump_to(42_000)
    scene.desk.work()
    assert scene.position_us == 42 * S


def test_play_before_the_film_is_there_plays_when_it_is(scene: Scene) -> None:
    scene.desk.is_slow = True
    scene.panel.show_replay(SHOW)
    scene.panel.play()
    scene.desk.work()
    assert "open /replays/as1.mp4" in scene.media.asked


def test_the_answer_for_a_replay_that_is_not_shown_any_more_is_nobodys(scene: Scene) -> None:
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
def test_a_replay_without_a_file_says_why(scene: Scene, status: str, sentence: str) -> None:
    scene.panel.show_replay(replace(SHOW, status=status, video_url=None))
    assert sentence in texts(scene.panel)
    assert not scene.button("Play").isEnabled()
    assert scene.frames.asked == []
    scene.key(KEY.Key_Space)
    assert scene.media_makers.made == []


def test_a_recording_that_was_finished_meanwhile_is_opened(scene: Scene) -> None:
    scene.panel.show_replay(replace(SHOW, status="processing", video_url=None))
    scene.panel.show_replay(SHOW)
    assert scene.frames.asked == ["open /replays/as1.mp4"]


def test_a_file_that_cannot_be_had_says_why_and_can_be_tried_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_asset_id: str) -> str:
        raise UnknownError("The disk is gone.", status=404, code="not-found")

    with monkeypatch.context() as patch:
        patch.setattr(scene.library, "file", gone)
        scene.panel.show_replay(SHOW)
    assert "The disk is gone." in texts(scene.panel)
    click(scene.button("Try again"))
    assert scene.frames.asked == ["open /replays/as1.mp4"]


def test_a_broken_file_says_so(scene: Scene) -> None:
    scene.open()
    scene.frames.refused.emit("This file is damaged.", "")
    assert "This file is damaged." in texts(scene.panel)
    assert not scene.button("Play").isEnabled()


def test_what_cannot_be_played_is_said_in_the_window(scene: Scene) -> None:
    scene.open()
    click(scene.button("Play"))
    scene.media.happened.emit(PlaybackEvent.FAILS)
    assert scene.ways.said[0][0] == "This file cannot be played here."
    assert scene.motion() is Motion.STILL


def test_the_menu_leads_to_folder_path_and_report(scene: Scene) -> None:
    wanted: list[str] = []
    scene.panel.report_wanted.connect(wanted.append)
    scene.panel.details_wanted.connect(wanted.append)
    scene.open()
    deeds = scene.panel.deeds
    deeds.folder.trigger()
    deeds.copy.trigger()
    deeds.report.trigger()
    click(scene.button("Edit details"))
    assert scene.folders == [Path("/replays")]
    assert QGuiApplication.clipboard().text() == "/replays/as1.mp4"
    assert wanted == ["s1", "as1"]


def test_a_replay_is_kept_for_good_and_not_any_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_what_a_platform_missed_is_a_red_chip_that_leads_there(scene: Scene) -> None:
    missed = DestinationGap(destination="Kick", platform="kick", start_ms=42_000, end_ms=51_000)
    paused = Gap(start_ms=5_000, end_ms=5_500, reason="paused")
    scene.open(replace(SHOW, destination_gaps=(missed,), gaps=(paused,)))
    assert scene.chips()[2:] == ["Kick down 0:42–0:51", "Paused 0:05–0:05"]
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


def test_an_import_has_no_report(scene: Scene) -> None:
    scene.open(replace(SHOW, multistream_session_id=None))
    assert not scene.panel.deeds.report.isEnabled()


def test_volume_and_silence_are_keys_and_knobs(scene: Scene) -> None:
    scene.open()
    scene.key(KEY.Key_Down)
    scene.key(KEY.Key_S)
    click(scene.button("Play"))
    assert {"volume 0.95", "muted True"} <= set(scene.media.asked)
    click(control(scene.panel, "Unmute"))
    assert scene.media.asked[-1] == "muted False"


def test_f_fills_the_screen_and_escape_leaves_it(scene: Scene) -> None:
    scene.open()
    scene.key(KEY.Key_F)
    assert scene.fills_screen()
    scene.key(KEY.Key_Right)
    assert scene.position_us == FRAME_US
    scene.key(KEY.Key_Escape)
    assert not scene.fills_screen()
    assert scene.panel.stage.isVisible()
    assert scene.panel.isAncestorOf(scene.panel.stage)


def test_a_page_that_is_left_decodes_nothing(scene: Scene) -> None:
    scene.open()
    click(scene.button("Play"))
    scene.panel.rest()
    assert scene.media.asked[-1] == "pause"
    assert scene.frames.asked[-1] == "end"


def test_a_panel_that_comes_back_takes_its_film_up_again(scene: Scene) -> None:
    scene.open()
    scene.panel.hide()
    assert scene.frames.asked[-1] == "end"
    scene.panel.show()
    assert scene.frames.asked[-1] == "open /replays/as1.mp4"


def test_the_wave_is_as_loud_as_it_is(scene: Scene) -> None:
    scene.open()
    timeline = scene.panel.stage.timeline
    silent = timeline.grab().toImage()
    timeline.show_wave(bytes([0] * 30 + [255] * 30), 1.0)
    loud = timeline.grab().toImage()
    left, right, high = timeline.width() // 4, timeline.width() * 3 // 4, timeline.height() // 4
    assert loud.pixelColor(left, high) == silent.pixelColor(left, high)
    assert loud.pixelColor(right, high) != silent.pixelColor(right, high)


def test_strip_and_wave_are_shown_as_soon_as_they_are_made(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
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


def test_everything_has_a_name(scene: Scene) -> None:
    scene.open()
    assert nameless(scene.panel) == []

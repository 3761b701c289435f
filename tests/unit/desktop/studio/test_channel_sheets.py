"""The sheets of one channel and of a new one: every change is sent at once, and what is typed is not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QSpinBox

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.studio.audio.add_channel_sheet import AddChannelSheet
from powerstream_desktop.desktop.studio.audio.channel_sheet import ChannelSheet
from powerstream_desktop.desktop.studio.audio.filter_editor import FilterEditor
from powerstream_desktop.desktop.studio.audio.filter_kinds import FILTER_KINDS, usual_filter
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, let_go, press, show, texts, type_text, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.sound_stage import FakeClient, Watch, channel, devices, levels, studio, tell

SUPPRESSION, GATE, COMPRESSOR, LIMITER = (usual_filter(kind) for kind in FILTER_KINDS)
CLIP = {"id": "f", "name": "intro.flac", "content": {"type": "file", "path": "intro.flac"}}


class Opened:
    """A sheet that is open; it is told what it sends, as an engine would tell it."""

    def __init__(self, **fields: Any) -> None:
        self.client = FakeClient()
        self.surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.closed: list[bool] = []
        self.watch = Watch()
        status = studio(channel(**fields))
        tell(self.feed, service=ServiceState.THERE, studio=status)
        assert status.sound is not None
        self.sheet = ChannelSheet(self.surroundings, status.sound.channels[0], devices(), clock=self.watch)
        self.sheet.closed.connect(lambda: self.closed.append(True))
        show(self.sheet, 620, 700)

    @property
    def put(self) -> dict[str, Any]:
        """The channel as it was sent last."""
        [sent] = self.client.of("audio/channel")[-1]
        found: dict[str, Any] = sent["channel"]
        return found

    def tell(self, **fields: Any) -> None:
        tell(self.feed, studio=studio(channel(**fields)))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Let time pass, that of the sheet's clock too."""

        def later() -> bool:
            self.watch.now_s += 0.05
            self.desk.work()
            return condition()

        wait_for(later)

    def click_when_seen(self, name: str) -> None:
        """Click on a button of a filter's box, which may just have been made."""
        self.wait_until(lambda: control(self.sheet, name).isVisible())
        click(control(self.sheet, name))

    def editors(self) -> list[str]:
        let_go()
        return [
            each.findChildren(QDoubleSpinBox)[0].accessibleName()
            for each in self.sheet.findChildren(FilterEditor)
        ]


def choose(sheet: Any, name: str, words: str) -> None:
    """Choose from a list by the keyboard, as a person does: words until the one that is meant."""
    box = control(sheet, name, QComboBox)
    box.setFocus()
    for _ in range(box.count()):
        if box.currentText() == words:
            return
        press(box, Qt.Key.Key_Down)
    assert box.currentText() == words


def test_a_channel_is_renamed_when_its_name_was_typed() -> None:
    opened = Opened()
    name = control(opened.sheet, "Name", QLineEdit)
    name.selectAll()
    type_text(name, "  My voice ")
    opened.tell(gainDb=-3.0)  # somebody moves a fader meanwhile
    assert opened.client.of("audio/channel") == []
    press(name, Qt.Key.Key_Return)
    assert opened.put == channel(name="My voice", gainDb=-3.0)
    opened.tell(name="My voice", gainDb=-3.0)
    assert "My voice" in texts(opened.sheet)


def test_a_channel_without_a_name_keeps_the_one_it_has() -> None:
    opened = Opened()
    name = control(opened.sheet, "Name", QLineEdit)
    name.clear()
    press(name, Qt.Key.Key_Return)
    assert name.text() == "Microphone"
    assert opened.client.of("audio/channel") == []


@pytest.mark.parametrize(
    ("field", "words", "changed"),
    [("Device", "Headset", {"content": {"type": "microphone", "device": "head"}}),
     ("Heard by", "Only you", {"monitor": "only"}), ("Heard by", "The audience and you", {"monitor": "both"}),
     ("Channels", "Mono", {"width": "mono"})],
)  # fmt: skip
def test_what_is_chosen_is_sent_at_once(field: str, words: str, changed: dict[str, Any]) -> None:
    opened = Opened()
    choose(opened.sheet, field, words)
    opened.wait_until(lambda: all(opened.put[name] == value for name, value in changed.items()))
    assert control(opened.sheet, field, QComboBox).currentText() == words


def test_offset_and_push_to_talk_are_sent_at_once() -> None:
    opened = Opened()
    offset = control(opened.sheet, "Sync offset", QSpinBox)
    press(offset, Qt.Key.Key_Up)
    assert opened.put == channel(syncOffsetMs=10)
    opened.tell(syncOffsetMs=10)
    opened.watch.now_s += 1
    click(control(opened.sheet, "Push to talk", Switch))
    assert opened.put == channel(syncOffsetMs=10, isPushToTalk=True)


def test_two_changes_in_a_row_lose_neither() -> None:
    opened = Opened()
    opened.desk.is_slow = True
    press(control(opened.sheet, "Sync offset", QSpinBox), Qt.Key.Key_Up)
    click(control(opened.sheet, "Push to talk", Switch))

    opened.wait_until(lambda: len(opened.client.of("audio/channel")) == 2)
    assert opened.put == channel(syncOffsetMs=10, isPushToTalk=True)


def test_a_device_that_is_not_plugged_in_is_still_the_one_that_is_chosen() -> None:
    opened = Opened(content={"type": "microphone", "device": "gone"})
    assert control(opened.sheet, "Device", QComboBox).currentText() == "Not plugged in"


def test_a_tone_has_no_device() -> None:
    assert "Device" not in texts(Opened(kind="tone").sheet)


def test_filters_are_added_from_a_menu_behind_the_others() -> None:
    opened = Opened(filters=[GATE])
    menu = control(opened.sheet, "Add a filter", QPushButton).menu()
    assert [each.text() for each in menu.actions()] == ["Noise suppression", "Gate", "Compressor", "Limiter"]
    menu.actions()[3].trigger()
    assert opened.put == channel(filters=[GATE, LIMITER])
    assert opened.editors() == ["Gate: Threshold", "Limiter: Limit"]


def test_filters_are_set_moved_and_removed() -> None:
    opened = Opened(filters=[SUPPRESSION, COMPRESSOR, GATE])
    box = control(opened.sheet, "Compressor: Ratio", QDoubleSpinBox)
    press(box, Qt.Key.Key_Up)
    opened.wait_until(lambda: opened.client.of("audio/channel") != [])
    changed = {**COMPRESSOR, "ratio": 3.5}
    assert opened.put["filters"] == [SUPPRESSION, changed, GATE]
    opened.click_when_seen("Compressor: earlier")
    opened.wait_until(lambda: opened.put["filters"] == [changed, SUPPRESSION, GATE])
    opened.click_when_seen("Remove Gate")
    opened.wait_until(lambda: opened.put["filters"] == [changed, SUPPRESSION])
    assert opened.editors() == ["Compressor: Threshold", "Noise suppression: Reduction"]


def test_a_filter_of_a_newer_engine_can_be_removed_and_is_not_lost_before() -> None:
    opened = Opened(filters=[{"type": "echo", "ms": 3}])
    assert "echo" in texts(opened.sheet)
    press(control(opened.sheet, "Sync offset", QSpinBox), Qt.Key.Key_Up)
    assert opened.put["filters"] == [{"type": "echo", "ms": 3}]


def test_eight_filters_are_enough() -> None:
    opened = Opened(filters=[GATE] * 8)
    assert not control(opened.sheet, "Add a filter", QPushButton).isEnabled()


def test_what_the_engine_refuses_is_shown_no_more() -> None:
    opened = Opened()
    opened.client.refuses = UserError("A channel cannot be that late.", hint="Take less.")
    press(control(opened.sheet, "Sync offset", QSpinBox), Qt.Key.Key_Up)
    assert opened.ways.said == [("A channel cannot be that late.", "Take less.")]
    assert control(opened.sheet, "Sync offset", QSpinBox).value() == 0


def test_removing_asks_once_and_closes_the_sheet() -> None:
    opened = Opened()
    remove = control(opened.sheet, "Remove this channel", AskOnceButton)
    click(remove)
    assert opened.client.of("audio/remove") == []
    click(remove)
    assert opened.client.of("audio/remove") == [({"channel": "mic"},)]
    assert opened.closed == [True]


def test_a_channel_that_somebody_else_removed_closes_its_sheet() -> None:
    opened = Opened()
    tell(opened.feed, studio=studio(channel("other")))
    assert opened.closed == [True]


def test_the_sheet_shows_the_meter_of_its_channel() -> None:
    opened = Opened()
    tell(opened.feed, levels=levels(mic=-9.0, other=-1.0))
    assert opened.sheet._meter.picture.peak_dbfs[0] == -9.0


def test_every_field_has_a_name() -> None:
    assert nameless(Opened(filters=[GATE, COMPRESSOR]).sheet) == []


class Adding:
    """The sheet for a new channel."""

    def __init__(self, refuses: UserError | None = None, *, has_file: bool = True) -> None:
        self.client = FakeClient()
        surroundings, self.desk, feed, self.ways = surroundings_with(self.client)
        tell(feed, studio=studio(channel(), sources=(CLIP,) if has_file else ()))
        self.closed: list[bool] = []
        self.sheet = AddChannelSheet(surroundings)
        self.client.refuses = refuses
        self.sheet.closed.connect(lambda: self.closed.append(True))
        show(self.sheet, 480, 420)

    @property
    def put(self) -> dict[str, Any]:
        [[sent]] = self.client.of("audio/channel")
        assert sent["channel"].pop("id")
        found: dict[str, Any] = sent["channel"]
        return found


def test_a_channel_is_added_with_its_device_and_named_after_it() -> None:
    adding = Adding()
    choose(adding.sheet, "Which one", "Headset")
    click(control(adding.sheet, "Add", QPushButton))
    assert adding.put == {"name": "Headset", "content": {"type": "microphone", "device": "head"}}
    assert adding.closed == [True]


@pytest.mark.parametrize(
    ("kind", "added"),
    [("Microphone", {"name": "Microphone", "content": {"type": "microphone", "device": ""}}),
     ("What this computer plays", {"name": "What this computer plays", "content": {"type": "desktop-sound", "device": ""}}),
     ("A media file's sound", {"name": "intro.flac", "content": {"type": "source", "source": "f"}}),
     ("Test tone", {"name": "Test tone", "content": {"type": "tone"}})],
)  # fmt: skip
def test_each_kind_of_channel_can_be_added(kind: str, added: dict[str, Any]) -> None:
    adding = Adding()
    choose(adding.sheet, "What shall be heard", kind)
    click(control(adding.sheet, "Add", QPushButton))
    assert adding.put == added


def test_a_name_that_was_typed_stays_whatever_is_chosen() -> None:
    adding = Adding()
    name = control(adding.sheet, "Name", QLineEdit)
    name.selectAll()
    type_text(name, "Guest")
    choose(adding.sheet, "Which one", "Headset")
    press(name, Qt.Key.Key_Return)
    assert adding.put["name"] == "Guest"


def test_the_sound_of_a_file_needs_a_file() -> None:
    adding = Adding(has_file=False)
    choose(adding.sheet, "What shall be heard", "A media file's sound")
    assert "There is none yet. Add a media file to a scene first." in texts(adding.sheet)
    assert not control(adding.sheet, "Add", QPushButton).isEnabled()
    choose(adding.sheet, "What shall be heard", "Test tone")
    assert control(adding.sheet, "Add", QPushButton).isEnabled()


def test_what_is_refused_is_said_in_the_sheet_and_leaves_it_open() -> None:
    adding = Adding(UserError("There can be 32 channels, not 33.", hint="Remove some."))
    click(control(adding.sheet, "Add", QPushButton))
    assert "There can be 32 channels, not 33. Remove some." in texts(adding.sheet)
    assert adding.closed == []
    assert adding.desk.refused == []


def test_every_field_of_a_new_channel_has_a_name() -> None:
    assert nameless(Adding().sheet) == []

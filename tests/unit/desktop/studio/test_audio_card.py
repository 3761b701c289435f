"""The mixer's card: a strip per channel that says what the engine says, and sends what the user does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.studio.audio import channel_hand, levels_watch
from powerstream_desktop.desktop.studio.audio.add_channel_sheet import AddChannelSheet
from powerstream_desktop.desktop.studio.audio.channel_sheet import ChannelSheet
from powerstream_desktop.desktop.studio.audio.fader import Fader
from powerstream_desktop.desktop.studio.audio.meter import LevelMeter
from powerstream_desktop.desktop.studio.audio.readings import SILENT, read_levels
from powerstream_desktop.desktop.studio.audio.strip import ChannelStrip
from powerstream_desktop.desktop.studio.audio_card import MAX_STRIPS_SHOWN, AudioCard
from tests.unit.desktop.access_walk import keyboard_order, nameless
from tests.unit.desktop.driver import click, control, names, press, show, texts, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.sound_stage import (
    FakeClient,
    Watch,
    channel,
    engine,
    levels,
    live,
    studio,
    tell,
)


class Mixer:
    """A card on a fake window."""

    def __init__(self, *channels: dict[str, Any], state: ServiceState = ServiceState.THERE) -> None:
        self.client = FakeClient()
        self.surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.watch = Watch()
        tell(self.feed, service=state, engine=engine(), studio=studio(*channels) if channels else None)
        self.card = show(AudioCard(self.surroundings, clock=self.watch), 900)

    def tell(self, *channels: dict[str, Any]) -> None:
        tell(self.feed, studio=studio(*channels))

    def hear(self, lufs: float = -70.0, **peaks: float) -> None:
        tell(self.feed, levels=levels(lufs, **peaks))

    def strip(self, index: int = 0) -> ChannelStrip:
        return self.card.strips[index]

    def gains(self) -> list[float]:
        return [gain for _, gain in self.client.of("gain")]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Let time pass, that of the card's clock too."""

        def later() -> bool:
            self.watch.now_s += 0.05
            self.desk.work()
            return condition()

        wait_for(later)


@pytest.fixture
def mixer() -> Mixer:
    return Mixer(channel(gainDb=-6.0), channel("desk", "Desktop audio", "desktop-sound", isMuted=True))


def test_each_channel_has_a_strip_in_the_mixers_order(mixer: Mixer) -> None:
    assert {
        "Microphone",
        "USB Audio CODEC",
        "−6.0\u00a0dB",
        "Desktop audio",
        "Built-in output",
        "Muted",
    } <= set(texts(mixer.card))
    before = mixer.strip(0)
    mixer.tell(
        channel("desk", "Speakers", "desktop-sound"), channel(gainDb=-6.0), channel("t", "Tone", "tone")
    )
    QApplication.processEvents()
    order = mixer.card.strips
    assert order[1] is before, "a strip is made once"
    assert [strip.y() for strip in order] == sorted(strip.y() for strip in order)
    assert [strip.fader.accessibleName() for strip in order] == [
        "Volume of Speakers",
        "Volume of Microphone",
        "Volume of Tone",
    ]
    mixer.tell(channel("t", "Tone", "tone"))
    assert len(mixer.card.strips) == 1


def test_a_mixer_that_nobody_told_is_waited_for_and_an_empty_one_says_so() -> None:
    mixer = Mixer()
    assert "The mixer is starting…" in texts(mixer.card)
    assert mixer.client.of("devices") == [], "the question would start an engine"
    tell(mixer.feed, studio=studio())
    assert "Nothing is heard." in texts(mixer.card)
    mixer.tell(channel())
    assert "Nothing is heard." not in texts(mixer.card)
    assert "USB Audio CODEC" in texts(mixer.card)


def test_more_strips_than_four_are_scrolled_to(mixer: Mixer) -> None:
    four, many = ([channel(str(number), f"Channel {number}") for number in range(count)] for count in (4, 20))
    mixer.tell(*four)
    height = mixer.card.sizeHint().height()
    mixer.tell(*many)
    assert mixer.card.sizeHint().height() == height
    assert mixer.card._area.maximumHeight() == MAX_STRIPS_SHOWN * mixer.strip().sizeHint().height()


def test_mute_sends_what_is_wanted_and_shows_what_is(mixer: Mixer) -> None:
    click(control(mixer.card, "Mute Microphone"))
    click(control(mixer.card, "Let Desktop audio be heard again"))
    assert mixer.client.of("mute") == [("mic", True), ("desk", False)]
    assert "Mute Microphone" in names(mixer.card), "the engine has not said so yet"
    mixer.tell(channel(isMuted=True))
    assert "Let Microphone be heard again" in names(mixer.card)
    assert "Muted" in texts(mixer.strip())


def test_a_fader_that_is_dragged_sends_its_newest_gain_and_the_last_one(mixer: Mixer) -> None:
    fader = mixer.strip().fader
    middle = fader.height() // 2
    mixer.desk.is_slow = True
    QTest.mousePress(fader, Qt.MouseButton.LeftButton, pos=QPoint(100, middle))
    for x in range(101, 300):
        QTest.mouseMove(fader, QPoint(x, middle))
    QTest.mouseRelease(fader, Qt.MouseButton.LeftButton, pos=QPoint(299, middle))
    wanted = fader.gain_db
    assert mixer.gains() == []
    mixer.wait_until(lambda: mixer.gains()[-1:] == [wanted])
    assert len(mixer.gains()) == 2, "the first and the last"
    assert fader.gain_db == wanted
    assert mixer.strip().findChildren(Fader)[0].accessibleDescription() in texts(mixer.strip())


def test_a_fader_that_was_moved_stays_until_the_engine_has_said_where_it_is(mixer: Mixer) -> None:
    fader = mixer.strip().fader
    press(fader, Qt.Key.Key_Right)
    assert mixer.gains() == [-5.5]
    mixer.tell(channel(gainDb=-6.0))  # an older word
    assert fader.gain_db == -5.5
    mixer.tell(channel(gainDb=-5.5))
    mixer.tell(channel(gainDb=-20.0))  # another window
    assert fader.gain_db == -20.0


def test_a_fader_goes_back_when_the_engine_refuses(mixer: Mixer) -> None:
    mixer.client.refuses = UserError("There is no such channel.", hint="It may have been removed.")
    press(mixer.strip().fader, Qt.Key.Key_PageUp)
    assert mixer.ways.said == [("There is no such channel.", "It may have been removed.")]
    assert mixer.strip().fader.gain_db == -6.0
    assert "−6.0\u00a0dB" in texts(mixer.strip())


@pytest.mark.parametrize(
    ("key", "gain_db"),
    [(Qt.Key.Key_Up, -5.5), (Qt.Key.Key_Left, -6.5), (Qt.Key.Key_PageUp, -3.0), (Qt.Key.Key_PageDown, -9.0),
     (Qt.Key.Key_Home, -60.0), (Qt.Key.Key_End, 12.0), (Qt.Key.Key_0, 0.0)],
)  # fmt: skip
def test_a_fader_is_moved_by_keys(mixer: Mixer, key: Qt.Key, gain_db: float) -> None:
    press(mixer.strip().fader, key)
    assert mixer.gains() == [gain_db]


def test_a_fader_is_moved_by_the_wheel_and_a_double_click_sets_0_db(mixer: Mixer) -> None:
    fader = mixer.strip().fader
    place, is_inverted = QPointF(fader.rect().center()), False
    QApplication.sendEvent(
        fader,
        QWheelEvent(
            place, fader.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, is_inverted,
        ),
    )  # fmt: skip
    assert mixer.gains() == [pytest.approx(-6.0 + 0.5 * QApplication.wheelScrollLines())]
    mixer.watch.now_s += 1.0
    QTest.mouseDClick(fader, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
    assert fader.gain_db == 0.0
    assert fader.accessibleDescription() == "0.0\u00a0dB"


def test_a_push_to_talk_channel_is_held_by_a_button_and_again_each_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(channel_hand, "TALK_RENEW_MS", 10)
    mixer = Mixer(channel(isPushToTalk=True), channel("desk", "Desktop audio"))
    assert "Hold to talk: Microphone" in names(mixer.card)
    assert not mixer.strip(1).talk.isVisible()
    button = mixer.strip().talk
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: len(mixer.client.of("talk")) >= 3)
    assert set(mixer.client.of("talk")) == {("mic", True, channel_hand.TALK_HELD_FOR_S)}
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert mixer.client.of("talk")[-1] == ("mic", False, None)
    assert not any(timer.isActive() for timer in mixer.strip().findChildren(QTimer))


def test_meters_are_watched_while_somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels_watch, "RENEW_MS", 10)
    mixer = Mixer(channel())
    wait_for(lambda: len(mixer.client.of("levels")) >= 3)
    assert set(mixer.client.of("levels")) == {(True,)}
    mixer.card.hide()
    assert mixer.client.of("levels")[-1] == (False,)
    assert not any(timer.isActive() for timer in mixer.card.findChildren(QTimer)), "nothing is left to do"


def test_meters_are_asked_for_when_the_service_is_there_again() -> None:
    mixer = Mixer(channel(), state=ServiceState.AWAY)
    assert mixer.client.said == []
    tell(mixer.feed, service=ServiceState.THERE)
    assert mixer.client.of("levels") == [(True,)]


def test_a_watch_that_fails_is_no_banner(mixer: Mixer) -> None:
    mixer.client.refuses = UserError("The engine does not come up.")
    mixer.card.hide()
    mixer.card.show()
    assert mixer.ways.said == []
    assert mixer.desk.refused == []


def test_meters_show_what_is_heard_and_fall_by_themselves(mixer: Mixer) -> None:
    mixer.hear(-14.2, mic=-6.0)
    assert mixer.strip().meter.picture.peak_dbfs == (-6.0, -8.0)
    assert "−14.2 LUFS" in texts(mixer.card)
    mixer.hear(-14.2, mic=-120.0)
    mixer.wait_until(lambda: mixer.strip().meter.picture.peak_dbfs[0] < -50.0)
    mixer.wait_until(lambda: not mixer.card._pulse.is_beating)


def test_an_engine_that_is_gone_is_heard_no_more(mixer: Mixer) -> None:
    mixer.hear(-14.2, mic=-6.0)
    tell(mixer.feed, engine=engine("failed"))
    mixer.wait_until(lambda: mixer.strip().meter.picture.peak_dbfs[0] == -120.0)
    assert "No sound" in texts(mixer.card)


def test_meters_rest_while_nobody_looks(mixer: Mixer) -> None:
    mixer.card.hide()
    mixer.hear(-14.2, mic=-6.0)
    mixer.hear(-14.2, mic=-60.0)
    assert not mixer.card._pulse.is_beating


def test_the_meters_of_a_minimised_window_are_not_told(mixer: Mixer) -> None:
    mixer.card.rest()
    assert mixer.client.of("levels")[-1] == (False,)
    mixer.hear(-14.2, mic=-6.0)
    assert not mixer.card._pulse.is_beating
    mixer.card.watch()
    assert mixer.client.of("levels")[-1] == (True,)
    assert mixer.strip().meter.picture.peak_dbfs[0] == -6.0


def test_the_loudness_is_not_exchanged_more_often_than_it_can_be_read(mixer: Mixer) -> None:
    mixer.hear(-14.2, mic=-6.0)
    mixer.hear(-9.0, mic=-6.0)
    assert "−14.2 LUFS" in texts(mixer.card)
    mixer.watch.now_s += 1.0
    mixer.hear(-9.1, mic=-6.0)
    assert "−9.1 LUFS · loud" in texts(mixer.card)


def test_a_meter_is_painted_only_when_a_pixel_is_another() -> None:
    meter, loud = show(LevelMeter(), 300), read_levels(levels(mic=-20.0)).channels["mic"].meter
    painted: list[float] = []
    meter.update = lambda *_: painted.append(meter.picture.peak_dbfs[0])  # type: ignore[method-assign]
    meter.hear(loud, 100.0)
    for step in range(30):
        meter.show_moment(100.0 + step / 30)
    assert painted == [-20.0]
    meter.hear(SILENT, 101.0)
    for step in range(300):
        meter.show_moment(101.0 + step / 30)
    assert len(painted) < 120, "it has fallen for four seconds of these ten"


def test_a_problem_of_a_channel_stands_in_the_place_of_its_device(mixer: Mixer) -> None:
    words = levels(mic=-120.0)
    words["channels"][0]["problem"] = "The microphone is not connected."
    tell(mixer.feed, levels=words)
    assert "The microphone is not connected." in texts(mixer.strip())
    mixer.hear(mic=-30.0)
    assert "USB Audio CODEC" in texts(mixer.strip())


def test_a_microphone_that_is_silent_on_air_is_said(mixer: Mixer) -> None:
    def chips() -> list[str]:
        return [chip.text() for chip in mixer.card.findChildren(Chip) if chip.isVisible()]

    def look_after(seconds: float) -> list[str]:
        mixer.watch.now_s += seconds
        mixer.card._look_timer.timeout.emit()
        return chips()

    mixer.hear(mic=-90.0)
    look_after(0.0)
    assert look_after(20.0) == ["No sound"], "nobody is on air"
    tell(mixer.feed, live=live())
    assert look_after(0.0) == ["No sound"]
    assert look_after(10.0) == ["Microphone is silent", "No sound"]
    mixer.hear(mic=-20.0)
    assert look_after(1.0) == ["No sound"]


def test_settings_and_a_new_channel_open_sheets(mixer: Mixer) -> None:
    click(control(mixer.card, "Settings and filters of Microphone"))
    click(control(mixer.card, "Add a channel"))
    assert [type(sheet) for sheet in mixer.ways.sheets] == [ChannelSheet, AddChannelSheet]


def test_everything_can_be_reached_by_keyboard_and_has_a_name(mixer: Mixer) -> None:
    assert nameless(mixer.card) == []
    order = [widget.accessibleName() for widget in keyboard_order(mixer.card)]
    assert order[:4] == [
        "Add a channel",
        "Volume of Microphone",
        "Mute Microphone",
        "Settings and filters of Microphone",
    ]

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip
from powerstream_desktop.desktop.look.look import look
from tests.unit.desktop.driver import click, press, show, wait_for

KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def every_button() -> list[QAbstractButton]:
    return [
        Button("Check"),
        IconButton("copy", "Copy"),
        Switch("Use it"),
        ToggleChip("YouTube"),
        AskOnceButton("End", "Now?"),
    ]


@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize("key", KEYS)
def test_the_keyboard_presses_every_kind_of_button(index: int, key: Qt.Key) -> None:
    button, presses = show(every_button()[index]), []
    button.clicked.connect(lambda: presses.append(key))
    press(button, key)
    assert presses == [key]


@pytest.mark.parametrize("index", range(5))
def test_a_key_that_is_held_presses_once(index: int) -> None:
    button, presses = show(every_button()[index]), []
    button.clicked.connect(lambda: presses.append(1))
    for is_repeat in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", is_repeat
        )
        QApplication.sendEvent(button, event)
    assert presses == [1]


@pytest.mark.parametrize("index", range(5))
def test_every_kind_of_button_is_reached_by_tab(index: int) -> None:
    assert every_button()[index].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_small_buttons_are_lower() -> None:
    assert Button("Split", Role.SMALL).sizeHint().height() < Button("Split").sizeHint().height()
    assert show(Button("Add", Role.PRIMARY, small=True)).height() < show(Button("Add", Role.PRIMARY)).height()


def test_the_ring_of_the_focus_moves_nothing() -> None:
    for role in Role:
        button = show(Button("Check", role))
        before = button.sizeHint()
        button.setFocus()
        wait_for(button.hasFocus)
        assert button.sizeHint() == before


def test_a_picture_button_is_named_by_what_it_does_and_can_become_another() -> None:
    button = IconButton("mic", "Mute")
    icon = button.icon().cacheKey()
    button.show_icon("mic_off", "Unmute")
    assert (button.accessibleName(), button.toolTip()) == ("Unmute", "Unmute")
    assert button.icon().cacheKey() != icon


def test_a_switch_turns_and_looks_different_beyond_its_colour() -> None:
    switch = show(Switch("Use it"))
    off = switch.grab().toImage()
    click(switch)
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    assert switch.accessibleName() == "Use it"


def test_a_disabled_switch_does_not_turn() -> None:
    switch = show(Switch("Use it"))
    switch.setEnabled(False)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert not switch.isChecked()


def test_a_chosen_chip_has_a_tick() -> None:
    chip = show(ToggleChip("Twitch & more"))
    click(chip)
    assert chip.isChecked()
    assert chip.text().startswith("✓")
    assert (chip.accessibleName(), chip.words) == ("Twitch & more", "Twitch & more")
    click(chip)
    assert not chip.text().startswith("✓")


def test_an_ampersand_in_a_name_is_no_shortcut() -> None:
    assert ToggleChip("Twitch & more").shortcut().isEmpty()


def asking(patience_ms: int = 60_000) -> tuple[AskOnceButton, list[str]]:
    button, done = AskOnceButton("End stream", "End it now?", patience_ms=patience_ms), []
    button.confirmed.connect(lambda: done.append("ended"))
    return show(button), done


def test_the_first_press_asks_and_the_second_does_it() -> None:
    button, done = asking()
    click(button)
    assert (button.text(), button.asks, done) == ("End it now?", True, [])
    click(button)
    assert (button.text(), button.asks, done) == ("End stream", False, ["ended"])


def test_a_question_that_nobody_answers_is_withdrawn() -> None:
    button, done = asking(patience_ms=1)
    click(button)
    wait_for(lambda: not button.asks)
    assert (button.text(), done) == ("End stream", [])


def test_a_double_click_asks_and_does_nothing_more() -> None:
    button, done = asking()
    _double_click(button)
    assert (button.asks, done) == (True, [])


def test_a_question_is_withdrawn_when_the_button_is_disabled() -> None:
    button, done = asking()
    click(button)
    button.setEnabled(False)
    assert not button.asks
    button.setEnabled(True)
    assert (button.text(), done) == ("End stream", [])


def test_the_question_has_room_from_the_start() -> None:
    button = AskOnceButton("End", "Do you really want it to end?")
    show(button)
    before = button.sizeHint().width()
    click(button)
    assert button.sizeHint().width() == before


def test_a_button_that_asks_looks_so() -> None:
    button, _ = asking()
    before = button.palette().buttonText().color()
    click(button)
    assert button.palette().buttonText().color() == look().palette.bg != before


def _double_click(button: QAbstractButton) -> None:
    """Send what Qt sends for two quick clicks: the second press is a double click."""
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    "make", [lambda: Switch("Use it"), lambda: ToggleChip("Use it")], ids=["switch", "chip"]
)
def test_a_screen_reader_takes_what_can_be_on_or_off_for_a_box_to_tick(
    make: Callable[[], QAbstractButton],
) -> None:
    button = make()
    read = QAccessible.queryAccessibleInterface(button)
    assert (read.role(), read.text(QAccessible.Text.Name)) == (QAccessible.Role.CheckBox, "Use it")

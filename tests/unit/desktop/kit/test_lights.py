from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import (
    LightKind,
    colour_of,
    light_of,
    tone_of,
    word_of,
    word_of_status,
)
from powerstream_desktop.desktop.kit.tone import ink_of
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.look.palette import DARK
from powerstream_desktop.relay.destination.destination_states import DestinationState
from tests.unit.desktop.driver import show
from tests.unit.desktop.pictures import colours_in


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("live", LightKind.LIVE),
        ("slow", LightKind.SLOW),
        ("connecting", LightKind.WORKING),
        ("publishing", LightKind.WORKING),
        ("retrying", LightKind.WORKING),
        ("rejected", LightKind.BAD),
        ("off", LightKind.OFF),
        ("stopped", LightKind.OFF),
        ("a newer service's", LightKind.OFF),
        ("note", LightKind.LIVE),
        ("warning", LightKind.SLOW),
        ("error", LightKind.BAD),
    ],
)
def test_a_status_has_a_light(status: str, kind: LightKind) -> None:
    assert light_of(status) is kind


@pytest.mark.parametrize("state", DestinationState)
def test_every_state_that_the_relay_knows_has_a_word_for_people(state: DestinationState) -> None:
    assert word_of_status(state.value)[0].isupper()


def test_a_status_that_is_not_known_is_its_own_word() -> None:
    assert word_of_status("hibernating") == "hibernating"


def test_words_shapes_and_what_they_are_read_as_differ_for_every_kind() -> None:
    shapes = [_shape(kind) for kind in LightKind]
    assert (
        len({bytes(shape.constBits()) for shape in shapes})
        == len({word_of(kind) for kind in LightKind})
        == len(LightKind)
    )


@pytest.mark.parametrize("kind", LightKind)
def test_a_light_paints_its_colour(kind: LightKind) -> None:
    assert colour_of(kind, DARK).name() in colours_in(_shape(kind, in_one_colour=False))


def test_words_beside_a_light_that_is_off_are_lighter_than_its_ring() -> None:
    assert ink_of(tone_of(LightKind.OFF), DARK) == DARK.muted


def test_a_light_says_its_word_and_its_cause() -> None:
    light = Light()
    light.show_light(LightKind.BAD, "The key was not accepted.")
    assert light.accessibleName() == "Failed: The key was not accepted."
    assert light.toolTip() == "The key was not accepted."


def test_a_light_without_a_cause_says_its_word_and_may_be_given_another() -> None:
    light = Light(LightKind.WORKING)
    assert (light.accessibleName(), light.toolTip()) == ("Connecting", "Connecting")
    light.show_light(LightKind.WORKING, word="Reconnecting")
    assert light.accessibleName() == "Reconnecting"
    assert light.kind is LightKind.WORKING


def _shape(kind: LightKind, *, in_one_colour: bool = True) -> QImage:
    look().use("dark")
    page = QWidget()
    page.resize(16, 16)
    light = Light(kind, page)
    light.resize(16, 16)
    image: QImage = show(page).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    page.hide()
    if in_one_colour:
        image = image.convertToFormat(QImage.Format.Format_Mono)
    return image


def test_a_screen_reader_takes_a_light_for_words() -> None:
    light = Light(LightKind.SLOW)
    read = QAccessible.queryAccessibleInterface(light)
    assert (read.role(), read.text(QAccessible.Text.Name)) == (QAccessible.Role.StaticText, "Slow")

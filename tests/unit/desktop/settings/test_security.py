"""Devices: who was let in, and letting one in by a code."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox

from powerstream_desktop.client.access import NetworkDoor
from powerstream_desktop.desktop.settings.devices_card import DevicesCard
from powerstream_desktop.desktop.settings.security_part import SecurityPart
from tests.unit.desktop import driver
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.fakes import FakeDesk, surroundings_with
from tests.unit.desktop.settings.stage import FakeService, device


class Stage:
    """The card of devices, with a clock that the test moves."""

    def __init__(self) -> None:
        self.service, self.now = FakeService(), 50.0
        self.service.access.paired = [device("Phone <b>of Ada</b>"), device("Stream Deck", scope="read")]
        surroundings, self.desk, _, _ = surroundings_with(self.service)
        self.card = driver.show(DevicesCard(surroundings, clock=lambda: self.now), 800, 400)
        self.card.came_up()
        # Qt shows what is added to a visible page a moment later.
        driver.wait_for(lambda: "Stream Deck" in driver.texts(self.card))

    def press(self, name: str) -> None:
        driver.click(driver.control(self.card, name, QAbstractButton))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_devices_are_listed_as_plain_text_with_what_they_may_do(stage: Stage) -> None:
    said = driver.texts(stage.card)
    assert "Phone <b>of Ada</b>" in said
    assert any(line.startswith("may look and drive · paired") for line in said)
    assert any(line.startswith("may look · paired") for line in said)
    assert nameless(stage.card) == []


def test_putting_a_device_out_asks_once_and_takes_it_off_the_list(stage: Stage) -> None:
    stage.press("Put out: Stream Deck")
    assert len(stage.service.access.paired) == 2
    driver.let_go()
    button = driver.control(stage.card, "Put out: Stream Deck", QAbstractButton)
    assert button.text() == "Put it out now?"
    button.confirmed.emit()  # type: ignore[attr-defined]
    assert [each.name for each in stage.service.access.paired] == ["Phone <b>of Ada</b>"]
    assert "Stream Deck" not in driver.texts(stage.card)


def test_a_list_of_nobody_says_so(stage: Stage) -> None:
    stage.service.access.paired = []
    stage.card.came_up()
    assert "No other device has been let in." in driver.texts(stage.card)


def test_a_code_is_shown_with_the_time_that_is_left_until_the_device_is_in(stage: Stage) -> None:
    box = driver.control(stage.card, "What the device may do", QComboBox)
    box.setCurrentIndex(box.findData("read"))
    stage.press("Pair a device")
    assert stage.service.access.scope == "read"
    assert "123 456" in driver.texts(stage.card)
    assert any("120 second" in line for line in driver.texts(stage.card))
    stage.now += 21.0
    driver.wait_for(lambda: any("99 second" in line for line in driver.texts(stage.card)))
    stage.service.access.state = "paired"
    stage.service.access.paired.append(device("Tablet"))
    driver.wait_for(lambda: "The device has been let in." in driver.texts(stage.card))
    assert "123 456" not in driver.texts(stage.card)
    driver.wait_for(lambda: "Tablet" in driver.texts(stage.card))


def test_a_code_that_nobody_sees_any_more_lets_nobody_in(stage: Stage) -> None:
    stage.press("Pair a device")
    stage.card.went_down()
    assert stage.service.access.state == "closed"
    assert "123 456" not in driver.texts(stage.card)


@pytest.mark.parametrize(
    ("door", "said"),
    [
        (
            NetworkDoor(words={}, is_wanted=False, is_open=False),
            "Shut: only this computer reaches PowerStream.",
        ),
        (
            NetworkDoor(
                words={}, is_wanted=True, is_open=True, urls=("https://10.0.0.2:5443",), fingerprint="AB:CD"
            ),
            "https://10.0.0.2:5443",
        ),
        (
            NetworkDoor(words={}, is_wanted=True, is_open=False, trouble="The port is in use."),
            "The port is in use.",
        ),
    ],
)
def test_the_door_to_the_network_says_how_it_stands(door: NetworkDoor, said: str) -> None:
    service = FakeService()
    service.access.door = door
    surroundings, desk, _, _ = surroundings_with(service)
    part = driver.show(SecurityPart(surroundings), 800, 700)
    part.came_up()
    assert any(said in line for line in driver.texts(part))
    assert any("AB:CD" in line for line in driver.texts(part)) is door.is_open
    assert isinstance(desk, FakeDesk)
    assert desk.refused == []

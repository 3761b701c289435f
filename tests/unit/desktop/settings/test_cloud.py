"""Settings → Cloud: what is shown for which kind of store, presets, the key, and the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from powerstream_desktop.client.cloud import CloudStanding, Trial, TrialAdvice, TrialStep
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.settings.cloud_presets import PRESETS, preset_of
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.settings.store_test_card import trial_lines
from tests.unit.desktop import driver
from tests.unit.desktop.settings.test_page import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    made.go_to(Section.CLOUD)
    yield made
    look().use("dark")


def shown(stage: Stage) -> list[str]:
    names = list(stage.service.settings.document.settings.cloud.__slots__)
    return [name for name in names if stage.row(f"cloud.{name}").isVisible()]


def choose_s3(stage: Stage) -> None:
    stage.service.settings.change({"cloud.kind": "s3"})


def test_without_a_store_only_its_kind_is_asked_for(stage: Stage) -> None:
    assert shown(stage) == ["kind"]
    assert not {"Access key", "Test", "Provider"} & set(driver.texts(stage.page))


def test_a_folder_needs_no_bucket_and_no_key(stage: Stage) -> None:
    stage.service.settings.change({"cloud.kind": "folder"})
    assert shown(stage)[:4] == ["kind", "prefix", "public_base_url", "folder"]
    assert "bucket" not in shown(stage)
    assert "Access key" not in driver.texts(stage.page)
    assert "Test" in driver.texts(stage.page)


def test_s3_needs_address_bucket_and_key_and_no_folder(stage: Stage) -> None:
    driver.press(driver.control(stage.page, "Copies of replays", QComboBox), Qt.Key.Key_Down)
    assert {"endpoint_url", "region", "bucket", "addressing"} <= set(shown(stage))
    assert "folder" not in shown(stage)
    assert {"Access key", "Test", "Provider"} <= set(driver.texts(stage.page))


def test_a_search_finds_what_another_kind_needs(stage: Stage) -> None:
    driver.type_text(driver.control(stage.page, "Search settings", QLineEdit), "bucket")
    assert stage.row("cloud.bucket").isVisible()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda each: each.name)
def test_a_preset_is_taken_by_the_service_and_known_again(stage: Stage, preset: object) -> None:
    choose_s3(stage)
    box = driver.control(stage.page, "Provider", QComboBox)
    place = [each.name for each in PRESETS].index(getattr(preset, "name", ""))
    box.setCurrentIndex(place)
    box.activated.emit(place)
    values = {each.name: each.value for each in stage.service.settings.all().settings}
    assert preset_of(values) is preset
    assert {name: values[name] for name in PRESETS[place].values} == PRESETS[place].values
    assert box.currentText() == PRESETS[place].name
    assert any("Keys are made" in text for text in driver.texts(stage.page))


@pytest.mark.parametrize("address", ["https://s3.example.com", "https://[", "https://host:port"])
def test_another_address_is_another_store(stage: Stage, address: str) -> None:
    assert preset_of({"cloud.endpoint_url": address}) is None
    choose_s3(stage)
    stage.service.settings.change({"cloud.endpoint_url": "https://s3.example.com"})
    assert driver.control(stage.page, "Provider", QComboBox).currentText() == "Another one"


def test_a_key_is_kept_and_shown_no_more(stage: Stage) -> None:
    choose_s3(stage)
    save = driver.control(stage.page, "Keep the key", Button)
    assert not save.isEnabled()
    key_id = driver.control(stage.page, "Access key ID", QLineEdit)
    secret = driver.control(stage.page, "Secret access key", QLineEdit)
    driver.type_text(key_id, "AKIA1")
    driver.type_text(secret, "very secret")
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    driver.click(save)
    [kept] = stage.service.cloud.kept
    assert (kept.access_key_id, kept.secret_access_key.reveal()) == ("AKIA1", "very secret")
    assert (key_id.text(), secret.text()) == ("", "")
    assert "A key is kept." in driver.texts(stage.page)
    forget = driver.control(stage.page, "Forget the key", Button)
    driver.click(forget)
    assert "A key is kept." in driver.texts(stage.page), "it was asked once only"
    driver.click(forget)
    assert "No key is kept." in driver.texts(stage.page)


def test_a_key_that_is_refused_stays_typed_and_says_why(stage: Stage) -> None:
    choose_s3(stage)
    stage.service.cloud.error = UserError("The keyring is locked.", hint="Unlock it.")
    driver.type_text(driver.control(stage.page, "Access key ID", QLineEdit), "AKIA1")
    secret = driver.control(stage.page, "Secret access key", QLineEdit)
    driver.type_text(secret, "very secret")
    driver.click(driver.control(stage.page, "Keep the key", Button))
    assert "The keyring is locked. Unlock it." in driver.texts(stage.page)
    assert secret.text() == "very secret"
    assert driver.control(stage.page, "Keep the key", Button).isEnabled()


def test_that_a_key_is_kept_is_known_from_the_service(stage: Stage) -> None:
    choose_s3(stage)
    stage.service.cloud.has_credentials = True
    stage.page.went_down()
    stage.page.came_up()
    assert "A key is kept." in driver.texts(stage.page)
    stage.feed.cloud_changed.emit(CloudStanding(words={}, state="incomplete"))
    assert "No key is kept." in driver.texts(stage.page)


def test_a_test_says_of_each_step_what_came_of_it(stage: Stage) -> None:
    choose_s3(stage)
    refused = "The cloud store refuses the access key, or the key may not do this."
    stage.service.cloud.trial = Trial(
        words={},
        is_good=False,
        steps=(
            TrialStep(name="write", is_good=True),
            TrialStep(name="read", is_good=False, sentence=refused, remedy="Check the access key."),
            TrialStep(name="list", is_good=False, was_tried=False),
        ),
    )
    driver.type_text(driver.control(stage.page, "Access key ID", QLineEdit), "AKIA1")
    driver.type_text(driver.control(stage.page, "Secret access key", QLineEdit), "not kept yet")
    driver.click(driver.control(stage.page, "Test the store", Button))
    [wish] = stage.service.cloud.tried
    assert (wish.access_key_id, wish.kind) == ("AKIA1", None)
    texts = driver.texts(stage.page)
    assert "Replays cannot be kept there yet." in texts
    assert {"A small file can be written.", refused, "Check the access key."} <= set(texts)
    assert "Not tried: It is listed." in texts
    assert stage.service.cloud.kept == []


def test_a_test_that_cannot_be_made_says_why(stage: Stage) -> None:
    choose_s3(stage)
    stage.service.cloud.error = UserError("The store has neither an address nor a region.", hint="Enter one.")
    driver.click(driver.control(stage.page, "Test the store", Button))
    assert "The store has neither an address nor a region. Enter one." in driver.texts(stage.page)
    assert driver.control(stage.page, "Test the store", Button).isEnabled()


def test_a_store_without_links_keeps_replays_all_the_same() -> None:
    trial = Trial(
        words={},
        is_good=True,
        steps=(TrialStep(name="link", is_good=False, sentence="The link to a replay does not open."),),
        advice=(TrialAdvice(sentence="Nobody can watch the replays by a link."),),
    )
    assert [each.light for each in trial_lines(trial)] == [LightKind.SLOW, LightKind.SLOW]


def test_of_a_long_address_the_beginning_is_seen(stage: Stage) -> None:
    choose_s3(stage)
    stage.service.settings.change({"cloud.endpoint_url": f"https://s3.{'long' * 20}.example.com"})
    line = driver.control(stage.page, "Address of the store", QLineEdit)
    assert line.cursorPosition() == 0


def test_the_last_row_that_is_shown_has_no_line_below_it(stage: Stage) -> None:
    choose_s3(stage)
    assert [name for name in shown(stage) if stage.row(f"cloud.{name}").property("box") == ""] == [
        "backend_url"
    ]


def test_what_came_of_a_test_is_not_said_of_another_store(stage: Stage) -> None:
    choose_s3(stage)
    driver.click(driver.control(stage.page, "Test the store", Button))
    assert "Replays can be kept there." in driver.texts(stage.page)
    stage.service.settings.change({"cloud.parts_at_once": 2})
    assert "Replays can be kept there." in driver.texts(stage.page)
    stage.service.settings.change({"cloud.bucket": "another"})
    assert "Replays can be kept there." not in driver.texts(stage.page)

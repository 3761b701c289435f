"""Settings → Cloud: the PowerStream server, its tokens, and what hinders it; and the session token of a temporary key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from powerstream_desktop.client.cloud import CloudServer, CloudStanding, RefusedReplay, Trouble
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.settings.sections import Section
from tests.unit.desktop import driver
from tests.unit.desktop.settings.stage import SERVER
from tests.unit.desktop.settings.test_page import Stage

NO_TOKEN_YET = "No token is kept."
TROUBLE = Trouble(code="logged_out", sentence="It does not let us in.", remedy="Enter a new token.")


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.service.settings.change({"cloud.kind": "folder"})
    made.go_to(Section.CLOUD)
    return made


def choose_server(stage: Stage) -> None:
    stage.service.settings.change({"cloud.backend_url": SERVER})


def tell(stage: Stage, server: CloudServer) -> None:
    """Be the service, whose event tells how it stands."""
    standing = CloudStanding(words={}, state="idle", server=server)
    stage.feed.replace(replace(stage.feed.now, cloud=standing))


def test_its_card_is_shown_once_its_address_is_there(stage: Stage) -> None:
    assert stage.row("cloud.backend_url").isVisible()
    assert NO_TOKEN_YET not in driver.texts(stage.page)
    choose_server(stage)
    assert NO_TOKEN_YET in driver.texts(stage.page)
    stage.service.settings.change({"cloud.kind": "off"})
    assert NO_TOKEN_YET not in driver.texts(stage.page)


def test_tokens_are_kept_and_shown_no_more(stage: Stage) -> None:
    choose_server(stage)
    save = driver.control(stage.page, "Keep the token", Button)
    assert not save.isEnabled()
    token = driver.control(stage.page, "Token", QLineEdit)
    refresh = driver.control(stage.page, "Refresh token", QLineEdit)
    driver.type_text(token, "made-up-token")
    driver.type_text(refresh, "made-up-refresh")
    assert {each.echoMode() for each in (token, refresh)} == {QLineEdit.EchoMode.Password}
    driver.click(save)
    [kept] = stage.service.cloud.logged_in
    assert kept.refresh_token is not None
    assert (kept.access_token.reveal(), kept.refresh_token.reveal()) == ("made-up-token", "made-up-refresh")
    assert (token.text(), refresh.text()) == ("", "")
    assert "A token is kept." in driver.texts(stage.page)
    forget = driver.control(stage.page, "Forget the token", Button)
    driver.click(forget)
    assert "A token is kept." in driver.texts(stage.page), "it was asked once only"
    driver.click(forget)
    assert NO_TOKEN_YET in driver.texts(stage.page)


def test_one_without_a_refresh_token_is_kept_as_well(stage: Stage) -> None:
    choose_server(stage)
    driver.type_text(driver.control(stage.page, "Token", QLineEdit), "made-up-token")
    driver.click(driver.control(stage.page, "Keep the token", Button))
    assert [each.refresh_token for each in stage.service.cloud.logged_in] == [None]


def test_a_token_that_is_refused_stays_typed_and_says_why(stage: Stage) -> None:
    choose_server(stage)
    stage.service.cloud.error = UserError("This is not a token.", hint="Copy it again.")
    token = driver.control(stage.page, "Token", QLineEdit)
    driver.type_text(token, "made up")
    driver.click(driver.control(stage.page, "Keep the token", Button))
    assert "This is not a token. Copy it again." in driver.texts(stage.page)
    assert token.text() == "made up"


def test_what_hinders_it_is_said_with_its_remedy_until_it_is_over(stage: Stage) -> None:
    choose_server(stage)
    tell(stage, CloudServer(address=SERVER, has_token=True, trouble=TROUBLE))
    assert {TROUBLE.sentence, TROUBLE.remedy} <= set(driver.texts(stage.page))
    tell(stage, CloudServer(address=SERVER, has_token=True))
    assert not {TROUBLE.sentence, TROUBLE.remedy} & set(driver.texts(stage.page))


def test_all_replays_that_it_does_not_take_are_named(stage: Stage) -> None:
    choose_server(stage)
    refused = tuple(
        RefusedReplay(asset_id=title, title=title, trouble=TROUBLE) for title in ("Morning", "<b>Evening</b>")
    )
    tell(stage, CloudServer(address=SERVER, has_token=True, refused=refused, refused_count=2))
    said = "\n".join(driver.texts(stage.page))
    assert "“Morning”: It does not let us in. Enter a new token." in said
    assert "“<b>Evening</b>”: It does not let us in." in said


def test_a_temporary_key_is_kept_with_its_session_token(stage: Stage) -> None:
    stage.service.settings.change({"cloud.kind": "s3"})
    token = driver.control(stage.page, "Session token", QLineEdit)
    driver.type_text(driver.control(stage.page, "Access key ID", QLineEdit), "ASIA1")
    driver.type_text(driver.control(stage.page, "Secret access key", QLineEdit), "made-up-secret")
    driver.type_text(token, "made-up-session")
    driver.click(driver.control(stage.page, "Test the store", Button))
    [tried] = stage.service.cloud.tried
    assert tried.session_token is not None
    assert tried.session_token.reveal() == "made-up-session"
    driver.click(driver.control(stage.page, "Keep the key", Button))
    [kept] = stage.service.cloud.kept
    assert kept.session_token is not None
    assert (kept.session_token.reveal(), token.text()) == ("made-up-session", "")


def test_what_hinders_the_store_is_said_below_its_choice_until_it_is_over(stage: Stage) -> None:
    away = Trouble(code="away", sentence="The disk of the store is not there.", remedy="Connect the disk.")
    bad = CloudStanding(words={}, state="trouble", trouble=away)
    stage.feed.replace(replace(stage.feed.now, cloud=bad))
    assert {away.sentence, away.remedy} <= set(driver.texts(stage.page))
    stage.feed.replace(replace(stage.feed.now, cloud=CloudStanding(words={}, state="idle")))
    assert away.sentence not in driver.texts(stage.page)
    stage.feed.replace(replace(stage.feed.now, cloud=bad))
    stage.service.settings.change({"cloud.kind": "off"})
    assert away.sentence not in driver.texts(stage.page)

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from powerstream_desktop.desktop.studio.scenes.privacy_button import PrivacyButton
from powerstream_desktop.desktop.studio.scenes.transition_button import FADES_MS, TransitionButton
from tests.unit.desktop.driver import click, show, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, a_status, studio_words, tell


def open_menu(button: TransitionButton) -> QMenu:
    click(button)
    wait_for(lambda: any(menu.isVisible() for menu in button.findChildren(QMenu)))
    return next(menu for menu in button.findChildren(QMenu) if menu.isVisible())


@pytest.mark.parametrize(
    ("transition", "words"),
    [({"kind": "cut", "durationMs": 300}, "Cut"), ({"kind": "fade", "durationMs": 450}, "Fade 450 ms")],
)
def test_the_transition_is_said(transition: dict[str, object], words: str) -> None:
    surroundings, _, feed, _ = surroundings_with(StudioClient())
    button = show(TransitionButton(surroundings))
    assert not button.isEnabled()
    tell(feed, a_status(studio_words(transition=transition)))
    assert button.text().startswith(words)
    assert words in button.accessibleName()


def test_a_fade_is_chosen_with_its_length() -> None:
    client = StudioClient()
    surroundings, _, feed, _ = surroundings_with(client)
    tell(feed)
    button = show(TransitionButton(surroundings))
    menu = open_menu(button)
    offered = [action.text() for action in menu.actions()]
    assert offered == ["Cut", *(f"Fade {length_ms} ms" for length_ms in FADES_MS)]
    menu.actions()[offered.index("Fade 500 ms")].trigger()
    menu.close()
    assert client.asked == [("transition", {"transition": {"kind": "fade", "durationMs": 500}})]
    assert button.text().startswith("Cut")  # until the engine says otherwise


def test_a_length_that_somebody_else_chose_is_offered_and_ticked() -> None:
    surroundings, _, feed, _ = surroundings_with(StudioClient())
    tell(feed, a_status(studio_words(transition={"kind": "fade", "durationMs": 450})))
    menu = open_menu(show(TransitionButton(surroundings)))
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Fade 450 ms"]
    menu.close()


def test_privacy_is_switched_on_and_off_and_says_how_it_is() -> None:
    client = StudioClient()
    surroundings, _, feed, _ = surroundings_with(client)
    tell(feed)
    button = show(PrivacyButton(surroundings))
    click(button)
    assert button.text() == "Privacy"  # the engine's word, not the press
    tell(feed, a_status(isPrivate=True))
    assert button.text() == "Privacy is on"
    click(button)
    assert client.asked == [("privacy", {"isOn": True}), ("privacy", {"isOn": False})]

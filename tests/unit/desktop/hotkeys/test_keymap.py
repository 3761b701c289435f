"""Which keys are listened for."""

from __future__ import annotations

from powerstream_desktop.client.settings import Value
from powerstream_desktop.common.key_combination import KeyCombination, Modifier
from powerstream_desktop.desktop.hotkeys.action import SCENES, HotkeyAction
from powerstream_desktop.desktop.hotkeys.keymap import Clash, ClashKind, Keymap, keymap_of
from powerstream_desktop.service.settings.settings import OPTIONS
from powerstream_desktop.service.settings.window_options import usual_keys

A = HotkeyAction


def settings(**values: Value) -> dict[str, Value]:
    """Return settings of hotkeys as the service tells them."""
    told = {"enabled": True, **values}
    return {f"hotkeys.{name}": value for name, value in told.items()}


def test_every_action_has_its_setting_and_every_setting_its_action() -> None:
    declared = [option.key for option in OPTIONS.values() if option.section == "hotkeys"]
    assert declared == ["enabled", *(action.value for action in HotkeyAction)]
    assert list(SCENES.values()) == list(range(1, 10))


def test_the_usual_keys_are_with_ctrl_and_alt_and_none_of_them_clashes() -> None:
    keymap = keymap_of({name: option.default_json() for name, option in OPTIONS.items()})
    assert len(keymap.keys) == len(HotkeyAction)
    assert all(str(keys).startswith("Ctrl+Alt+") for keys in keymap.keys.values())
    assert keymap.clashes() == {}


def test_on_windows_the_usual_keys_are_none_by_which_a_keyboard_types() -> None:
    usual = usual_keys("win32")
    assert all(Modifier.SHIFT in keys.modifiers for keys in usual.values()), "Ctrl+Alt alone is AltGr"
    assert not any(Modifier.SHIFT in keys.modifiers for keys in usual_keys("linux").values())


def test_an_empty_key_an_unknown_one_and_rubbish_are_not_listened_for() -> None:
    keymap = keymap_of(
        settings(mark="Ctrl+Alt+M", privacy="", scene_1="rubbish", scene_2=7, new_one="Ctrl+F9")
    )
    assert keymap.to_listen_for() == {A.MARK: KeyCombination.of("Ctrl+Alt+M")}


def test_nothing_is_listened_for_that_is_not_wanted() -> None:
    assert keymap_of(settings(enabled=False, mark="Ctrl+Alt+M")).to_listen_for() == {}
    assert keymap_of({}) == Keymap()


def test_of_two_actions_with_one_key_the_first_gets_it() -> None:
    keymap = keymap_of(settings(scene_1="Ctrl+Alt+M", mark="Ctrl+Alt+M"))
    assert keymap.clashes() == {A.SCENE_1: Clash(kind=ClashKind.OTHER_ACTION, other=A.MARK)}
    assert list(keymap.to_listen_for()) == [A.MARK]


def test_what_all_programs_need_is_not_taken_from_them() -> None:
    keymap = keymap_of(settings(mark="Ctrl+C", privacy="Alt+F4"))
    assert set(keymap.clashes()) == {A.MARK, A.PRIVACY}
    assert keymap.clashes()[A.MARK].kind is ClashKind.EVERYDAY
    assert keymap.to_listen_for() == {}

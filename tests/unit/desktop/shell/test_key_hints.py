"""The foot names keys that are heard, and no others."""

from __future__ import annotations

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import BackendState, BackendStatus, Binding
from powerstream_desktop.desktop.hotkeys.hotkeys import HotkeysStatus
from powerstream_desktop.desktop.hotkeys.keymap import Keymap
from powerstream_desktop.desktop.shell.foot import KeyHint
from powerstream_desktop.desktop.shell.key_hints import key_hints

KEYS = {
    HotkeyAction.MARK: KeyCombination.of("Ctrl+Alt+M"),
    HotkeyAction.MUTE_MICROPHONE: KeyCombination.of("Ctrl+Alt+A"),
    HotkeyAction.PRIVACY: KeyCombination.of("Ctrl+Alt+P"),
}


def status(**bindings: Binding) -> HotkeysStatus:
    backend = BackendStatus(
        name="X11",
        state=BackendState.WORKING,
        bindings={HotkeyAction(name): binding for name, binding in bindings.items()},
    )
    return HotkeysStatus(backend=backend, keymap=Keymap(is_wanted=True, keys=KEYS))


def test_keys_that_are_heard_are_named() -> None:
    bound = Binding(is_bound=True)
    assert key_hints(status(mark=bound, mute_microphone=bound, privacy=bound), "linux") == (
        KeyHint(action="Mark a moment", keys="Ctrl+Alt+M"),
        KeyHint(action="Mute the microphone", keys="Ctrl+Alt+A"),
    )


def test_a_key_that_was_refused_is_not_named() -> None:
    refused = Binding(is_bound=False, sentence="Another program has this key.")
    assert key_hints(status(mark=refused), "linux") == ()


def test_keys_that_the_desktop_chose_are_named_in_its_words() -> None:
    chosen = Binding(is_bound=True, trigger="Meta+M")
    assert key_hints(status(mark=chosen), "linux") == (KeyHint(action="Mark a moment", keys="Meta+M"),)

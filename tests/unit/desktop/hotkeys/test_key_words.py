"""Shortcuts in words."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.key_words import key_words
from tests.unit.desktop.language.speaking import speaking


@pytest.mark.parametrize(
    ("keys", "system", "english", "german"),
    [
        ("Ctrl+Alt+M", "linux", "Ctrl+Alt+M", "Strg+Alt+M"),
        ("Ctrl+Alt+Shift+Space", "win32", "Ctrl+Alt+Shift+Space", "Strg+Alt+Umschalt+Leertaste"),
        ("Ctrl+PageUp", "linux", "Ctrl+Page Up", "Strg+Bild auf"),
        ("Ctrl+NumAdd", "linux", "Ctrl+Num +", "Strg+Num +"),
        ("Ctrl+Alt+M", "darwin", "⌃⌥M", "⌃⌥M"),
    ],
)
def test_a_shortcut_is_written_as_on_the_keyboard(keys: str, system: str, english: str, german: str) -> None:
    with speaking("en"):
        assert key_words(KeyCombination.of(keys), system) == english
    with speaking("de"):
        assert key_words(KeyCombination.of(keys), system) == german

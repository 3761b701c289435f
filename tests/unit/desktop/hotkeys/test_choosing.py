"""Which way of listening a desktop has, and what it calls the keys."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.key_combination import KEYS, KeyCombination, Modifier
from powerstream_desktop.desktop.hotkeys.choosing import Way, way_of
from powerstream_desktop.desktop.hotkeys.keysyms import keysym_name, portal_trigger
from powerstream_desktop.desktop.hotkeys.macos_keyboard import _CODES as MAC_CODES
from powerstream_desktop.desktop.hotkeys.macos_keyboard import key_code
from powerstream_desktop.desktop.hotkeys.windows_keyboard import modifiers_of, virtual_key


@pytest.mark.parametrize(
    ("system", "environ", "platform", "way"),
    [
        ("linux", {"DISPLAY": ":0"}, "xcb", Way.X11),
        ("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "xcb", Way.PORTAL),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "wayland", Way.PORTAL),
        ("linux", {}, "eglfs", Way.NOBODY),
        ("linux", {"DISPLAY": ":0"}, "offscreen", Way.NOBODY),
        ("win32", {}, "windows", Way.WINDOWS),
        ("darwin", {}, "cocoa", Way.MACOS),
    ],
)
def test_a_desktop_has_its_own_way(system: str, environ: dict[str, str], platform: str, way: Way) -> None:
    assert way_of(system, environ, platform) is way


def test_every_key_is_a_keysym_that_x11_knows() -> None:
    XK = pytest.importorskip("Xlib.XK")  # noqa: N806 - its own name
    XK.load_keysym_group("xf86")
    assert [key for key in KEYS if not XK.string_to_keysym(keysym_name(key))] == []


def test_the_portal_is_told_keys_in_its_own_words() -> None:
    assert portal_trigger(KeyCombination.of("Ctrl+Alt+M")) == "CTRL+ALT+m"
    assert portal_trigger(KeyCombination.of("Meta+Shift+PageUp")) == "SHIFT+LOGO+Prior"


def held(key: str) -> KeyCombination:
    return KeyCombination(key=key, modifiers=frozenset({Modifier.CTRL}))


def test_windows_has_a_code_of_its_own_for_every_key() -> None:
    codes = [virtual_key(held(key)) for key in KEYS]
    assert len(set(codes)) == len(KEYS)
    assert all(0 < code < 0xFF for code in codes)
    assert (virtual_key(held("M")), virtual_key(held("F1")), virtual_key(held("F24"))) == (0x4D, 0x70, 0x87)
    assert modifiers_of(KeyCombination.of("Ctrl+Alt+M")) == 0x4003


def test_macs_have_a_code_of_its_own_for_every_key_that_they_have() -> None:
    codes = [key_code(held(key)) for key in KEYS]
    known = [code for code in codes if code is not None]
    assert len(set(known)) == len(known)
    missing = [key for key, code in zip(KEYS, codes, strict=True) if code is None]
    assert missing == ["F21", "F22", "F23", "F24", "Pause", "Print"]
    assert set(MAC_CODES) <= set(KEYS)
    assert key_code(held("A")) == 0

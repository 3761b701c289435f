"""Options that only the window obeys: its hotkeys and its looks. They are kept with the others, so that they go where the home goes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Annotated, Final

from powerstream_desktop.common.key_combination import KeyCombination, Modifier
from powerstream_desktop.service.settings.kinds import Flag, Keys, OneOf, WholeNumber
from powerstream_desktop.service.settings.option import Declared, Effect

THEMES: Final = ("dark", "light", "high_contrast", "system")
LANGUAGES: Final = ("system", "en", "de")
LEAST_TEXT_PERCENT: Final = 90
MOST_TEXT_PERCENT: Final = 150


def _hotkey(help_text: str) -> Declared:
    return Declared(Keys(), help_text, effect=Effect.AT_ONCE)


def usual_keys(system: str) -> dict[str, KeyCombination]:
    """Return the shortcuts that nobody has to choose, by their keys.

    Windows takes Ctrl+Alt for AltGr, by which most keyboards outside America type: ``{`` and ``[`` on a German one, ``ł`` on a Polish
    one. With Shift beside it, it types next to nothing.

    Args:
        system: as ``sys.platform`` has it.
    """
    held = {Modifier.CTRL, Modifier.ALT} | ({Modifier.SHIFT} if system == "win32" else set())
    return {
        key: KeyCombination(key=key, modifiers=frozenset(held))
        for key in ("L", "M", "A", "Space", "P", "S", "C", *"123456789")
    }


_USUAL: Final = usual_keys(sys.platform)


@dataclass(frozen=True, slots=True, kw_only=True)
class HotkeyOptions:
    """Keys that are heard while another program has the focus; empty ones are not listened for."""

    enabled: Annotated[
        bool,
        Declared(
            Flag(), "Listen for these shortcuts while other programs have the focus.", effect=Effect.AT_ONCE
        ),
    ] = True
    go_live_or_end: Annotated[
        KeyCombination | None,
        _hotkey("Go live as last time, or end the broadcast: press it twice, or hold it for a second."),
    ] = _USUAL["L"]
    mark: Annotated[
        KeyCombination | None, _hotkey("Mark this moment of the broadcast, to find it again in the replay.")
    ] = _USUAL["M"]
    mute_microphone: Annotated[
        KeyCombination | None, _hotkey("Mute all microphones, or let them be heard again.")
    ] = _USUAL["A"]
    push_to_talk: Annotated[
        KeyCombination | None,
        _hotkey("While it is held, channels that are set to push to talk are heard."),
    ] = _USUAL["Space"]
    privacy: Annotated[
        KeyCombination | None,
        _hotkey("Show “Be right back” and mute everything at once; pressed again, go on."),
    ] = _USUAL["P"]
    split: Annotated[
        KeyCombination | None, _hotkey("Begin a new file of the recording, without losing a frame.")
    ] = _USUAL["S"]
    clip: Annotated[
        KeyCombination | None, _hotkey("Save the last 30 seconds of the broadcast as a clip.")
    ] = _USUAL["C"]
    scene_1: Annotated[KeyCombination | None, _hotkey("Put the first scene on.")] = _USUAL["1"]
    scene_2: Annotated[KeyCombination | None, _hotkey("Put the second scene on.")] = _USUAL["2"]
    scene_3: Annotated[KeyCombination | None, _hotkey("Put the third scene on.")] = _USUAL["3"]
    scene_4: Annotated[KeyCombination | None, _hotkey("Put the fourth scene on.")] = _USUAL["4"]
    scene_5: Annotated[KeyCombination | None, _hotkey("Put the fifth scene on.")] = _USUAL["5"]
    scene_6: Annotated[KeyCombination | None, _hotkey("Put the sixth scene on.")] = _USUAL["6"]
    scene_7: Annotated[KeyCombination | None, _hotkey("Put the seventh scene on.")] = _USUAL["7"]
    scene_8: Annotated[KeyCombination | None, _hotkey("Put the eighth scene on.")] = _USUAL["8"]
    scene_9: Annotated[KeyCombination | None, _hotkey("Put the ninth scene on.")] = _USUAL["9"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceOptions:
    """How the window looks."""

    theme: Annotated[
        str,
        Declared(OneOf(THEMES), "Colours of the window; system follows the desktop.", effect=Effect.AT_ONCE),
    ] = "dark"
    text_percent: Annotated[
        int,
        Declared(
            WholeNumber(LEAST_TEXT_PERCENT, MOST_TEXT_PERCENT, "%"),
            "Size of all text in the window.",
            effect=Effect.AT_ONCE,
        ),
    ] = 100
    language: Annotated[
        str,
        Declared(
            OneOf(LANGUAGES), "Language of the window; system follows the desktop.", effect=Effect.AT_ONCE
        ),
    ] = "system"

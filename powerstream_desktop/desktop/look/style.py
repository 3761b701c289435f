"""The one style sheet, made of the theme's colours and the text size. Pure.

``resources/themes/window.qss`` is written in words of ours, which become Qt's here:

- ``@accent`` is that colour of the palette;
- ``@fade(ok, 40)`` is that colour, 40 % opaque;
- ``@px(13)`` is a size of letters, in pixels at 100 %;
- ``@picture(down)`` is a small picture of the theme's own folder.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtGui import QColor

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.desktop.look.letters import scaled_px
from powerstream_desktop.desktop.look.palette import Palette

_WORD: Final = re.compile(r"@([a-z_]+)(?:\(([^()]*)\))?")


def style_sheet(source: str, palette: Palette, text_percent: int, themes_folder: str) -> str:
    """Return the style sheet for Qt.

    Args:
        source: the style sheet with words of ours.
        palette: the theme.
        text_percent: 100 is as designed.
        themes_folder: where the folders of the themes are, with ``/`` between folders.

    Raises:
        BugError: the source has a word that means nothing.
    """

    def meaning(match: re.Match[str]) -> str:
        word, arguments = match[1], [part.strip() for part in (match[2] or "").split(",")]
        if word == "px":
            return f"{scaled_px(float(arguments[0]), text_percent)}px"
        if word == "fade":
            return _rgba(_colour(palette, arguments[0]), int(arguments[1]) / 100)
        if word == "picture":
            return f'url("{themes_folder}/{palette.name}/{arguments[0]}.svg")'
        colour = _colour(palette, word)
        return _rgba(colour, colour.alphaF())

    return _WORD.sub(meaning, source)


def _colour(palette: Palette, name: str) -> QColor:
    colour = getattr(palette, name, None)
    if not isinstance(colour, QColor):
        raise BugError(f"The style sheet asks for a colour that no theme has: {name}.")
    return colour


def _rgba(colour: QColor, opacity: float) -> str:
    if opacity >= 1:
        return str(colour.name())
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {round(opacity * 255)})"

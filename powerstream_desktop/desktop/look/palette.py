"""The colours, by the names that the design gave them. Nothing else in the window says a colour.

Every colour that letters have (``text``, ``muted``, ``faint``, ``accent``, ``live_text``, ``ok``, ``warn``, ``err``) stands out from
``bg``, ``surface`` and ``raised`` by 4.5:1 at least, and every ink from its ground; the tests hold that. Two colours of the design
did not: ``faint`` (3.3:1) became the nearest that does, and white letters have ``go`` under them, a darker red than ``live``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Palette:
    """The colours of one theme.

    Attributes:
        name: of the theme; also of its folder below ``resources/themes``.
        bg: behind the cards.
        surface: cards, bars, sheets.
        raised: buttons, and boxes on a card.
        hover: what the pointer is over, or what is chosen.
        well: under what is typed, and under meters.
        line: between and around things.
        text, muted, faint: letters, from what is read to what is only looked up.
        accent: what can be done or is chosen; letters on it are ``accent_ink``.
        live: the sign of being on air; as letters ``live_text``.
        go: ground of the buttons that go on air and that destroy; letters on it are ``go_ink``.
        ok, warn, err, idle: the lights; ``idle`` is for shapes, not for letters.
        shade: over the page while a sheet is open; translucent.
        series: lines of a chart, in their order.
    """

    name: str
    bg: QColor
    surface: QColor
    raised: QColor
    hover: QColor
    well: QColor
    line: QColor
    text: QColor
    muted: QColor
    faint: QColor
    accent: QColor
    accent_ink: QColor
    live: QColor
    live_text: QColor
    go: QColor
    go_ink: QColor
    ok: QColor
    warn: QColor
    err: QColor
    idle: QColor
    shade: QColor
    series: tuple[QColor, ...]


def _series(*names: str) -> tuple[QColor, ...]:
    return tuple(QColor(name) for name in names)


DARK: Final = Palette(
    name="dark",
    bg=QColor("#0e1116"),
    surface=QColor("#151a21"),
    raised=QColor("#1c222b"),
    hover=QColor("#232b36"),
    well=QColor("#0c0f14"),
    line=QColor("#2a323e"),
    text=QColor("#e8ecf2"),
    muted=QColor("#9aa6b6"),
    faint=QColor("#7c899c"),
    accent=QColor("#4cb8ff"),
    accent_ink=QColor("#04121d"),
    live=QColor("#ff4057"),
    live_text=QColor("#ff8594"),
    go=QColor("#e0243f"),
    go_ink=QColor("#ffffff"),
    ok=QColor("#31d07f"),
    warn=QColor("#ffb224"),
    err=QColor("#ff5d5d"),
    idle=QColor("#6b7789"),
    shade=QColor(4, 6, 9, 176),
    series=_series("#4cb8ff", "#a78bfa", "#ffb224", "#31d07f", "#ff7ab8", "#39d3d0", "#c9b458", "#9aa6b6"),
)

LIGHT: Final = Palette(
    name="light",
    bg=QColor("#eef1f5"),
    surface=QColor("#ffffff"),
    raised=QColor("#f5f7fa"),
    hover=QColor("#e3e8ef"),
    well=QColor("#ffffff"),
    line=QColor("#cdd5df"),
    text=QColor("#151b23"),
    muted=QColor("#4a5668"),
    faint=QColor("#5a6678"),
    accent=QColor("#0b68b3"),
    accent_ink=QColor("#ffffff"),
    live=QColor("#cf1f3c"),
    live_text=QColor("#b51733"),
    go=QColor("#cf1f3c"),
    go_ink=QColor("#ffffff"),
    ok=QColor("#0d6f42"),
    warn=QColor("#845200"),
    err=QColor("#bf2328"),
    idle=QColor("#66728a"),
    shade=QColor(20, 27, 36, 120),
    series=_series("#0b68b3", "#6d43d0", "#a86500", "#0d7f4b", "#b8287a", "#0b7f86", "#7a6a10", "#5a6678"),
)

HIGH_CONTRAST: Final = Palette(
    name="high_contrast",
    bg=QColor("#000000"),
    surface=QColor("#000000"),
    raised=QColor("#10151c"),
    hover=QColor("#26364a"),
    well=QColor("#000000"),
    line=QColor("#a9b4c2"),
    text=QColor("#ffffff"),
    muted=QColor("#e2e7ee"),
    faint=QColor("#c9d1dc"),
    accent=QColor("#66ccff"),
    accent_ink=QColor("#000000"),
    live=QColor("#ff8593"),
    live_text=QColor("#ff9aa6"),
    go=QColor("#ff8593"),
    go_ink=QColor("#000000"),
    ok=QColor("#4df0a0"),
    warn=QColor("#ffd04a"),
    err=QColor("#ff9090"),
    idle=QColor("#b9c3d0"),
    shade=QColor(0, 0, 0, 200),
    series=_series("#66ccff", "#c9b6ff", "#ffd04a", "#4df0a0", "#ffa3d1", "#6ff0ec", "#f2e07a", "#ffffff"),
)

PALETTES: Final = (DARK, LIGHT, HIGH_CONTRAST)

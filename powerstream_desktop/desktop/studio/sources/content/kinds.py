"""The kinds of sources that can be added, and what a new one is at first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from powerstream_desktop.desktop.studio.scenery.box import WHOLE, Box

_CORNER: Final = Box(x=0.73, y=0.70, width=0.25, height=0.25)
_MIDDLE: Final = Box(x=0.25, y=0.25, width=0.5, height=0.5)
_LINE: Final = Box(x=0.1, y=0.42, width=0.8, height=0.16)
_CONTEXT: Final = "SourceKind"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """One kind.

    Attributes:
        type: the engine's word for it.
        icon: of the look.
        label: in English; ``name`` translates it.
        content: of a new one.
        place: where a layer of it lies at first.
        fit: how it fills that.
    """

    type: str
    icon: str
    label: str
    content: Mapping[str, Any]
    place: Box = WHOLE
    fit: str = "whole"

    @property
    def name(self) -> str:
        """What people call it."""
        return QCoreApplication.translate(_CONTEXT, self.label)


WHITE: Final = {"red": 255, "green": 255, "blue": 255, "alpha": 255}
_NIGHT: Final = {"red": 18, "green": 20, "blue": 28, "alpha": 255}
_NO_COLOUR: Final = {"red": 0, "green": 0, "blue": 0, "alpha": 0}
_TEXT: Final = {
    "type": "text",
    "text": "",
    "kind": "fixed",
    "countdownToS": 0.0,
    "font": "",
    "size": 0.08,
    "bold": False,
    "colour": WHITE,
    "outlineColour": _NO_COLOUR,
    "outline": 0.0,
    "alignment": "centre",
}

KINDS: Final = (
    SourceKind(
        type="screen",
        icon="screen",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Screen")),
        content={"type": "screen", "display": "", "cursor": True},
    ),
    SourceKind(
        type="window",
        icon="window",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Window")),
        content={"type": "window", "title": ""},
    ),
    SourceKind(
        type="camera",
        icon="camera",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Camera")),
        content={"type": "camera", "device": "", "width": 0, "height": 0, "fps": 0},
        place=_CORNER,
        fit="fill",
    ),
    SourceKind(
        type="image",
        icon="image",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Image")),
        content={"type": "image", "path": ""},
        place=_MIDDLE,
    ),
    SourceKind(
        type="text",
        icon="text",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Text")),
        content=_TEXT,
        place=_LINE,
    ),
    SourceKind(
        type="file",
        icon="film",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Media file")),
        content={"type": "file", "path": "", "loop": True},
    ),
    SourceKind(
        type="colour",
        icon="colour",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Colour")),
        content={"type": "colour", "colour": _NIGHT},
        fit="stretch",
    ),
    SourceKind(
        type="test",
        icon="image",
        label=str(QT_TRANSLATE_NOOP("SourceKind", "Test picture")),
        content={"type": "test"},
    ),
)
_UNKNOWN: Final = SourceKind(
    type="", icon="image", label=str(QT_TRANSLATE_NOOP("SourceKind", "Source")), content={}
)


def kind_of(source_type: str) -> SourceKind:
    """Return the kind of this word; one without a form for a word of another age."""
    known = {kind.type: kind for kind in KINDS}
    return known.get(source_type, dataclasses.replace(_UNKNOWN, type=source_type))

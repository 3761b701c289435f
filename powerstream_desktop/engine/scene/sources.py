"""What a layer can show: one frozen value per kind of source, with everything its adapter has to know.

Nothing here opens anything. A source is known by its id; several layers, in several scenes, may show the same one, and it is
then captured once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, Literal, TypeAlias

from powerstream_desktop.common.errors import UserError

MAX_NAME_CHARACTERS: Final = 80


class Alignment(StrEnum):
    """Where the lines of a text stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class TextKind(StrEnum):
    """What a text shows."""

    FIXED = "fixed"
    CLOCK = "clock"
    COUNTDOWN = "countdown"


@dataclass(frozen=True, slots=True)
class Colour:
    """Full-range R'G'B' and alpha, 0 to 255."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    def __post_init__(self) -> None:
        if not all(0 <= level <= 255 for level in (self.red, self.green, self.blue, self.alpha)):
            raise UserError("A colour has levels from 0 to 255.")


WHITE: Final = Colour(255, 255, 255)
NO_COLOUR: Final = Colour(0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenContent:
    """A whole screen.

    Attributes:
        display: X11 display such as ``":0"``, or the screen's name as the device list has it; empty for the first one.
        cursor: draw the mouse pointer.
    """

    type: Literal["screen"] = "screen"
    display: str = ""
    cursor: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowContent:
    """One window, by its title."""

    type: Literal["window"] = "window"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraContent:
    """A camera.

    Attributes:
        device: the stable name of the device list, or the address of a network camera (http, https, rtsp), or a file's path.
        width, height, fps: what to ask of it; 0 lets the camera choose.
    """

    type: Literal["camera"] = "camera"
    device: str
    width: int = 0
    height: int = 0
    fps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageContent:
    """A picture file: PNG, JPEG or SVG, with its alpha."""

    type: Literal["image"] = "image"
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContent:
    """Words on the screen.

    Attributes:
        text: what is written; for a clock its format (as ``strftime``), for a countdown what stands before the time.
        countdown_to_s: wall time (Unix seconds) at which a countdown ends.
        size: height of a line as a share of the canvas's height.
        outline: as a share of the line's height; 0 for none.
    """

    type: Literal["text"] = "text"
    text: str
    kind: TextKind = TextKind.FIXED
    countdown_to_s: float = 0.0
    font: str = ""
    size: float = 0.08
    bold: bool = False
    colour: Colour = WHITE
    outline_colour: Colour = NO_COLOUR
    outline: float = 0.0
    alignment: Alignment = Alignment.CENTRE


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A media file, from its beginning; again and again if ``loop``."""

    type: Literal["file"] = "file"
    path: Path
    loop: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourContent:
    """One colour."""

    type: Literal["colour"] = "colour"
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPictureContent:
    """The moving test picture."""

    type: Literal["test"] = "test"
    __test__: ClassVar[bool] = False  # for pytest: it is none of its


SourceContent: TypeAlias = (
    ScreenContent
    | WindowContent
    | CameraContent
    | ImageContent
    | TextContent
    | FileContent
    | ColourContent
    | TestPictureContent
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that can be shown.

    Attributes:
        id: made once, never shown.
        name: what the user calls it.
        content: what it is.
    """

    id: str
    name: str
    content: SourceContent

    def __post_init__(self) -> None:
        check_name(self.name, "source")


def check_name(name: str, of_what: str) -> None:
    """Refuse a name that cannot be shown in one line.

    Raises:
        UserError: it is empty, too long, or holds control characters.
    """
    if not name.strip() or len(name) > MAX_NAME_CHARACTERS or any(ord(character) < 32 for character in name):
        raise UserError(
            f"{name[:MAX_NAME_CHARACTERS]!r} cannot be the name of a {of_what}.",
            hint=f"Give it 1 to {MAX_NAME_CHARACTERS} characters in one line.",
        )

"""What a layer can show: one frozen value per kind of source, with everything its adapter has to know.

Nothing here opens anything. A source is known by its id; several layers, in several scenes, may show the same one, and it is
then captured once.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, Literal, TypeAlias

from powerstream_desktop.common.errors import UserError

MAX_NAME_CHARACTERS: Final = 80
MAX_ID_CHARACTERS: Final = 64
MAX_TITLE_CHARACTERS: Final = 1000
"""Of what names a device, a window, a font or a display."""
MAX_TEXT_CHARACTERS: Final = 2000
MAX_CAMERA_SIDE: Final = 16_384
MAX_CAMERA_FPS: Final = 1000
_DIRECTION_CHANGES: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_YEAR_3000_S: Final = 32_503_680_000


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
    """Full-range R'G'B' and alpha.

    Attributes:
        red, green, blue: 0 to 255.
        alpha: 0 (nothing is seen) to 255.
    """

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

    def __post_init__(self) -> None:
        _check_length(self.display, MAX_TITLE_CHARACTERS, "The name of a screen")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowContent:
    """One window, by its title.

    Attributes:
        title: as the device list has it.
    """

    type: Literal["window"] = "window"
    title: str

    def __post_init__(self) -> None:
        _check_length(self.title, MAX_TITLE_CHARACTERS, "The title of a window")


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

    def __post_init__(self) -> None:
        _check_length(self.device, MAX_TITLE_CHARACTERS, "The name of a camera")
        if not (0 <= self.width <= MAX_CAMERA_SIDE and 0 <= self.height <= MAX_CAMERA_SIDE):
            raise UserError("No camera has pictures of that size.")
        if not 0 <= self.fps <= MAX_CAMERA_FPS:
            raise UserError("No camera has that many pictures a second.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageContent:
    """A picture file: PNG, JPEG or SVG, with its alpha.

    Attributes:
        path: of the file.
    """

    type: Literal["image"] = "image"
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContent:
    """Words on the screen.

    Attributes:
        text: what is written; for a clock its format (as ``strftime``), for a countdown what stands before the time.
        kind: whether it stays, shows the time of day, or counts down.
        countdown_to_s: wall time (Unix seconds) at which a countdown ends.
        font: name of the family; empty for the system's own.
        size: height of a line as a share of the canvas's height.
        bold: heavier letters.
        colour: of the letters.
        outline_colour: of the line around them.
        outline: width of that line as a share of the line's height; 0 for none.
        alignment: where lines of different length begin.
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

    def __post_init__(self) -> None:
        _check_length(self.text, MAX_TEXT_CHARACTERS, "A text")
        _check_length(self.font, MAX_TITLE_CHARACTERS, "The name of a font")
        if not 0 < self.size <= 1:
            raise UserError("A line of text is as high as the picture at most.")
        if not 0 <= self.outline <= 1:
            raise UserError("An outline is as wide as its line is high at most.")
        if not 0 <= self.countdown_to_s <= _YEAR_3000_S:
            raise UserError("A countdown cannot end then.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A media file, from its beginning.

    Attributes:
        path: of the file.
        loop: play it again and again; otherwise its last picture stays.
    """

    type: Literal["file"] = "file"
    path: Path
    loop: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourContent:
    """One colour.

    Attributes:
        colour: which fills the place.
    """

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
        check_id(self.id)
        check_name(self.name, "source")


def check_name(name: str, of_what: str) -> None:
    """Refuse a name that cannot be shown in one line, or that would turn around what is written beside it.

    Joiners and direction marks may be in it: emoji, Persian and Hebrew are written with them.

    Raises:
        UserError: it is empty, too long, or holds controls, line ends or changes of the writing's direction.
    """
    if not name.strip() or len(name) > MAX_NAME_CHARACTERS or any(map(_breaks_line, name)):
        raise UserError(
            f"{name[:MAX_NAME_CHARACTERS]!r} cannot be the name of a {of_what}.",
            hint=f"Give it 1 to {MAX_NAME_CHARACTERS} characters in one line.",
        )


def _breaks_line(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in _DIRECTION_CHANGES
    )


def check_id(id_: str) -> None:
    """Refuse an id that is none: it is made by a program, once, and never shown.

    Raises:
        UserError: it is empty, too long, or holds what cannot be printed.
    """
    if not 1 <= len(id_) <= MAX_ID_CHARACTERS or not id_.isprintable():
        raise UserError(f"An id has 1 to {MAX_ID_CHARACTERS} characters that can be printed.")


def _check_length(text: str, most: int, what: str) -> None:
    if len(text) > most:
        raise UserError(f"{what} has at most {most} characters.")

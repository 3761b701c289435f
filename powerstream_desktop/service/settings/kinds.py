"""What a setting may be: reads what a file or a caller says strictly, and tells a window how to ask for it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.key_combination import KeyCombination

JSONValue: TypeAlias = "str | int | bool"
SettingType: TypeAlias = Literal["flag", "number", "choice", "text", "folder", "keys"]
ValueT = TypeVar("ValueT")
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)

MAX_TEXT_CHARACTERS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """How a window asks for a setting.

    Attributes:
        type: what it is.
        lowest: of a number.
        highest: of a number.
        unit: of a number, such as "kbit/s"; empty for none.
        choices: all there are, of a choice.
        example: what a text looks like.
        suggestions: texts that most people take.
    """

    type: SettingType
    lowest: int | None = None
    highest: int | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    suggestions: tuple[str, ...] = ()


class WrongValueError(ValueError):
    """This cannot be the value of a setting. Its text says what it must be, as the end of a sentence, and quotes nothing."""


class Kind(Protocol[ValueT]):
    """The values that a setting may have."""

    def read(self, raw: object) -> ValueT:
        """Return the value that TOML or JSON holds; WrongValueError for any other."""
        ...

    def write(self, value: ValueT) -> JSONValue:
        """Return what ``read`` takes."""
        ...

    def described(self) -> Described:
        """Return how to ask for it."""
        ...


@dataclass(frozen=True, slots=True)
class Flag:
    """On or off."""

    def read(self, raw: object) -> bool:
        """Return it."""
        if not isinstance(raw, bool):
            raise WrongValueError("must be true or false")
        return raw

    def write(self, value: bool) -> JSONValue:
        """Return it."""
        return value

    def described(self) -> Described:
        """Return its type."""
        return Described(type="flag")


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A number in a range.

    Attributes:
        lowest: that is allowed.
        highest: that is allowed.
        unit: for people, such as "kbit/s"; empty for none.
    """

    lowest: int
    highest: int
    unit: str = ""

    def read(self, raw: object) -> int:
        """Return it."""
        if not isinstance(raw, int) or isinstance(raw, bool) or not self.lowest <= raw <= self.highest:
            raise WrongValueError(f"must be a whole number from {self.lowest} to {self.highest}")
        return raw

    def write(self, value: int) -> JSONValue:
        """Return it."""
        return value

    def described(self) -> Described:
        """Return its type, range and unit."""
        return Described(type="number", lowest=self.lowest, highest=self.highest, unit=self.unit)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few texts.

    Attributes:
        texts: all of them.
    """

    texts: tuple[str, ...]

    def read(self, raw: object) -> str:
        """Return it."""
        for text in self.texts:
            if raw == text:
                return text
        raise WrongValueError(f"must be one of {', '.join(self.texts)}")

    def write(self, value: str) -> JSONValue:
        """Return it."""
        return value

    def described(self) -> Described:
        """Return its type and all texts."""
        return Described(type="choice", choices=self.texts)


@dataclass(frozen=True, slots=True)
class Choice(Generic[ChoiceT]):
    """One of a few words.

    Attributes:
        words: an enum of them.
    """

    words: type[ChoiceT]

    def read(self, raw: object) -> ChoiceT:
        """Return it."""
        return self.words(OneOf(tuple(word.value for word in self.words)).read(raw))

    def write(self, value: ChoiceT) -> JSONValue:
        """Return its word."""
        return value.value

    def described(self) -> Described:
        """Return its type and all words."""
        return Described(type="choice", choices=tuple(word.value for word in self.words))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text of a certain form.

    Attributes:
        form: a regular expression for the whole line.
        example: what it should look like, for people.
        suggestions: what most people take.
    """

    form: str
    example: str
    suggestions: tuple[str, ...] = ()

    def read(self, raw: object) -> str:
        """Return it."""
        if not isinstance(raw, str) or re.fullmatch(self.form, raw) is None:
            raise WrongValueError(f"must look like {self.example}")
        return raw

    def write(self, value: str) -> JSONValue:
        """Return it."""
        return value

    def described(self) -> Described:
        """Return its type, an example and what most people take."""
        return Described(type="text", example=self.example, suggestions=self.suggestions)


@dataclass(frozen=True, slots=True)
class Folder:
    """The full path of a folder; an empty text for none."""

    def read(self, raw: object) -> Path | None:
        """Return it; ``None`` for an empty text."""
        if raw == "":
            return None
        if not isinstance(raw, str) or len(raw) > MAX_TEXT_CHARACTERS or not raw.isprintable():
            raise WrongValueError("must be the full path of a folder")
        path = Path(raw)
        if not path.is_absolute() or ".." in path.parts:
            raise WrongValueError("must be the full path of a folder")
        return path

    def write(self, value: Path | None) -> JSONValue:
        """Return it as text."""
        return "" if value is None else str(value)

    def described(self) -> Described:
        """Return its type."""
        return Described(type="folder")


@dataclass(frozen=True, slots=True)
class Folders:
    """Full paths of folders with a | between them, which is in no folder's name on Windows; an empty text for none."""

    def read(self, raw: object) -> tuple[Path, ...]:
        """Return them in their order, each once."""
        wrong = WrongValueError("must be full paths of folders with a | between them")
        if not isinstance(raw, str) or len(raw) > MAX_TEXT_CHARACTERS:
            raise wrong
        try:
            found = [Folder().read(part.strip()) for part in raw.split("|") if part.strip()]
        except WrongValueError:
            raise wrong from None
        return tuple(dict.fromkeys(path for path in found if path is not None))

    def write(self, value: tuple[Path, ...]) -> JSONValue:
        """Return them as one text."""
        return " | ".join(map(str, value))

    def described(self) -> Described:
        """Return its type and an example."""
        return Described(type="text", example="/media/second/Videos | /media/third")


@dataclass(frozen=True, slots=True)
class Keys:
    """A shortcut; an empty text for none."""

    def read(self, raw: object) -> KeyCombination | None:
        """Return it; ``None`` for none."""
        if raw == "":
            return None
        try:
            return KeyCombination.of(raw if isinstance(raw, str) else "")
        except UserError:
            raise WrongValueError("must be a key with Ctrl, Alt or Meta, such as Ctrl+Alt+M") from None

    def write(self, value: KeyCombination | None) -> JSONValue:
        """Return it in its normal form."""
        return "" if value is None else str(value)

    def described(self) -> Described:
        """Return its type and an example."""
        return Described(type="keys", example="Ctrl+Alt+M")

"""An option: declared once, at its field in ``settings.py``; everybody else asks that declaration."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from powerstream_desktop.service.settings.kinds import Folder, Folders, JSONValue, Kind


class Effect(StrEnum):
    """When a change of a setting shows."""

    AT_ONCE = "at-once"
    NEXT_BROADCAST = "next-broadcast"
    NEXT_START = "next-start"
    """Of the service."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What an option says beside its type and default: ``fps: Annotated[int, Declared(...)] = 30``.

    Attributes:
        kind: which values it takes.
        help: one sentence for people.
        effect: when a change shows.
        is_guarded: only this computer may change it, and none of the devices that were paired: it decides who gets in, or where
            files go (reliability_security.md 3.9, rule 7).
    """

    kind: Kind[Any]
    help: str
    effect: Effect = Effect.NEXT_BROADCAST
    is_guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option under its name.

    Attributes:
        section: its table in the file.
        key: its name in that table.
        default: its value while nothing else was chosen.
        declared: the rest.
    """

    section: str
    key: str
    default: object
    declared: Declared

    @property
    def name(self) -> str:
        """Section and key, such as ``video.fps``."""
        return f"{self.section}.{self.key}"

    @property
    def is_place(self) -> bool:
        """It says where files lie on this computer."""
        return isinstance(self.declared.kind, Folder | Folders)

    def default_json(self) -> JSONValue:
        """Return the default as TOML or JSON holds it."""
        return self.declared.kind.write(self.default)


def options_of(section: str, kind: Any) -> tuple[Option, ...]:
    """Return the options that a dataclass declares, in its order.

    Args:
        section: its name in the file.
        kind: the dataclass.
    """
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(
        Option(
            section=section,
            key=field.name,
            default=field.default,
            declared=hints[field.name].__metadata__[0],
        )
        for field in dataclasses.fields(kind)
    )

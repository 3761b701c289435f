"""Settings: what can be chosen for good, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.preflight import Finding
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import Request, path_of

Value: TypeAlias = bool | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting, and how to ask for it; its range and choices are in ``words``.

    Attributes:
        type: such as ``number``.
        unit: of a number; may be empty.
        effect: when a change shows.
    """

    words: Words
    name: str
    help: str
    type: str
    effect: str
    unit: str = ""

    @property
    def value(self) -> Value:
        """What it is."""
        return cast("Value", self.words["value"])

    @property
    def default(self) -> Value:
        """What it is unless somebody chooses otherwise."""
        return cast("Value", self.words["default"])


@dataclass(frozen=True, slots=True, kw_only=True)
class AllSettings:
    """All settings, in the order in which people should see them.

    Attributes:
        findings: what is wrong with their file.
    """

    words: Words
    settings: tuple[Setting, ...]
    findings: tuple[Finding, ...] = ()


class Settings:
    """The routes of ``/api/settings``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def all(self) -> AllSettings:
        """Return all settings."""
        return self._link.read(Request(method="GET", path=path_of("settings")), AllSettings)

    def change(self, changes: Mapping[str, Value | None]) -> AllSettings:
        """Change settings by name, None for the default: all of them or, if one cannot be, none."""
        request = Request(method="PATCH", path=path_of("settings"), body=dict(changes), is_repeatable=True)
        return self._link.read(request, AllSettings)

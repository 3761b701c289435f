"""How the window looks: read from the settings, and put on at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.language.language import choose
from powerstream_desktop.desktop.look.look import look

_FILE_NAME: Final = "settings.toml"
_SECTION: Final = "appearance"
_MAX_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What was chosen.

    Attributes:
        theme: as ``Look.use`` takes it.
        text_percent: as ``Look.set_text_size`` takes it.
        language: as ``language.choose`` takes it.
    """

    theme: str = "dark"
    text_percent: int = 100
    language: str = "system"

    def put_on(self) -> None:
        """Make the window look like that; nothing happens if it does."""
        look().use(self.theme)
        look().set_text_size(self.text_percent)
        choose(self.language)


def appearance_of(values: Mapping[str, Value]) -> Appearance:
    """Return what the settings say, by their names."""
    prefix = f"{_SECTION}."
    return _appearance(
        {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
    )


def read_appearance(folder: Path) -> Appearance:
    """Return what the home's own file says, for the moment before the service answers: the window shall not change its colours then.

    Args:
        folder: of the settings; a file that is missing or damaged says nothing. Blocks for a moment.
    """
    try:
        with (folder / _FILE_NAME).open("rb") as file:
            told = tomllib.loads(file.read(_MAX_BYTES).decode("utf-8")).get(_SECTION, {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return Appearance()
    return _appearance(told if isinstance(told, dict) else {})


def _appearance(told: Mapping[str, Any]) -> Appearance:
    usual = Appearance()
    theme, percent = told.get("theme"), told.get("text_percent")
    language = told.get("language")
    return Appearance(
        theme=theme if isinstance(theme, str) else usual.theme,
        text_percent=percent if isinstance(percent, int) else usual.text_percent,
        language=language if isinstance(language, str) else usual.language,
    )
